"""A PostgreSQL server of our own: started for one folder, reached by socket only, gone when its owner is gone."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg.conninfo import make_conninfo

from gongzhi.project.postgres_binaries import Launch, launch_for

USER = "app"
DATABASE = "gongzhi"
PORT = 5432
LONGEST_SOCKET = 107  # the kernel's limit for the path of a unix socket

# For a machine of two cores: little memory reserved, no just-in-time compiler, what the administrator needs tracked.
SETTINGS: dict[str, str] = {
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "jit": "off",
    "track_io_timing": "on",
    "track_activity_query_size": "4096",
    "log_lock_waits": "on",
}
# Values name people, and most stand in the text of a statement: the server's log holds none, nor an error's detail.
SETTINGS |= {
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# For a server thrown away afterwards: it need not survive a power cut.
THROW_AWAY: dict[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_locks_per_transaction": "256",  # a test that goes through every page and table does so in one transaction
}


class InUse(Exception):
    """Another living process owns the server of this folder; `url` reaches it."""

    def __init__(self, state: Path, url: str) -> None:
        super().__init__(
            f"Another process runs the database in {state}. Stop it, or choose another GONGZHI_HOME."
        )
        self.url = url


class ServerFailed(Exception):
    """The server did not start; the message ends with the last lines of its log."""


class Postgres:
    """One server for one folder; a context manager. It stops with us, even when we are killed.

    Start it from the main thread: the kernel ties the server's life to the thread that started it.
    """

    def __init__(
        self,
        state: Path,
        *,
        settings: Mapping[str, str] = SETTINGS,
        namespaces: bool = True,
        patience: float = 60,
    ) -> None:
        self.state = state.resolve()
        self.settings = settings
        self.namespaces = namespaces
        self.patience = patience
        self.log = self.state / "server.log"
        self.url = ""
        self.base = self.state  # where the data lies; elsewhere when only `nobody` may run the server
        self.process: subprocess.Popen[bytes] | None = None
        self._undo = contextlib.ExitStack()

    def start(self) -> Self:
        """Start the server, create the database `gongzhi` when missing, and return when it answers."""
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.ExitStack() as undo:
            undo.enter_context(_owned(self.state))
            launch = launch_for(self.state, namespaces=self.namespaces)
            self.base = launch.base
            data = _folder(launch, "data")
            socket = self._socket_folder(launch, undo)
            if not (data / "PG_VERSION").exists():
                self._initialise(launch, data)
            _wait_for_predecessor(data, self.patience)
            undo.callback(self._stop_server)
            self.process = self._launched(launch, data, socket)
            self._wait_until_it_answers(socket)
            self.url = f"postgresql://{USER}@/{DATABASE}?host={socket}&port={PORT}"
            _write(self.state / "url", self.url)
            self._undo = undo.pop_all()
        return self

    def stop(self) -> None:
        """Stop the server, waiting for what it has in hand; harmless when it is not running."""
        self._undo.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _socket_folder(self, launch: Launch, undo: contextlib.ExitStack) -> Path:
        usual = launch.base / "socket"
        if len(os.fsencode(usual / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return _folder(launch, "socket")
        short = Path(tempfile.mkdtemp(prefix="gongzhi-", dir="/tmp"))  # nosec B108 # noqa: S108 - TMPDIR itself may be too long
        undo.callback(shutil.rmtree, short, ignore_errors=True)
        _give(short, launch)
        return short

    def _initialise(self, launch: Launch, data: Path) -> None:
        """Make the cluster beside its final place, so that an interrupted attempt leaves nothing half-made."""
        major = _major_version(launch.programs)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if major >= 17 else []
        for earlier in (data, data.with_name("data.new")):
            shutil.rmtree(earlier, ignore_errors=True)
        data = _folder(launch, "data.new")
        command = [
            *launch.prefix,
            str(launch.programs / "initdb"),
            "-D",
            str(data),
            "-U",
            USER,
            "-A",
            "trust",
        ]
        command += [
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            *locale,
            "--data-checksums",
            "--no-instructions",
            "--no-sync",
        ]
        done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServerFailed(
                f"PostgreSQL could not prepare {data}:\n{done.stdout[-500:]}{done.stderr[-1000:]}"
            )
        data.rename(data.with_name("data"))

    def _launched(self, launch: Launch, data: Path, socket: Path) -> subprocess.Popen[bytes]:
        options = {"unix_socket_permissions": "0700", "timezone": "Asia/Shanghai", **self.settings}
        command = [*launch.prefix, str(launch.programs / "postgres"), "-D", str(data), "-k", str(socket)]
        command += ["-p", str(PORT), "-h", "", *(f"--{name}={value}" for name, value in options.items())]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait_until_it_answers(self, socket: Path) -> None:
        conninfo = make_conninfo(host=str(socket), port=PORT, user=USER, dbname="postgres", connect_timeout=5)
        until = time.monotonic() + self.patience
        while True:
            try:
                with psycopg.connect(conninfo, autocommit=True) as db:
                    if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                        db.execute(f'CREATE DATABASE "{DATABASE}"')
                    return
            except psycopg.OperationalError as error:
                if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                    raise ServerFailed(f"PostgreSQL did not start:\n{self._last_words()}") from error
            time.sleep(0.02)

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:]

    def _stop_server(self) -> None:
        (self.state / "url").unlink(missing_ok=True)
        for stop, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
            if self.process is None or self.process.poll() is not None:
                break
            self.process.send_signal(stop)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.process = None


@contextlib.contextmanager
def database_at_hand(home: Path) -> Iterator[str]:
    """Yield the address of the database: DATABASE_URL, else the server of `home`, started when nobody runs it."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = Postgres(home / "postgres")
    try:
        server.start()
    except InUse as running:
        if not running.url:
            raise
        yield running.url
        return
    with server._undo:
        yield server.url


