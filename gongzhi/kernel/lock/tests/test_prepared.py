"""Prepared statements take whatever stands for a column, outlive what is rolled back, and fail as the driver would."""

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from psycopg import pq

from gongzhi.kernel import prepared
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.prepared import run

ECHO = "SELECT %s::bigint, %s::text, %s::bigint[]"
pytestmark = pytest.mark.django_db


def test_a_statement_prepared_with_nothing_or_little_takes_much_later():
    assert run(ECHO, (None, None, [])) == [(None, None, [])]
    assert run(ECHO, (1, "一", [1])) == [(1, "一", [1])]
    assert run(ECHO, (2**40, "'; --", [2**40, None])) == [(2**40, "'; --", [2**40, None])]


def test_a_small_number_that_comes_first_keeps_out_no_large_one():
    assert run("SELECT %s + 1", (1,)) == [(2,)]
    assert run("SELECT %s + 1", (2**40,)) == [(2**40 + 1,)]


def test_what_is_rolled_back_takes_no_prepared_statement_along():
    run(ECHO, (1, "", []))
    with pytest.raises(DatabaseError), transaction.atomic():
        run("SELECT 1 / %s", (0,))
    assert run(ECHO, (2, "", [])) == [(2, "", [])]


def test_a_constraint_that_refuses_is_djangos_own_error():
    region = a_region()
    table = region._meta.db_table
    with pytest.raises(IntegrityError), transaction.atomic():
        run(f"INSERT INTO {table} SELECT * FROM {table} WHERE code = %s", (region.code,))


@pytest.mark.django_db(transaction=True)
def test_a_constraint_that_waits_for_the_end_refuses_the_commit():
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE once (at int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        cursor.execute("INSERT INTO once VALUES (1), (1)")


def test_where_a_pooler_keeps_none_the_same_is_sent_whole(settings):
    settings.GONGZHI_PREPARE = False
    known = len(prepared._of(connection.connection).names) if connection.connection else 0
    assert run(ECHO + " WHERE true", (None, "一", [3])) == [(None, "一", [3])]
    assert len(prepared._of(connection.connection).names) == known


def test_a_server_that_said_nothing_is_gone_which_is_another_fault_than_a_refusal():
    """Sessions tell the two apart: the one is 503, to be tried again; the other says that the session was ended."""
    pgconn = connection.connection.pgconn
    with pytest.raises(psycopg.OperationalError):
        prepared.checked(pgconn, pgconn.make_empty_result(pq.ExecStatus.FATAL_ERROR))
