"""Several programs as one: however the owner ends, no process is left."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gongzhi.project.settings import ROOT
from gongzhi.project.supervise import DIES_WITH_US, Ended, Program, run_together
from gongzhi.project.tests.processes import count_reached, left_after, processes_of

STAND_INS = """
import sys
from gongzhi.project.supervise import Program, interruptible, run_together
sleeper = "import subprocess, sys; subprocess.run(['sleep', '600'])"
programs = [Program("sleeper", [sys.executable, "-c", sleeper]), Program("plain", ["sleep", "600"])]
with interruptible():
    run_together(programs, lambda: print("ready", flush=True))
"""

# The platform as `gongzhi demo` runs it, without the long loading.
PLATFORM = """
REDIRECTING = "/admin/"  # answers without static files having been collected
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "gongzhi.project.settings"
django.setup()
from gongzhi.project.cli.database import database, migrate
from gongzhi.project.supervise import interruptible, run_together
from gongzhi.project.web import address, check_answers, web_server, worker
host, port = address()
def ready():
    check_answers(host, port, REDIRECTING)
    print("ready", flush=True)
with interruptible(), database():
    migrate()
    run_together([web_server(host, port), worker()], ready)
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Yield a function that starts a script and returns when it says that all its programs run."""
    owners: list[subprocess.Popen[str]] = []

    def begin(script: str, port: int = 0) -> "subprocess.Popen[str]":
        outside = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"GONGZHI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PORT": str(port)}
        command = [*DIES_WITH_US, sys.executable, "-c", script]
        owner = subprocess.Popen(command, env=outside | own, stdout=subprocess.PIPE, text=True)
        owners.append(owner)
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        return owner

    yield begin
    for owner in owners:
        owner.kill()
        owner.wait()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_program_and_what_it_started(begun, tmp_path, ending):
    owner = begun(STAND_INS)
    assert count_reached(tmp_path, 4)

    owner.send_signal(ending)
    owner.wait(15)

    assert left_after(tmp_path, 2) == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_the_platform_leaves_no_process_however_it_ends(begun, tmp_path, ending):
    port = free_port()
    owner = begun(PLATFORM, port)
    running = " ".join(processes_of(tmp_path))
    assert "postgres" in running and "granian" in running and "gongzhi worker" in running

    owner.send_signal(ending)
    owner.wait(30)

    assert left_after(tmp_path, 20) == []


def test_the_end_of_one_program_ends_all_and_is_explained(tmp_path):
    failing = Program("failing", ["sh", "-c", "echo no such table; exit 3"], log=tmp_path / "log")
    other = Program("other", ["sleep", "600"], {"GONGZHI_HOME": str(tmp_path)})

    with pytest.raises(Ended, match=r"(?s)failing ended with code 3.*no such table"):
        run_together([other, failing], lambda: None)

    assert left_after(tmp_path, 2) == []


def test_programs_that_never_get_ready_are_ended_with_what_to_read(tmp_path, monkeypatch):
    monkeypatch.setattr("gongzhi.project.supervise.LONGEST_START", 0.3)
    slow = Program("slow", ["sleep", "600"], {"GONGZHI_HOME": str(tmp_path)}, log=tmp_path / "slow.log")

    def never() -> None:
        raise TimeoutError

    with pytest.raises(Ended, match=r"not ready after .*slow\.log"):
        run_together([slow], never)

    assert left_after(tmp_path, 2) == []


def test_a_program_that_will_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr("gongzhi.project.supervise.PATIENCE", 0.5)
    deaf = Program("deaf", ["sh", "-c", "trap '' TERM; sleep 600 & wait"], {"GONGZHI_HOME": str(tmp_path)})

    def stop() -> None:
        time.sleep(0.3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_together([deaf], stop)

    assert left_after(tmp_path, 2) == []
