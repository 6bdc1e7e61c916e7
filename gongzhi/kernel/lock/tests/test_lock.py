"""Nothing announced, nothing seen: the lock is shut until a transaction says who acts, and shuts again when it ends."""

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongzhi.domains.hotline.tests.factories import County, at
from gongzhi.kernel.access.scope import scope_of
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.lock.base import one_moment
from gongzhi.kernel.lock.coverage import must_be_locked
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import LET_GO, SYSTEM, VISITOR, Scope, acting, also
from gongzhi.kernel.lock.standing import who_steps_around
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Post

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)
LOCKED = sorted(
    {m._meta.db_table for m in apps.get_models() if must_be_locked(m)},
)


@pytest.fixture
def counties():
    """Two counties with a dispatched request each."""
    here, elsewhere = County(), County("410522")
    return here, here.dispatched(MONDAY), elsewhere, elsewhere.dispatched(MONDAY, phone="13800002222")


@pytest.fixture
def as_web(counties):
    """Go on as the role with which web and worker connect, with no case in hand: as a new transaction begins."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        cursor.execute(LET_GO)


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def count(table):
    return run(f"SELECT count(*) FROM {table}")[0][0]


def test_without_an_announcement_every_locked_table_is_empty(counties, as_web):
    seen = {table: n for table in LOCKED if (n := count(table))}
    assert seen == {}


def test_without_an_announcement_nothing_is_written(counties, as_web):
    for statement in (
        "INSERT INTO people_post (account_id, role, region_code, title, valid_from) VALUES (1, 'x', '', '', now())",
        "INSERT INTO events_outbox (key, region_code, case_id, payload, published_at, attempts, last_error)"
        " VALUES ('a.b', '41', 1, '{}', now(), 0, '')",
    ):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            run(statement)
    assert run("UPDATE cases_case SET title = 'x'") == 0
    assert run("DELETE FROM documents_document") == 0


def test_an_announcement_ends_with_its_transaction(counties):
    with acting(SYSTEM), transaction.atomic():
        assert run("SELECT current_setting('gongzhi.acts', true)") == [("system",)]
    assert run("SELECT coalesce(current_setting('gongzhi.acts', true), '')") == [("",)]


def test_what_is_announced_to_one_connection_never_reaches_the_next_user_of_it(counties):
    """What a pool does: one transaction after another on the same connection, the second announcing nothing."""
    address = psycopg.conninfo.make_conninfo(
        **{
            k: v
            for k, v in connection.get_connection_params().items()
            if k in {"host", "port", "user", "dbname"}
        }
    )
    with psycopg.connect(address, autocommit=True) as raw:
        with raw.transaction():
            raw.execute("SELECT set_config('gongzhi.acts', 'system', true)")
        with raw.transaction():
            assert raw.execute("SELECT current_setting('gongzhi.acts', true)").fetchone() in ((None,), ("",))


def test_someone_sees_their_county_and_no_other(counties, as_web):
    here, request, elsewhere, foreign = counties
    with acting(scope_of(here.dispatcher)):
        assert set(Case.objects.values_list("pk", flat=True)) == {request.pk}
    with acting(scope_of(elsewhere.dispatcher)):
        assert set(Case.objects.values_list("pk", flat=True)) == {foreign.pk}
    with acting(SYSTEM):
        assert Case.objects.count() == 2
    with acting(VISITOR):
        assert not Case.objects.exists()


def test_the_person_concerned_sees_their_own_and_the_code_opens_one(counties, as_web):
    _here, request, _elsewhere, foreign = counties
    with acting(SYSTEM):
        person, code = (
            Case.objects.get(pk=request.pk).opened_by_id,
            Case.objects.get(pk=foreign.pk).query_code,
        )
    with acting(scope_of(Actor(role=Role.CITIZEN, person_id=person))):
        assert set(Case.objects.values_list("pk", flat=True)) == {request.pk}
    with acting(VISITOR), also(code=code):
        assert set(Case.objects.values_list("pk", flat=True)) == {foreign.pk}


@pytest.mark.parametrize(
    "odd",
    [
        {"low": "~", "high": ""},
        {"low": "%", "high": "%"},
        {"low": "' OR true --", "high": "'"},
        {"person": "", "unit": "", "account": "", "code": "", "username": ""},
    ],
)
def test_odd_announcements_open_nothing(counties, as_web, odd):
    with acting(Scope(acts="dispatcher", **odd)):
        assert not Case.objects.exists()


def test_an_announcement_that_is_no_number_is_refused(counties, as_web):
    with pytest.raises(DatabaseError), acting(Scope(acts="handler", unit="1 OR true")):
        Case.objects.exists()


def test_before_signing_in_only_the_account_named_is_there(counties, as_web):
    here = counties[0]
    with acting(SYSTEM):
        name = Account.objects.get(pk=here.handler.account_id).username
    with acting(VISITOR):
        assert not Account.objects.exists()
        with also(username=name):
            assert list(Account.objects.values_list("username", flat=True)) == [name]


def test_a_unit_may_give_a_case_away_and_still_read_what_it_did(counties, as_web):
    """A case in hand stays in sight until the transaction ends, and is gone with the next."""
    here, request, elsewhere, _foreign = counties
    with acting(SYSTEM):
        run("UPDATE cases_case SET region_code = '410522100201' WHERE id = %s", request.pk)
    with acting(scope_of(here.handler)):
        assert Case.objects.filter(pk=request.pk).exists()  # still its unit
    with acting(SYSTEM):
        run("UPDATE cases_case SET unit_id = %s WHERE id = %s", elsewhere.bureau.pk, request.pk)
    with acting(scope_of(here.handler)):
        assert not Case.objects.filter(pk=request.pk).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON cases_case",
        "TRUNCATE cases_case CASCADE",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_entry SET role = ''",
        "DELETE FROM audit_entry",
        "UPDATE cases_step SET move = ''",
        "DELETE FROM cases_step",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id int)",
        "ALTER ROLE gongzhi_web SUPERUSER",
        "SET SESSION AUTHORIZATION postgres",
    ],
)
def test_the_role_of_the_web_cannot_take_the_lock_off(statement):
    address = connection.get_connection_params()
    keep = {k: v for k, v in address.items() if k in {"host", "port", "dbname"}}
    with psycopg.connect(**keep, user=WEB, autocommit=True) as raw, pytest.raises(psycopg.Error) as refused:
        raw.execute("SELECT set_config('gongzhi.acts', 'system', false)")
        raw.execute(statement)
    assert isinstance(
        refused.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.InvalidParameterValue
    )


def test_who_steps_around_the_lock_is_told(as_web):
    assert who_steps_around() == ""
    run("RESET ROLE")
    assert who_steps_around() == connection.get_connection_params()["user"]


def test_an_officials_post_is_looked_up_by_staff_and_their_name_by_no_citizen(counties, as_web):
    here = counties[0]
    with acting(scope_of(Actor(role=Role.CITIZEN, person_id=1))):
        assert not Account.objects.exists()
    with acting(scope_of(here.dispatcher)):
        assert Account.objects.filter(pk=here.handler.account_id).exists()
        assert Post.objects.filter(pk=here.handler.post_id, valid_from__lte=timezone.localdate()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_stands_alone_says_who_acts_as_well():
    """Outside of any transaction, as pages read and note that they read: prepared statements and others."""
    here = County()
    request = here.dispatched(MONDAY)
    run(f"SET ROLE {WEB}")
    try:
        assert not Case.objects.exists()
        with acting(scope_of(here.dispatcher)):
            record(actor=here.dispatcher, action="case.read", now=MONDAY, case_id=request.pk, purpose="办理")
            assert Case.objects.get().pk == request.pk
    finally:
        run("RESET ROLE")
    assert Entry.objects.filter(action="case.read").exists()


@pytest.mark.django_db(transaction=True)
def test_what_only_reads_says_once_who_acts():
    here = County()
    with acting(scope_of(here.dispatcher)), one_moment():
        assert not connection.in_atomic_block, "a page that reads nothing needs no database"
        assert not Case.objects.exists()
        assert connection.in_atomic_block
        assert run("SELECT current_setting('gongzhi.acts', true)") == [("dispatcher",)]
    assert not connection.in_atomic_block


@pytest.mark.parametrize("typed", ["'; SET gongzhi.acts = 'system", "a\\'b", "\x00", "''", "\\", "姓名"])
@pytest.mark.django_db(transaction=True)
def test_what_people_type_stays_a_value(typed):
    with acting(Scope(acts="visitor", username=typed)), transaction.atomic():
        acts, username = run("SELECT current_setting('gongzhi.acts'), current_setting('gongzhi.username')")[0]
    assert acts == "visitor"
    assert username == typed.replace("\x00", "\ufffd").replace("\\", "\ufffd")


def test_nobodys_particulars_are_opened_without_a_purpose(counties, as_web):
    here, request, *_ = counties
    person = "{" + str(request.case.opened_by_id) + "}"
    with acting(scope_of(here.dispatcher)):
        assert run("SELECT current_setting('gongzhi.post', true)") == [(str(here.dispatcher.post_id),)]
        assert count("people_particulars") == 0
        with also(opened=person):
            assert count("people_particulars") == 0
        with also(opened=person, purpose="verify"):
            assert count("people_particulars") == 1
