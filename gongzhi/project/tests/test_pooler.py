"""The platform behind PgBouncer in transaction mode, as `deploy/pgbouncer` sets it up: nothing outlives a transaction."""

import configparser
import os
import re
import shutil
import subprocess
import threading
import time

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, anonymous, at
from gongzhi.kernel.access.scope import scope_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import SYSTEM, VISITOR, acting
from gongzhi.project.cli.database import connected_to
from gongzhi.project.postgres_binaries import launch_for
from gongzhi.project.settings import ROOT

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MONDAY = at(3, 2)
needs_pooler = pytest.mark.skipif(PROGRAM is None, reason="no pgbouncer: apt-get install pgbouncer")
# What belongs to a session and not to a transaction; schemas and the loading of simulated years go past the pooler.
OF_A_SESSION = re.compile(
    r"pg_(?:try_)?advisory_lock|\b(?:UN)?LISTEN\b|\bNOTIFY\b|SET SESSION|WITH HOLD|DISCARD ALL"
    r"|set_config\([^)]*false\)|CREATE TEMP(?:ORARY)? TABLE"
)
PAST_THE_POOLER = ("migrations", "tests", "simulate", "backup")


def version():
    if PROGRAM is None:
        return (0, 0)
    said = subprocess.check_output([PROGRAM, "--version"], text=True)
    return tuple(int(part) for part in re.search(r"(\d+)\.(\d+)", said).groups())


class Pooler:
    """PgBouncer by the file that we ship, on a socket of its own, with so many connections to the server."""

    port = 6432

    def __init__(self, folder, server, connections):
        self.folder = folder
        given = configparser.ConfigParser(interpolation=None)
        given.read(ROOT / "deploy" / "pgbouncer" / "pgbouncer.ini", "utf-8")
        given["databases"] = {
            "gongzhi": f"host={server['host']} port={server['port']} dbname={server['dbname']}"
        }
        own = {"listen_addr": "", "unix_socket_dir": str(folder), "auth_type": "trust"}
        own |= {"auth_file": str(folder / "users"), "default_pool_size": str(connections)}
        given["pgbouncer"].update(own)
        (folder / "users").write_text(f'"{WEB}" ""\n')
        with (folder / "pgbouncer.ini").open("w") as file:
            given.write(file)

    def __enter__(self):
        command = [*launch_for(self.folder).prefix, PROGRAM, "-q", str(self.folder / "pgbouncer.ini")]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + 10
        while not self._answers():
            ended = self.process.poll() is not None or time.monotonic() > until
            assert not ended, (self.folder / "log").read_text()
            time.sleep(0.02)
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()

    @property
    def url(self):
        return make_conninfo("", host=str(self.folder), port=self.port, user=WEB, dbname="gongzhi")

    def _answers(self):
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@pytest.fixture
def pooled(tmp_path_factory, settings):
    """Two counties with a request each, and a function that starts a pooler with so many connections."""
    counties = [County(), County("410522")]
    for number, county in enumerate(counties):
        county.dispatched(MONDAY, phone=f"1380000000{number}")
    settings.GONGZHI_PREPARE = False
    server = conninfo_to_dict(os.environ["DATABASE_URL"]) | {"dbname": connection.settings_dict["NAME"]}
    return counties, lambda connections: Pooler(tmp_path_factory.mktemp("pooler"), server, connections)


def looked(scope):
    """The connection on which a transaction ran, and the counties whose matters it saw."""
    with acting(scope), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0], {pk // 10**13 for pk in Case.objects.values_list("pk", flat=True)}


def together(*works):
    """Run each in a thread of its own, with a connection of its own; raise what went wrong in one."""
    wrong = []

    def run(work):
        try:
            work()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if wrong:
        raise wrong[0]


@needs_pooler
@pytest.mark.django_db(transaction=True)
def test_two_who_take_turns_on_one_connection_see_nothing_of_each_other(pooled):
    (here, elsewhere), pooler = pooled
    servers, turns = set(), 25

    def look(scope, counties):
        def work():
            for _ in range(turns):
                server, seen = looked(scope)
                servers.add(server)
                assert seen == counties

        return work

    with pooler(1) as running, connected_to(running.url):
        together(
            look(scope_of(here.dispatcher), {410523}),
            look(scope_of(elsewhere.dispatcher), {410522}),
            look(VISITOR, set()),
            look(SYSTEM, {410522, 410523}),
        )
        assert not Case.objects.exists(), "nobody acts, nothing is seen"
    assert len(servers) == 1


@needs_pooler
@pytest.mark.django_db(transaction=True)
def test_people_write_and_workers_hand_on_through_few_connections(pooled):
    (here, _elsewhere), pooler = pooled

    def citizen():
        for _ in range(10):
            with acting(VISITOR):
                request = services.submit_request(
                    actor=anonymous(), submission=here.submission(), now=MONDAY, key=a_key()
                )
            with acting(scope_of(here.dispatcher)):
                services.dispatch_request(
                    actor=here.dispatcher, case_id=request.pk, unit_id=here.bureau.pk, now=MONDAY, key=a_key()
                )

    def worker():
        for _ in range(5):
            run_once(MONDAY)

    with pooler(2) as running, connected_to(running.url):
        together(citizen, citizen, citizen, citizen, worker, worker)
        run_once(MONDAY)

    assert Case.objects.filter(stage="dispatched").count() == 2 + 40
    assert Outbox.objects.count() > 80
    assert not Outbox.objects.filter(delivered_at=None).exists()


@needs_pooler
@pytest.mark.skipif(version() >= (1, 21), reason="this pooler can keep prepared statements")
@pytest.mark.django_db(transaction=True)
def test_an_older_pooler_needs_the_setting(pooled, settings):
    """What the setting is for: prepared statements stay with the connection on which they were prepared."""
    (here, _elsewhere), pooler = pooled
    settings.GONGZHI_PREPARE = True

    def citizen():
        for _ in range(20):
            with acting(VISITOR):
                services.submit_request(
                    actor=anonymous(), submission=here.submission(), now=MONDAY, key=a_key()
                )

    with (
        pooler(2) as running,
        connected_to(running.url),
        pytest.raises(DatabaseError, match="prepared statement"),
    ):
        together(citizen, citizen, citizen)


def test_nothing_that_serves_people_belongs_to_a_session():
    modules = [
        path for path in (ROOT / "gongzhi").rglob("*.py") if not set(path.parts) & set(PAST_THE_POOLER)
    ]
    assert len(modules) > 200
    found = {str(path): OF_A_SESSION.findall(path.read_text()) for path in modules}
    assert {path: words for path, words in found.items() if words} == {}
