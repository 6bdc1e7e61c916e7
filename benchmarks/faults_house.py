"""A house to be broken: its own PostgreSQL, web server, workers and small disk, started again as systemd would."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg.conninfo import make_conninfo

from benchmarks.http_server import HOST, ROOT, free_port, server_environment
from gongzhi.kernel.lock.policies import WEB
from gongzhi.project.postgres import SETTINGS, Postgres, ServerFailed
from gongzhi.project.settings import database_from
from gongzhi.project.supervise import DIES_WITH_US, Program
from gongzhi.project.web import check_answers, web_server, worker

WORKERS = 2
DISK_MEGABYTES = 48
PAGE = "/hotline/public/"  # answers only when the database does
BEATS = "SELECT count(*) FROM delivery_heartbeat WHERE name LIKE ANY (%s)"
BACKENDS = (
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@dataclass
class House:
    """The programs of one installation. Only the thread that built it may tend it: they die with that thread."""

    home: Path
    server: Postgres
    port: int
    environment: Mapping[str, str]
    small_disk: bool
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    started: int = 0

    def programs(self) -> dict[str, Program]:
        """Return what has to run beside the database."""
        workers = {f"worker-{number}": worker() for number in range(1, WORKERS + 1)}
        return {"web": web_server(HOST, self.port), **workers}

    def tend(self) -> None:
        """Start again whatever has ended, at once; what its session left behind is killed first."""
        if self.server.process is None or self.server.process.poll() is not None:
            self.server.stop()
            with contextlib.suppress(ServerFailed):  # backends of a killed postmaster may not be gone yet
                self.server.start()
                self.started += 1
        for name, program in self.programs().items():
            if name not in self.running or self.running[name].poll() is not None:
                self._start(name, program)

    def is_well(self) -> bool:
        """Say whether a page that needs the database is answered and each worker was heard of since it began."""
        if any(process.poll() is not None for process in self.running.values()):
            return False
        try:
            check_answers(HOST, self.port, PAGE)
            with psycopg.connect(self.server.url, connect_timeout=2) as database:
                workers = [f"%:{process.pid}" for name, process in self.running.items() if name != "web"]
                row = database.execute(BEATS, [workers]).fetchone()
        except (TimeoutError, psycopg.OperationalError):
            return False
        return row is not None and row[0] == WORKERS

    def wait_until_well(self, patience: float) -> float:
        """Tend until all is well and return how long that took; raise TimeoutError when it takes too long."""
        begun = time.monotonic()
        while not self.is_well():
            if (passed := time.monotonic() - begun) > patience:
                raise TimeoutError(f"not well after {passed:.0f} s; logs lie in {self.home}")
            self.tend()
            time.sleep(0.1)
        return time.monotonic() - begun

    def stop_programs(self) -> None:
        """Ask web and workers to end, and end them; the database stays."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            _kill_session(process)
        self.running.clear()

    def web_processes(self) -> list[int]:
        """Return the web server's first process and those it started."""
        first = self.running["web"].pid
        children = Path(f"/proc/{first}/task/{first}/children")
        return [first, *(int(one) for one in children.read_text().split())] if children.exists() else [first]

    def backends(self) -> list[int]:
        """Return the processes in which PostgreSQL serves somebody else than us."""
        with psycopg.connect(self.server.url, connect_timeout=2) as database:
            return [row[0] for row in database.execute(BACKENDS)]

    def kill(self, process: int, how: int = signal.SIGKILL) -> None:
        """Send one of our processes a signal that ends it, and return when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, how)
            until = time.monotonic() + 30
            while _lives(process) and time.monotonic() < until:
                time.sleep(0.01)

    @property
    def documents(self) -> Path:
        """The folder of documents, which lies on the small disk."""
        return self.home / "documents"

    def fill_disk(self) -> None:
        """Leave no room for documents."""
        with (self.documents / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(64 * 1024))

    def empty_disk(self) -> None:
        """Make room again."""
        (self.documents / "filler").unlink(missing_ok=True)

    def _start(self, name: str, program: Program) -> None:
        if name in self.running:
            _kill_session(self.running[name])
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [*DIES_WITH_US, *program.command],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started += 1


@contextlib.contextmanager
def open_house(sms_url: str) -> Iterator[House]:
    """Yield a house with empty tables; Django of this process speaks to its database until the block ends."""
    with contextlib.ExitStack() as undo:
        home = Path(tempfile.mkdtemp(prefix="gongzhi-faults-"))
        undo.callback(shutil.rmtree, home, ignore_errors=True)
        server = Postgres(
            home / "postgres", settings=SETTINGS
        )  # with fsync: what was acknowledged must be there
        undo.callback(server.stop)
        server.start()
        undo.enter_context(_django_on(server.url))
        call_command("migrate", interactive=False, verbosity=0)
        small = undo.enter_context(_small_disk(home / "documents"))
        locked = make_conninfo(server.url, user=WEB)
        environment = server_environment(str(home)) | {
            "DATABASE_URL": locked,
            "GONGZHI_LOG_KEY": str(home / "log-key.pem"),
            "WEB_DATABASE_URL": locked,
            "SMS_GATEWAY": "http",
            "SMS_URL": sms_url,
        }
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, env=environment, cwd=ROOT, check=True)
        house = House(home, server, free_port(), environment, small)
        undo.callback(house.stop_programs)
        yield house


@contextlib.contextmanager
def _django_on(url: str) -> Iterator[None]:
    connections.close_all()
    settings = connections["default"].settings_dict
    before = dict(settings)
    settings.update(database_from(url))
    try:
        yield
    finally:
        connections.close_all()
        settings.clear()
        settings.update(before)


@contextlib.contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """Yield whether the folder lies on a small disk of its own; only root can mount one."""
    folder.mkdir(mode=0o750)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=0750", "gongzhi-faults", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            unmount = ["umount", "--lazy", str(folder)]
            subprocess.run(unmount, capture_output=True, check=False)


def _lives(process: int) -> bool:
    """Say whether a process is there and more than a record of its end."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def _kill_session(process: "subprocess.Popen[bytes]") -> None:
    """End what is left of a program and of all it started, as systemd ends a unit's control group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
