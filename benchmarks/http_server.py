"""The server that measurements speak to: started as in production, on a free port, with a home folder of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from gongzhi.project.supervise import DIES_WITH_US
from gongzhi.project.web import check_answers, web_server

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 40.0


class NoAnswer(Exception):
    """The server did not start; the message ends with its last words."""


@contextlib.contextmanager
def running_server(user: str = "") -> Iterator[int]:
    """Yield the port of a server on this database: all middleware, static files collected, one trusted proxy.

    It connects as *user* where one is given, else as whoever measures.
    """
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as home:
        environment = server_environment(home, user)
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, env=environment, cwd=ROOT, check=True)
        port, log = free_port(), Path(home) / "web.log"
        with log.open("wb") as words:
            process = subprocess.Popen(
                [*DIES_WITH_US, *web_server(HOST, port).command],
                env=environment,
                cwd=ROOT,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _wait(process, port, log)
            yield port
        finally:
            _end(process)


def server_environment(home: str, user: str = "") -> dict[str, str]:
    """The server's environment: second factor may be left out, callers' addresses come from a proxy."""
    parameters = connection.get_connection_params()
    keep = {name: parameters[name] for name in ("host", "port", "user", "password") if parameters.get(name)}
    if user:
        keep = {**keep, "user": user, "password": ""}
    return os.environ | {
        "DATABASE_URL": make_conninfo(dbname=connection.settings_dict["NAME"], **keep),
        "DJANGO_SETTINGS_MODULE": "benchmarks.http_settings",
        "GONGZHI_DEMO": "1",
        "GONGZHI_HOME": home,
        "GONGZHI_KEYS": settings.KEYS,
        "GONGZHI_TRUSTED_PROXIES": "1",
        "PYTHONPATH": str(ROOT),
    }


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with contextlib.closing(socket.socket()) as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return check_answers(HOST, port, "/bare/")
        except TimeoutError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise NoAnswer(log.read_text(errors="replace")[-1500:]) from error
        time.sleep(0.1)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
