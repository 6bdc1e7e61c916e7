"""What travels together keeps nobody else waiting, commits nothing that was refused, and leaves the connection in step."""

from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.pq import TransactionStatus

from gongzhi.base.declined import Conflict
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_category
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.kernel.prepared import run, run_with

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = at(3, 2)
LATER = MONDAY + timedelta(hours=2)
WHO = "SELECT current_setting('gongzhi.acts', true)"
KEEP = "WITH step AS (INSERT INTO kept (case_id) VALUES (%s::int) RETURNING case_id)"


def test_who_waits_for_a_case_lets_the_thread_go_on_that_holds_it():
    run("SELECT %s + 0", (1,))
    holds, told = Event(), {}

    def first():
        with acting(SYSTEM), transaction.atomic():
            run("SELECT pg_advisory_xact_lock(%s)", (815,))
            holds.set()
            until = monotonic() + 1
            while monotonic() < until:  # what a step thinks about between its two messages
                sleep(0.01)
            told["first"] = monotonic()
        connection.close()

    def second():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20s'")
        holds.wait(10)
        with acting(SYSTEM), transaction.atomic():
            run("SELECT pg_advisory_xact_lock(%s)", (815,))
            told["second"] = monotonic()
        connection.close()

    begun, threads = monotonic(), [Thread(target=first), Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert begun < told["first"] < told["second"] < begun + 15, told


def test_what_was_written_before_a_refusal_is_not_committed():
    """A use case may write before its step; the key of another write then refuses all of it."""
    county = County()
    other = a_category("urban.lighting.other")
    forget_everything()
    with acting(SYSTEM):
        request, key = county.submit(MONDAY), a_key()
        asker = county.asker(request)
        services.add_to_request(actor=asker, case_id=request.pk, note="又坏一盏。", now=MONDAY, key=key)
        with pytest.raises(Conflict):
            services.dispatch_request(
                actor=county.dispatcher,
                case_id=request.pk,
                unit_id=county.bureau.pk,
                category=other.key,
                now=LATER,
                key=key,
            )
    assert Case.objects.get(pk=request.pk).category_id == county.lamps.pk


def test_a_refused_withdrawal_leaves_the_units_that_help_at_work():
    county = County()
    with acting(SYSTEM):
        request, key = county.handling(MONDAY), a_key()
        asker = county.asker(request)
        services.invite_units(
            actor=county.handler,
            case_id=request.pk,
            units=[county.other.pk],
            note="请一起看。",
            now=LATER,
            key=a_key(),
        )
        services.add_to_request(actor=asker, case_id=request.pk, note="又坏一盏。", now=LATER, key=key)
        child = Case.objects.get(parent_id=request.pk)
        with pytest.raises(Conflict):
            services.withdraw_request(actor=asker, case_id=request.pk, now=LATER, key=key)
    assert Case.objects.get(pk=child.pk).stage == child.stage
    assert Case.objects.get(pk=request.pk).involved_units == [county.other.pk]


def test_of_a_refused_submission_nobody_is_kept():
    county, key = County(), str(uuid4())
    with acting(SYSTEM):
        county.submit(MONDAY, key=key)
        before = Person.objects.count(), Particulars.objects.count()
        with pytest.raises(Conflict):
            county.submit(MONDAY, key=key, phone="13800002222", name="钱二")
    assert (Person.objects.count(), Particulars.objects.count()) == before


def test_hooks_after_a_commit_run_outside_and_may_ask_or_fail(kept):
    told = []
    with acting(SYSTEM), transaction.atomic():
        transaction.on_commit(lambda: told.append(Case.objects.count()))
        run_with(KEEP, (1,), (), ends=1)
    with acting(SYSTEM), transaction.atomic():
        transaction.on_commit(lambda: told.append(Case.objects.count()))
    assert told == [0, 0]

    def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        transaction.on_commit(fails)
        run_with(KEEP, (2,), (), ends=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (3)")
    assert (connection.connection.info.transaction_status, kept()) == (TransactionStatus.IDLE, [1, 2, 3])


def test_after_a_commit_that_was_refused_and_swallowed_nothing_is_written(kept):
    run_with(KEEP, (1,), ())
    with acting(SYSTEM), transaction.atomic():
        with pytest.raises(IntegrityError):
            run_with(KEEP, (1,), (), ends=1)
        assert run(WHO, ()) == [("system",)]
        run_with(KEEP, (5,), ())
    assert kept() == [1]


def test_what_reaches_the_server_past_django_is_committed_too(kept):
    with connection.cursor() as cursor, transaction.atomic(), cursor.copy("COPY kept FROM STDIN") as copy:
        copy.write_row((9,))
    with transaction.atomic(), connection.connection.cursor() as raw:
        raw.execute("INSERT INTO kept VALUES (8)")
    assert kept() == [8, 9]


def test_much_is_sent_and_answered_in_one_go():
    much = "灯" * 4_000_000
    with transaction.atomic():
        assert run("SELECT %s::text", (much,)) == [(much,)]
    assert run("SELECT length(%s::text)", (much,)) == [(len(much),)]
