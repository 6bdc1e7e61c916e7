"""The baseline is fair: hand-written SQL leaves the same rows as the use cases, with the same things said in them."""

from collections import Counter
from itertools import islice

import pytest
from django.apps import apps
from django.db import connection

from benchmarks import lifecycle, lifecycle_sql
from benchmarks.ground import lay_ground
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.events.models import Outbox

pytestmark = pytest.mark.django_db(transaction=True)


def rows():
    return Counter({model._meta.db_table: model._base_manager.count() for model in apps.get_models()})


@pytest.fixture
def both():
    """What one case of each kind left behind: rows in each table, and the two cases."""
    ground = lay_ground()
    before = rows()
    lifecycle.one_case(ground, 1)
    ours = rows() - before
    between = rows()
    known = set(Case.objects.values_list("pk", flat=True))
    lifecycle_sql.one_case(ground, 2)
    theirs = rows() - between
    lifecycle_sql.disconnect()
    (our_case,) = known
    their_case = Case.objects.exclude(pk=our_case).get()
    return ours, theirs, our_case, their_case.pk


def test_both_write_the_same_number_of_rows_into_every_table(both):
    ours, theirs, _our_case, _their_case = both
    assert ours == theirs
    assert ours["cases_case"] == 1


def test_both_write_the_same_steps_clocks_facts_and_audit_entries(both):
    _ours, _theirs, *cases = both

    def told(model, *names):
        first, second = (
            sorted(model.objects.filter(case_id=case).values_list(*names), key=str) for case in cases
        )
        return first, second

    for model, names in (
        (Step, ("number", "move", "from_stage", "to_stage", "role", "unit_id", "account_id")),
        (Deadline, ("clock", "rule", "kind", "unit_id", "stopped_by")),
        (Outbox, ("key", "region_code")),
        (Entry, ("action", "role", "account_id", "unit_id")),
    ):
        ours, theirs = told(model, *names)
        assert ours == theirs, model


def test_both_leave_the_case_in_the_same_state(both):
    _ours, _theirs, our_case, their_case = both
    names = ("stage", "unit_id", "steps_taken", "outcome", "category_id", "region_code", "channel", "version")
    ours, theirs = (Case.objects.filter(pk=pk).values(*names).get() for pk in (our_case, their_case))
    assert ours == theirs


def test_both_commit_as_often(both):
    """Six transactions a case: one a step (the rows of one transaction share its number)."""
    _ours, _theirs, *cases = both
    with connection.cursor() as cursor:
        counts = []
        for case in cases:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM cases_step WHERE case_id = %s", [case])
            counts.append(cursor.fetchone()[0])
    assert counts == [lifecycle.STEPS, lifecycle.STEPS]


def test_two_processes_never_take_the_same_number():
    first, second = (set(islice(lifecycle.numbers_of(worker), 1_000)) for worker in (0, 1))

    assert not first & second
