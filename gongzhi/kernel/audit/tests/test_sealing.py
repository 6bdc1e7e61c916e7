"""Sealing takes every committed row once, and never a row too early or too late."""

import os
import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from gongzhi.kernel.audit.checkpoints import checkpoint_due, false_checkpoints
from gongzhi.kernel.audit.logkey import signing_key
from gongzhi.kernel.audit.merkle import Tree, fold
from gongzhi.kernel.audit.models import Checkpoint, Entry, Leaf, Node, Sealing
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.audit.sealing import read, seal_due, size, tree
from gongzhi.kernel.people.actor import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
INSERT = "INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details) VALUES (now(), %s, 'system', '', '', '', '{}')"


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    settings.LOG_KEY = str(tmp_path / "log-key.pem")


def second_connection():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
    return psycopg.connect(os.environ["DATABASE_URL"], dbname=name)


def write(count, action="x"):
    for _ in range(count):
        record(actor=SYSTEM, action=action, now=NOW)


def sealed_actions():
    of = dict(Entry.objects.values_list("id", "action"))
    return [of[each] for each in Leaf.objects.order_by("index").values_list("entry_id", flat=True)]


def test_rows_are_sealed_once_and_in_batches():
    write(7)
    assert [seal_due(NOW, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert size() == 7
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(7))
    assert Leaf.objects.values("entry_id").distinct().count() == 7


def test_a_row_of_a_slow_transaction_waits_and_is_not_missed():
    with second_connection() as slow:
        slow.execute(INSERT, ("slow",))  # its number is smaller than those of the rows that follow
        write(2, "later")
        seal_due(NOW)
        write(1, "last")
        seal_due(NOW)
        assert "slow" not in sealed_actions()
        slow.execute(INSERT, ("slow",))
        slow.commit()
    while seal_due(NOW):
        pass
    assert sorted(sealed_actions()) == ["last", "later", "later", "slow", "slow"]


def test_a_row_that_is_rolled_back_leaves_no_leaf():
    with second_connection() as slow:
        slow.execute(INSERT, ("gone",))
        slow.rollback()
    write(1)
    seal_due(NOW)
    assert sealed_actions() == ["x"]


def test_rows_restored_with_the_transaction_numbers_of_another_server_are_sealed():
    write(3)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER append_only")
        cursor.execute("UPDATE audit_entry SET xid = '99999999999'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER append_only")
    Sealing.objects.create(pk=1, hash_name="sm3", home="elsewhere/1", below="99999999000")
    assert seal_due(NOW) == 3
    write(2)
    assert seal_due(NOW) == 2
    assert size() == 5


def test_several_sealers_at_once_seal_each_row_once():
    write(400)
    failed = []

    def work():
        try:
            for _ in range(20):
                seal_due(NOW, limit=30)
        except Exception as reason:
            failed.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    while seal_due(NOW):
        pass
    assert not failed
    assert size() == 400 == Leaf.objects.values("entry_id").distinct().count()


def test_nodes_are_stored_while_the_log_grows_and_give_the_same_root():
    write(600)
    while seal_due(NOW, limit=250):
        pass
    assert Node.objects.count() == 2
    leaves = read(0, 0, 600)
    computed = {0: leaves, 1: [fold("sm3", leaves[:256]), fold("sm3", leaves[256:512])]}
    assert tree().root(600) == Tree("sm3", lambda floor, at, count: computed[floor][at : at + count]).root(
        600
    )


def test_a_checkpoint_is_signed_when_the_log_has_grown_and_names_the_one_before():
    assert checkpoint_due(NOW) == 0
    write(2)
    seal_due(NOW)
    assert checkpoint_due(NOW) == 2
    assert checkpoint_due(NOW) == 0
    write(1)
    seal_due(NOW)
    assert checkpoint_due(NOW) == 1
    first, second = Checkpoint.objects.order_by("number")
    assert (first.size, second.size) == (2, 3)
    assert "previous " + "0" * 64 in first.note
    assert "previous " + "0" * 64 not in second.note


def test_the_key_is_made_at_first_use_for_its_owner_alone(settings):
    write(1)
    seal_due(NOW)
    checkpoint_due(NOW)
    assert os.stat(settings.LOG_KEY).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("another_is_there", [False, True])
def test_a_log_that_was_signed_is_signed_with_no_other_key(settings, tmp_path, another_is_there):
    for _ in range(2):
        write(1)
        seal_due(NOW)
        checkpoint_due(NOW)
    right, settings.LOG_KEY = settings.LOG_KEY, str(tmp_path / "mistyped.pem")
    if another_is_there:
        signing_key()
    write(1)
    seal_due(NOW)
    with pytest.raises(ImproperlyConfigured, match="put the file back"):
        checkpoint_due(NOW)
    assert os.path.exists(settings.LOG_KEY) == another_is_there
    settings.LOG_KEY = right
    assert checkpoint_due(NOW) == 1


def test_nothing_is_signed_while_an_older_row_waits_to_be_sealed():
    write(3)
    later = NOW + timedelta(minutes=6)
    assert seal_due(later, limit=2) == 2
    assert checkpoint_due(later) == 0
    seal_due(later)
    assert checkpoint_due(later) == 3
    with second_connection() as slow:
        slow.execute(INSERT, ("slow",))  # holds back whatever follows
        write(2)
        assert seal_due(later) == 0
        assert checkpoint_due(later) == 0
        slow.rollback()
    seal_due(later)
    assert checkpoint_due(later) == 2


def test_with_a_clock_that_was_set_back_nothing_is_signed_until_it_has_caught_up():
    write(1)
    seal_due(NOW)
    assert checkpoint_due(NOW) == 1
    write(2)
    seal_due(NOW)
    assert checkpoint_due(NOW - timedelta(seconds=1)) == 0
    assert checkpoint_due(NOW) == 2
    assert false_checkpoints(signing_key().public_key()) == []


@pytest.mark.parametrize("table", ["audit_entry", "audit_leaf", "audit_node", "audit_checkpoint"])
def test_the_database_refuses_to_shorten_the_log(table):
    column = {"audit_entry": "action"}.get(table, "id" if table != "audit_leaf" else "index")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER no_truncate")
        try:
            for statement in (
                f"UPDATE {table} SET {column} = {column}",
                f"DELETE FROM {table}",
                f"TRUNCATE {table}",
            ):
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    cursor.execute(statement)
        finally:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER no_truncate")
