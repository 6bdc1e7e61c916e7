"""Runs several programs as one: a signal, or the end of any of them, ends all; none outlives us, even killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds a program has to finish what it has in hand
LONGEST_START = 60.0  # seconds the programs have to get ready
DIES_WITH_US = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


@dataclass(frozen=True, eq=False)
class Program:
    """One program of several; without `log` it writes where we write."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None


class Ended(Exception):
    """A program ended by itself; the message says which, how, and its last words."""


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Turn the first signal that asks us to end into KeyboardInterrupt, and ignore the others while we tidy up.

    A hang-up that our starter told us to ignore (nohup) stays ignored.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.getsignal(each) for each in SIGNALS}
    for each, handler in before.items():
        if each is signal.SIGTERM or handler is not signal.SIG_IGN:
            signal.signal(each, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def run_together(programs: Sequence[Program], ready: Callable[[], None]) -> None:
    """Start the programs, call `ready`, and watch until one ends (raises Ended) or we are interrupted.

    `ready` is called again and again, a fifth of a second apart, until it returns without TimeoutError
    (raises Ended when that takes too long).
    """
    running: dict[Program, subprocess.Popen[bytes]] = {}
    try:
        for program in programs:
            running[program] = _started(program)
        waiting, until = True, time.monotonic() + LONGEST_START
        while True:
            for program, child in running.items():
                if child.poll() is not None:
                    raise Ended(_obituary(program, child.returncode))
            if waiting:
                with contextlib.suppress(TimeoutError):
                    ready()
                    waiting = False
                if waiting and time.monotonic() > until:
                    logs = ", ".join(str(program.log) for program in programs if program.log)
                    raise Ended(f"The programs were not ready after {LONGEST_START:.0f} s. Read: {logs}")
            time.sleep(0.2)
    finally:
        _end_all(list(running.values()))


def _started(program: Program) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches us alone and we end them in order."""
    with contextlib.ExitStack() as files:
        log = files.enter_context(program.log.open("wb")) if program.log else None
        return subprocess.Popen(
            [*DIES_WITH_US, *program.command],
            env=os.environ | program.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
        )


def _end_all(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every program to end, wait, then end whatever is left of the sessions they began."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _obituary(program: Program, code: int) -> str:
    how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
    words = program.log.read_text(errors="replace")[-1500:].strip() if program.log else ""
    return f"The program {program.name} {how}." + (f"\n{words}\nAll of it: {program.log}" if words else "")
