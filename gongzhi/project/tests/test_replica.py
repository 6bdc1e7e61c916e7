"""A streaming replica, really started: what is read from it, when it is not, and that nothing is lost when it takes over."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, close_old_connections, connection, connections
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from gongzhi.desks.official.links import case_url
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, anonymous
from gongzhi.insight.statistics.counting import count_day
from gongzhi.kernel.access.scope import scope_of
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.delivery.worker import beat
from gongzhi.kernel.lock.scope import SYSTEM, VISITOR, acting
from gongzhi.kernel.replica import REPLICA, at_leisure, forget_failure
from gongzhi.project.cli.database import connected_to
from gongzhi.project.doctor import examine
from gongzhi.project.settings import ROOT
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.replicas import STANDBY, caught_up, named, primary_at, replica_of, run, web

LAGGING = (
    "/cockpit/",
    "/cockpit/brief/",
    "/hotline/scorecard/",
    "/hotline/public/",
    "/hotline/public/?q=路灯",
)
GROWING = ("cases_", "hotline_", "statistics_", "audit_")


class Pair:
    """Primary and replica with two counties, of which each has a request."""

    def __init__(self, primary, follower):
        self.primary, self.follower = primary, follower
        now = timezone.now()
        with connected_to(primary.url):
            self.here, self.elsewhere = County(), County("410522")
            self.request = self.here.replied(now - timedelta(days=1), may_publish=True)
            self.foreign = self.elsewhere.replied(now - timedelta(days=1), phone="13800002222")
            count_day(timezone.localdate(now - timedelta(days=1)), now)
            self.worker_seen(now)
        caught_up(primary, follower)

    def worker_seen(self, now):
        """Leave a worker's sign of life."""
        with acting(SYSTEM):
            beat(now)


@pytest.fixture(scope="module")
def pair(tmp_path_factory, django_db_blocker):
    """The servers, and Django's right to use them; the last test of this module ends the primary."""
    home = tmp_path_factory.mktemp("pair")
    with (
        django_db_blocker.unblock(),
        primary_at(home / "primary") as primary,
        replica_of(primary, home / "replica") as follower,
    ):
        yield Pair(primary, follower)


@pytest.fixture
def house(pair):
    """The platform as it is served: behind the second lock, with a replica that keeps up."""
    with connected_to(pair.primary.url):
        pair.worker_seen(timezone.now())
    caught_up(pair.primary, pair.follower)
    with connected_to(web(pair.primary)), named(web(pair.follower)):
        yield pair


def is_replica():
    """Whether a read that may lag is answered by a server in recovery."""
    asked = Case.objects.annotate(where=RawSQL("pg_is_in_recovery()", [])).values_list("where", flat=True)
    return set(asked)


def asked_by(browser, address):
    """How many questions about matters a page asked of the primary and of the replica."""
    with (
        CaptureQueriesContext(connection) as primary,
        CaptureQueriesContext(connections[REPLICA]) as follower,
    ):
        assert browser.get(address).status_code == 200, address
    return [
        sum(any(f'"{table}' in query["sql"] for table in GROWING) for query in asked.captured_queries)
        for asked in (primary, follower)
    ]


def test_a_replica_is_named_by_one_variable_and_without_it_there_is_none():
    said = "from gongzhi.project.settings import DATABASES as d; print(sorted(d), d.get('replica', {}).get('OPTIONS'))"

    def settings_with(**given):
        outside = {name: value for name, value in os.environ.items() if name != "REPLICA_DATABASE_URL"}
        command = [sys.executable, "-c", said]
        return subprocess.check_output(command, env=outside | given, cwd=ROOT, text=True).strip()

    assert settings_with() == "['default'] None"
    named_one = settings_with(REPLICA_DATABASE_URL="postgresql://gongzhi_web@other/gongzhi")
    assert named_one == "['default', 'replica'] {'connect_timeout': 2}"


def test_rows_arrive_and_the_replica_refuses_to_write(house):
    with psycopg.connect(house.follower.url, autocommit=True) as db:
        assert db.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
        assert db.execute("SELECT count(*) FROM cases_case WHERE id = %s", [house.request.pk]).fetchone() == (
            1,
        )
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            db.execute("UPDATE cases_case SET title = ''")
    with acting(SYSTEM):
        found = at_leisure(lambda: Case.objects.get(pk=house.request.pk), timezone.now())
        assert found._state.db == REPLICA
        found.save(update_fields=["title"])  # the router sends it where it can be written
        with pytest.raises(DatabaseError, match="read-only"):
            Case.objects.using(REPLICA).update(title="")


def test_pages_that_may_lag_ask_the_replica_and_no_others_do(house):
    browser = browser_of(house.here.supervisor)
    for address in LAGGING:
        primary, follower = asked_by(browser, address)
        assert primary == 0 < follower, address
    for address in (reverse("official:inbox"), case_url(house.request.case)):
        primary, follower = asked_by(browser, address)
        assert follower == 0 < primary, address


