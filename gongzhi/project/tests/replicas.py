"""A primary with the platform's tables and a streaming replica of it, both really started; named in the settings of Django."""

import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gongzhi.kernel import replica
from gongzhi.kernel.lock.policies import WEB
from gongzhi.project.cli.database import connected_to, migrate
from gongzhi.project.postgres import SETTINGS, Postgres
from gongzhi.project.postgres_binaries import launch_for
from gongzhi.project.settings import database_from

SMALL = SETTINGS | {"shared_buffers": "64MB", "maintenance_work_mem": "32MB", "autovacuum": "off"}
STANDBY = "replica"


@contextmanager
def primary_at(folder):
    """A running primary with every table, empty; nothing waits for a power cut while the tables are made."""
    server = Postgres(folder, settings=SMALL)
    with server:
        with connected_to(server.url):
            run(server.url, "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")
            migrate()
            run(server.url, "ALTER SYSTEM RESET synchronous_commit", "SELECT pg_reload_conf()")
        yield server


@contextmanager
def replica_of(primary, folder):
    """A server that follows *primary* over its socket, copied from it with PostgreSQL's own `pg_basebackup`."""
    folder.mkdir(mode=0o700)
    launch = launch_for(folder)
    copy = shutil.which("pg_basebackup", path=str(launch.programs))
    assert copy, "the PostgreSQL programs come with pg_basebackup"
    source = make_conninfo("", **(conninfo_to_dict(primary.url) | {"application_name": STANDBY}))
    command = [*launch.prefix, copy, "-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast"]
    done = subprocess.run([*command, "-d", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Postgres(folder, settings=SMALL) as server:
        yield server


def web(*servers, **more):
    """The address of one server, or of several of which the writable one is meant, from behind the second lock."""
    places = [conninfo_to_dict(server.url) for server in servers]
    hosts, ports = (",".join(str(place[name]) for place in places) for name in ("host", "port"))
    return make_conninfo("", host=hosts, port=ports, user=WEB, dbname=places[0]["dbname"], **more)


@contextmanager
def named(url):
    """Name a replica in the settings until the block ends, as REPLICA_DATABASE_URL does."""
    known = connections.settings
    connections.settings = connections.configure_settings({**known, replica.REPLICA: database_from(url)})
    replica.forget_failure()
    try:
        yield
    finally:
        connections[replica.REPLICA].close()
        del connections[replica.REPLICA]
        connections.settings = known


def run(url, *statements):
    """Carry out statements one by one and return the answer of the last, if it has one."""
    with psycopg.connect(url, autocommit=True) as db:
        for statement in statements:
            cursor = db.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def caught_up(primary, follower, seconds=10):
    """Wait until all that is committed has been replayed."""
    wanted = run(primary.url, "SELECT pg_current_wal_lsn()")
    until = time.monotonic() + seconds
    while not run(follower.url, f"SELECT pg_last_wal_replay_lsn() >= '{wanted}'"):
        assert time.monotonic() < until, "the replica does not follow"
        time.sleep(0.02)
