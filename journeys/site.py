"""The running demonstration: started for one session in a home and on a port of its own, and stopped again."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongzhi.project.settings import ROOT
from gongzhi.project.supervise import DIES_WITH_US
from gongzhi.project.web import check_answers

STARTING = 300  # seconds a slow machine may need to load everything
STOPPING = 60
SMS = {"SMS_KEY": "signs the texts of these walks", "SMS_REGION": "4105"}
NOT_OURS = {"DATABASE_URL", "PORT", "HOST", "GONGZHI_DEMO", "GONGZHI_CLOCK"}


@dataclass(frozen=True)
class Site:
    """The running demonstration."""

    url: str
    home: Path

    def command(self, *words: str, timeout: float = 600) -> "subprocess.CompletedProcess[str]":
        """Run `gongzhi` beside the running demonstration, on the same database."""
        return subprocess.run(
            [sys.executable, "-m", "gongzhi", *words],
            cwd=ROOT,
            env=environment(self.home),
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )


def environment(home: Path) -> dict[str, str]:
    """Return our environment without the database of the other tests, with a home of its own."""
    outside = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return outside | {"GONGZHI_HOME": str(home), "PYTHONPATH": str(ROOT)}


@contextlib.contextmanager
def demonstration(home: Path) -> Iterator[Site]:
    """Run `gongzhi demo` in an empty home; JOURNEYS_AT=http://localhost:8000 uses one that runs already.

    One that runs already wants the variables of `SMS` for the walk by text, and GONGZHI_CLOCK=1.
    """
    if running := os.environ.get("JOURNEYS_AT"):
        yield Site(running, Path(os.environ.get("GONGZHI_HOME", str(ROOT / ".gongzhi"))))
        return
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with (home / "demo.log").open("wb") as log:
        demo = subprocess.Popen(
            [*DIES_WITH_US, sys.executable, "-m", "gongzhi", "demo"],
            cwd=ROOT,
            env=environment(home) | SMS | {"PORT": str(port), "GONGZHI_CLOCK": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_served(demo, port, home / "demo.log")
        yield Site(f"http://localhost:{port}", home)
    finally:
        demo.terminate()
        demo.wait(STOPPING)
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_served(demo: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + STARTING
    while True:
        if demo.poll() is not None or time.monotonic() > until:
            pytest.fail(f"The demonstration did not start:\n{log.read_text(errors='replace')[-3000:]}")
        try:
            check_answers("127.0.0.1", port)
            return
        except TimeoutError:
            time.sleep(0.3)