def test_the_second_lock_holds_on_the_replica(house):
    """Each time on the same connection: what the one announced says nothing for the next."""

    def cases():
        assert is_replica() <= {True}
        return set(Case.objects.values_list("pk", flat=True))

    def seen(scope):
        with acting(scope):
            return at_leisure(cases, timezone.now())

    assert seen(scope_of(house.here.dispatcher)) == {house.request.pk}
    assert seen(scope_of(house.elsewhere.dispatcher)) == {house.foreign.pk}
    assert seen(VISITOR) == set()
    assert seen(SYSTEM) == {house.request.pk, house.foreign.pk}
    assert at_leisure(cases, timezone.now()) == set(), "nobody acts, nothing is seen"

    def narrowed():
        assert len(cases()) == 2
        with acting(scope_of(house.here.dispatcher)):
            return cases()

    with acting(SYSTEM):
        assert at_leisure(narrowed, timezone.now()) == {house.request.pk}, "an open transaction is told"


def test_an_owner_who_steps_around_the_lock_is_not_asked(house):
    with named(house.follower.url), acting(SYSTEM):
        assert at_leisure(is_replica, timezone.now()) == {False}


def test_a_replica_that_is_behind_is_left_alone_and_the_doctor_says_so(house):
    now = timezone.now()
    with acting(SYSTEM):
        assert at_leisure(is_replica, now) == {True}
        run(house.follower.url, "SELECT pg_wal_replay_pause()")
        later = now + timedelta(seconds=40)
        beat(later)
        assert at_leisure(is_replica, later) == {False}

        ill = {one.name: one for one in examine(later)}["replica"]
        assert ill.state == "ill" and "s old, or no worker runs" in ill.words

        run(house.follower.url, "SELECT pg_wal_replay_resume()")
        caught_up(house.primary, house.follower)
        assert at_leisure(is_replica, later) == {False}, "for some seconds it is not asked again"
        forget_failure()
        assert at_leisure(is_replica, later) == {True}
        well = {one.name: one for one in examine(later)}["replica"]
        assert (well.state, well.words) == ("well", "at most 0 s behind")
        beat(now)


def test_a_read_that_the_replica_breaks_off_is_made_on_the_primary(house):
    tried = []

    def read():
        where = is_replica()
        tried.append(where)
        if where == {True}:
            backend = RawSQL("pg_backend_pid()", [])
            (number,) = Case.objects.annotate(by=backend).values_list("by", flat=True)[:1]
            run(house.follower.url, f"SELECT pg_terminate_backend({number}, 5000)")
            is_replica()
        return where

    with acting(SYSTEM):
        assert at_leisure(read, timezone.now()) == {False}
    assert tried == [{True}, {False}]


def test_pages_are_served_though_no_replica_answers(house):
    browser = browser_of(house.here.supervisor)
    with named(make_conninfo(web(house.follower), host="/nowhere")):
        for address in LAGGING:
            assert browser.get(address).status_code == 200, address


class Writers:
    """People who write at the same time and press again, with the same key, until they are answered."""

    def __init__(self, pair, count=3):
        self.pair, self.stop = pair, threading.Event()
        self.answered = set()  # the keys of what was acknowledged
        self.threads = [threading.Thread(target=self.write) for _ in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)

    def write(self):
        while not self.stop.is_set():
            key = a_key()
            while key not in self.answered:
                try:
                    self.submit(key)
                    self.answered.add(key)
                except DatabaseError:
                    close_old_connections()  # as at the end of a web request
                    time.sleep(0.02)
        connection.close()

    def submit(self, key):
        with acting(VISITOR):
            services.submit_request(
                actor=anonymous(), submission=self.pair.here.submission(), now=timezone.now(), key=key
            )


def waits_for_the_replica(pair):
    """Have the primary acknowledge nothing that the replica has not written down as well."""
    name = f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'"
    run(
        pair.primary.url, name, "SELECT pg_reload_conf()"
    )  # there alone: the replica waits for nobody when it takes over
    until = time.monotonic() + 10
    while run(pair.primary.url, "SELECT max(sync_state) FROM pg_stat_replication") != "sync":
        assert time.monotonic() < until
        time.sleep(0.05)


def test_when_the_primary_is_killed_the_replica_takes_over_and_nothing_acknowledged_is_lost(pair):
    """The line between them is cut for a moment before: what the replica never got must not have been acknowledged."""
    waits_for_the_replica(pair)
    either = web(pair.primary, pair.follower, target_session_attrs="read-write", connect_timeout=2)
    with connected_to(either), Writers(pair) as writers:
        time.sleep(1.5)
        receiver = run(pair.follower.url, "SELECT pid FROM pg_stat_wal_receiver")
        os.kill(receiver, signal.SIGSTOP)
        time.sleep(0.2)
        cut_off = len(writers.answered)
        time.sleep(0.5)
        assert len(writers.answered) == cut_off > 10, "acknowledged without the replica"
        pair.primary.process.kill()
        pair.primary.process.wait()
        os.kill(receiver, signal.SIGCONT)
        run(pair.follower.url, "SELECT pg_promote()")
        promoted = time.monotonic()
        while len(writers.answered) < cut_off + 50:
            assert time.monotonic() < promoted + 20, "nothing is written after the failover"
            time.sleep(0.05)

    with connected_to(pair.follower.url):
        matters = Case.objects.count()
        kept = [str(key) for key in Step.objects.filter(move="open").values_list("key", flat=True)]
    assert set(writers.answered) - set(kept) == set(), "acknowledged and lost"
    assert len(kept) == len(set(kept)) == matters, "nothing was done twice"
