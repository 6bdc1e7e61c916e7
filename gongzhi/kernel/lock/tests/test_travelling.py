"""BEGIN travels with the first statement and COMMIT with the last: the same promises, half the waiting."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from psycopg.pq import TransactionStatus

from gongzhi.base.declined import Conflict
from gongzhi.domains.hotline.services.dispatching import move_request
from gongzhi.domains.hotline.services.intake import add_to_request
from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel import prepared
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.lock.scope import SYSTEM, VISITOR, Scope, acting
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.prepared import _Prepared, run, run_with

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = at(3, 2)
WHO = "SELECT current_setting('gongzhi.acts', true)"
KEEP = "WITH step AS (INSERT INTO kept (case_id) VALUES (%s::int) RETURNING case_id)"


@pytest.fixture
def messages(monkeypatch):
    """Return how many statements each wait for the server was for, as they are sent."""
    waits = []
    one_go, exec_ = _Prepared._in_one_go, psycopg.pq.PGconn.exec_

    def in_one_go(self, messages):
        waits.append([message.what for message in messages])
        return one_go(self, messages)

    monkeypatch.setattr(_Prepared, "_in_one_go", in_one_go)
    monkeypatch.setattr(
        "gongzhi.kernel.lock.base.send", lambda raw, what: waits.append([what]) or exec_(raw.pgconn, what)
    )
    return waits


def status():
    return connection.connection.info.transaction_status


def test_a_transaction_that_asks_nothing_does_not_begin():
    connection.ensure_connection()
    with acting(SYSTEM), transaction.atomic():
        assert status() == TransactionStatus.IDLE
    with pytest.raises(ValueError, match="^$"), transaction.atomic():
        raise ValueError("")
    assert run("SELECT %s + 0", (1,)) == [(1,)]


def test_the_first_statement_says_who_acts_whoever_sends_it():
    with acting(SYSTEM), transaction.atomic():
        assert run(WHO, ()) == [("system",)]
        assert status() == TransactionStatus.INTRANS
    with acting(SYSTEM), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WHO)
        assert cursor.fetchone() == ("system",)
    odd = Scope(acts="official", purpose="'); DROP TABLE x; --\\")
    with acting(odd), transaction.atomic():
        assert run("SELECT current_setting('gongzhi.purpose', true)", ()) == [("'); DROP TABLE x; --\ufffd",)]


def test_who_acts_when_the_first_statement_comes_is_announced():
    with acting(SYSTEM), transaction.atomic():
        with acting(VISITOR):
            assert run(WHO, ()) == [("visitor",)]
        assert run(WHO, ()) == [("system",)]


def test_values_that_cannot_be_sent_leave_the_announcement_due():
    with acting(SYSTEM), transaction.atomic():
        with pytest.raises(DataError):
            run("SELECT %s", ("a\x00b",))
        assert run(WHO, ()) == [("system",)]


def test_the_last_statement_commits_and_what_is_asked_afterwards_begins_anew(kept):
    with acting(SYSTEM), transaction.atomic():
        assert run_with(KEEP, (1,), (), ends=1) == [(1,)]
        assert status() == TransactionStatus.IDLE
        assert kept() == [1]
        assert run(WHO, ()) == [("system",)]
        assert status() == TransactionStatus.INTRANS
    assert status() == TransactionStatus.IDLE


def test_inside_another_block_nothing_commits_early(kept):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        with transaction.atomic():
            run_with(KEEP, (1,), (), ends=1)
            assert status() == TransactionStatus.INTRANS
        raise ZeroDivisionError
    assert kept() == []
    with transaction.atomic(), transaction.atomic():
        run_with(KEEP, (2,), (), ends=2)  # the inner block has a savepoint to release
        assert kept() == []
    with transaction.atomic(), transaction.atomic(savepoint=False):
        run_with(KEEP, (3,), (), ends=2)
        assert kept() == [2, 3]


def test_a_statement_that_fails_takes_its_commit_along(kept):
    with pytest.raises(DataError), transaction.atomic():
        run_with(KEEP, (1,), [prepared.Part("INSERT INTO kept SELECT 1 / %s::int FROM step", (0,))], ends=1)
    assert (status(), kept()) == (TransactionStatus.IDLE, [])
    with transaction.atomic():
        run_with(KEEP, (2,), (), ends=1)
    assert kept() == [2]


def test_a_constraint_that_waits_for_the_end_refuses_what_travels_with_it(kept):
    run_with(KEEP, (1,), ())
    with pytest.raises(IntegrityError), transaction.atomic():
        run_with(KEEP, (1,), (), ends=1)
    assert (status(), kept()) == (TransactionStatus.IDLE, [1])


def test_a_server_that_goes_away_between_question_and_answer_is_an_error_and_the_next_one_is_asked_anew():
    with pytest.raises(OperationalError), transaction.atomic():
        run("SELECT pg_terminate_backend(pg_backend_pid()) WHERE %s", (True,))
    connection.close_if_unusable_or_obsolete()
    assert run("SELECT %s + 0", (1,)) == [(1,)]


def test_a_step_waits_twice_for_the_server(messages):
    county = County()
    case = county.dispatched(MONDAY)
    later, key = MONDAY + timedelta(hours=2), str(uuid4())
    messages.clear()
    with acting(SYSTEM):
        move_request(actor=county.handler, case_id=case.pk, move="accept", now=later, key=key)
    begin, *said, hold = messages[0]
    step, commit = messages[1]
    assert (begin, said[0], commit) == (b"BEGIN", b"SET LOCAL gongzhi.acts = 'system'", b"COMMIT")
    assert hold != step
    assert len(messages) == 2
    with acting(SYSTEM):
        again = move_request(actor=county.handler, case_id=case.pk, move="accept", now=later, key=key)
    assert again.pk == case.pk
    assert Step.objects.filter(case_id=case.pk).count() == Case.objects.get(pk=case.pk).steps_taken


def test_a_step_made_before_is_found_though_its_commit_went_along():
    county = County()
    case = county.dispatched(MONDAY).case
    asker = Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
    later, key, note = MONDAY + timedelta(hours=2), str(uuid4()), "还有一盏也坏了。"
    for _ in range(2):
        with acting(SYSTEM):
            added = add_to_request(actor=asker, case_id=case.pk, note=note, now=later, key=key)
        assert (added.pk, status()) == (case.pk, TransactionStatus.IDLE)
    assert Step.objects.filter(case_id=case.pk, move="add").count() == 1
    with acting(SYSTEM), pytest.raises(Conflict):
        add_to_request(actor=asker, case_id=case.pk, note="另一句话。", now=later, key=key)
