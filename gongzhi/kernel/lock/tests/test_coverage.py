"""Every table that names a person or a case is locked, and the check for it finds one that is not."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

import gongzhi
from gongzhi.kernel.lock.coverage import OPEN, must_be_locked, unlocked_tables

pytestmark = pytest.mark.django_db


def test_every_table_that_names_a_person_or_a_case_is_locked():
    assert unlocked_tables() == []


def test_the_tables_meant_are_among_them():
    locked = {model._meta.db_table for model in apps.get_models() if must_be_locked(model)}
    assert locked >= {
        "cases_case",
        "cases_step",
        "cases_deadline",
        "documents_document",
        "people_person",
        "people_account",
        "audit_entry",
        "access_look",
        "access_export",
        "events_outbox",
        "notices_message",
        "hotline_request",
    }
    assert not locked & {"organisations_region", "organisations_unit", *OPEN}


@pytest.mark.parametrize(
    "opened",
    [
        "ALTER TABLE cases_step DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_step NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY seen ON cases_step",
        "DROP POLICY added ON cases_step",
    ],
)
def test_one_that_stands_open_is_named(opened):
    with connection.cursor() as cursor:
        cursor.execute(opened)
    assert unlocked_tables() == ["cases_step"]


def test_functions_that_look_past_the_lock_are_shut():
    """They run as the owner of everything: for the web's role only, and blind to temporary tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.oid::regprocedure::text, has_function_privilege('public', p.oid, 'EXECUTE'),
                COALESCE(array_to_string(p.proconfig, ';'), '')
            FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace
            """
        )
        functions = cursor.fetchall()
    assert len(functions) >= 8
    loose = [name for name, anybody, settings in functions if anybody or "pg_temp" not in settings]
    assert loose == []


CODE = "\n".join(
    path.read_text("utf-8")
    for path in Path(gongzhi.__file__).parent.rglob("*.py")
    if not {"tests", "migrations"}.intersection(path.parts)
)


def test_no_function_looks_past_the_lock_that_nobody_calls():
    """Whoever calls is our code, a policy, another function, or a table whose trigger it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.proname FROM pg_proc p
            WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND NOT p.proname = ANY(%s)
                AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgfoid = p.oid)
                AND NOT EXISTS (SELECT FROM pg_policies o WHERE concat(o.qual, o.with_check) LIKE '%%' || p.proname || '(%%')
                AND NOT EXISTS (SELECT FROM pg_proc q
                    WHERE q.oid <> p.oid AND q.pronamespace = p.pronamespace AND q.prosrc LIKE '%%' || p.proname || '(%%')
            ORDER BY 1
            """,
            [re.findall(r"\b[a-z]+(?:_[a-z]+)+\b(?=\()", CODE)],
        )
        assert [name for (name,) in cursor.fetchall()] == []