@contextlib.contextmanager
def throw_away_server(
    home: Path, *, settings: Mapping[str, str] = SETTINGS | THROW_AWAY, room_gib: int = 2
) -> Iterator[Postgres]:
    """Yield an empty server that nobody else uses, in memory where *room_gib* are free; it leaves nothing behind."""
    memory = Path("/dev/shm")  # nosec B108 # noqa: S108 - the folder made in it is ours alone (mode 0700)
    roomy = (
        memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > room_gib * 1024**3
    )
    parent = memory if roomy else home / "test-pg"
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=f"gongzhi-{os.getpid()}-", dir=parent))
    server = Postgres(folder, settings=settings)
    try:
        with server:
            yield server
    finally:
        for each in {folder, server.base}:
            shutil.rmtree(each, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what earlier owners left behind when they were killed."""
    for left in parent.glob("gongzhi-*-*"):
        owner = left.name.split("-")[1]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and os.access(left, os.W_OK):
            shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _owned(state: Path) -> Iterator[None]:
    """Hold the folder's lock, which the kernel lets go when its holder dies."""
    with (state / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            address = state / "url"
            raise InUse(state, address.read_text() if address.exists() else "") from error
        yield


def _folder(launch: Launch, name: str) -> Path:
    folder = launch.base / name
    folder.mkdir(mode=0o700, exist_ok=True)
    _give(folder, launch)
    return folder


def _give(folder: Path, launch: Launch) -> None:
    if launch.owner is not None and folder.stat().st_uid != launch.owner:
        os.chown(folder, launch.owner, launch.owner)


def _wait_for_predecessor(data: Path, patience: float) -> None:
    """Wait while a server whose owner was killed is still shutting down; forget a record of one long gone."""
    record = data / "postmaster.pid"
    until = time.monotonic() + patience
    while record.exists():
        number = record.read_text().split("\n", 1)[0].strip()
        if not number.isdigit() or not _serves(int(number), data):
            record.unlink(missing_ok=True)
            return
        if time.monotonic() > until:
            raise ServerFailed(f"Process {number} still serves {data}. Stop it with: kill -INT {number}")
        time.sleep(0.05)


def _serves(process: int, data: Path) -> bool:
    try:
        return Path(f"/proc/{process}/cwd").resolve(strict=True) == data
    except OSError:
        return False


def _major_version(programs: Path) -> int:
    said = subprocess.check_output([str(programs / "postgres"), "--version"], text=True)
    return int(said.split()[2].split(".")[0])


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)
