"""The audit record grows and never changes."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import entries_of_case, record
from gongzhi.kernel.people.actor import Actor, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
CLERK = Actor(role=Role.HANDLER, account_id=1, post_id=2, unit_id=3, region_code="410523")


def test_a_row_says_who_did_what_to_whom_and_why():
    record(
        actor=CLERK,
        action="person.read",
        now=NOW,
        case_id=7,
        subject="person:9",
        purpose="核实地点",
        details={"n": 1},
    )
    entry = Entry.objects.get(subject="person:9")
    assert entries_of_case(7).get() == entry
    assert (entry.action, entry.role, entry.account_id, entry.post_id, entry.unit_id) == (
        "person.read",
        "handler",
        1,
        2,
        3,
    )
    assert (entry.purpose, entry.details, entry.at) == ("核实地点", {"n": 1}, NOW)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_row(change):
    record(actor=CLERK, action="x", now=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(action="y") if change == "update" else Entry.objects.all().delete()
    assert Entry.objects.get().action == "x"


def test_a_row_goes_with_the_change_that_is_rolled_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(actor=CLERK, action="x", now=NOW)
        raise ZeroDivisionError
    assert not Entry.objects.exists()
