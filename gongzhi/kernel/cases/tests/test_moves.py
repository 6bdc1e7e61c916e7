"""A case from opening to its end: rules, answers, returns, children, hand-over, and every way to be refused."""

import pytest
from django.db import transaction

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.checks import versions_in_use_are_declared
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.tests.factories import Office, a_key, at
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_citizen, an_official

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def test_opening_writes_case_step_clock_and_audit_row():
    office = Office()
    case = office.open(MONDAY)

    kept = Case.objects.get(pk=case.pk)
    assert (kept.stage, kept.version, kept.title) == ("received", "1", "开一家面馆")
    assert kept.number.startswith("410523-")
    assert kept.query_code.startswith("4105")
    assert len(kept.query_code) == 12
    step = kept.steps.get()
    assert (step.number, step.move, step.to_stage) == (1, "open", "received")
    deadline = kept.deadlines.get()
    assert (deadline.clock, deadline.basis) == ("receipt", "行政许可法第三十二条")
    assert kept.due_at == deadline.due_at
    assert Entry.objects.get(case_id=case.pk).action == "permits.permit.open"


def test_a_move_changes_the_stage_and_leaves_a_step_and_an_audit_row():
    office = Office()
    case = office.open(MONDAY)
    office.take(case, "accept", at(3, 3))

    case.refresh_from_db()
    assert (case.stage, case.steps_taken) == ("accepted", 2)
    step = case.steps.get(number=2)
    assert (step.move, step.from_stage, step.to_stage, step.role) == (
        "accept",
        "received",
        "accepted",
        "handler",
    )
    assert step.post_id == office.handler.post_id
    assert Entry.objects.filter(case_id=case.pk, action="permits.permit.accept").count() == 1


def test_a_handler_elsewhere_cannot_accept():
    office = Office()
    case = office.open(MONDAY)
    stranger = an_official(Role.HANDLER, a_unit(region=office.region))
    with pytest.raises(NotAllowed):
        office.take(case, "accept", MONDAY, actor=stranger)
    assert unchanged(case)


def test_another_citizen_cannot_withdraw_the_application():
    office = Office()
    case = office.open(MONDAY)
    with pytest.raises(NotAllowed):
        office.take(case, "drop", MONDAY, actor=a_citizen())
    assert unchanged(case)


def test_a_move_of_another_stage_is_refused_in_plain_words():
    office = Office()
    case = office.open(MONDAY)
    with pytest.raises(NotPossible, match="已收件"):
        office.take(case, "decide", MONDAY, outcome="solved")
    assert unchanged(case)


def test_a_decision_needs_an_outcome_from_the_list():
    office = Office()
    case = office.open(MONDAY)
    office.take(case, "accept", MONDAY)
    for answer in ({}, {"outcome": "agreed"}, {"outcome": ""}):
        with pytest.raises(NotPossible, match="办理结果"):
            office.take(case, "decide", MONDAY, **answer)
    office.take(case, "decide", MONDAY, outcome="rejected")
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_at) == ("decided", "rejected", MONDAY)


def test_nothing_moves_a_closed_case():
    office = Office()
    case = office.open(MONDAY)
    office.take(case, "drop", MONDAY, actor=office.citizen)
    with pytest.raises(NotPossible, match="已经结束"):
        office.take(case, "accept", MONDAY)


def test_after_two_returns_the_arbiter_decides():
    office = Office()
    arbiter_unit = a_unit(region=office.region)
    arbiter = an_official(Role.ARBITER, arbiter_unit)
    other = a_unit(region=office.region)
    case = office.open(MONDAY, arbiter_unit_id=arbiter_unit.pk)
    office.take(case, "accept", MONDAY)
    office.take(case, "refuse_duty", MONDAY)
    case.refresh_from_db()
    assert (case.stage, case.returns) == ("accepted", 1)
    office.take(case, "refuse_duty", MONDAY)
    case.refresh_from_db()
    assert (case.stage, case.returns) == ("referred", 2)
    before = case.deadlines.get(clock="decision").due_at

    office.take(case, "assign", at(3, 9), actor=arbiter, unit_id=other.pk)
    case.refresh_from_db()
    assert (case.stage, case.unit_id) == ("accepted", other.pk)
    running = case.deadlines.get(clock="decision")
    assert (running.due_at, running.stopped_at, running.unit_id) == (before, None, other.pk)


def test_a_parent_cannot_end_while_a_child_is_open():
    office = Office()
    helper_unit = a_unit(region=office.region)
    helper = an_official(Role.HANDLER, helper_unit)
    case = office.open(MONDAY)
    office.take(case, "accept", MONDAY)
    office.take(case, "consult", MONDAY, units=[helper_unit.pk])
    child = case.children.get()
    assert (child.procedure, child.unit_id, child.stage) == ("permits.opinion", helper_unit.pk, "asked")
    case.refresh_from_db()
    assert case.involved_units == [helper_unit.pk]

    with pytest.raises(NotPossible, match="协办单位"):
        office.take(case, "decide", MONDAY, outcome="solved")
    office.take(child, "give", MONDAY, actor=helper)
    office.take(case, "decide", MONDAY, outcome="solved")
    case.refresh_from_db()
    assert case.is_closed


def test_a_hand_over_goes_on_as_a_case_of_the_other_procedure():
    office = Office()
    arbiter = an_official(Role.ARBITER, office.unit)
    case = office.open(MONDAY, arbiter_unit_id=office.unit.pk)
    office.take(case, "accept", MONDAY)
    office.take(case, "refuse_duty", MONDAY)
    office.take(case, "refuse_duty", MONDAY)
    office.take(case, "pass_on", MONDAY, actor=arbiter)
    successor = Case.objects.get(handed_from=case)
    assert (successor.procedure, successor.opened_by_id) == ("permits.opinion", office.citizen.person_id)


def test_opening_again_with_the_same_key_gives_the_first_case():
    office = Office()
    key = a_key()
    first, second = office.open(MONDAY, key=key), office.open(at(3, 5), key=key)
    assert first.pk == second.pk
    assert (Case.objects.count(), Step.objects.count()) == (1, 1)


def test_the_same_key_with_other_content_is_refused():
    office = Office()
    key = a_key()
    office.open(MONDAY, key=key)
    with pytest.raises(Conflict):
        office.open(MONDAY, key=key, title="开一家茶馆")
    assert Case.objects.count() == 1


def test_a_replayed_move_changes_nothing_even_when_the_stage_has_passed():
    office = Office()
    case = office.open(MONDAY)
    key = a_key()
    office.take(case, "accept", MONDAY, key=key)
    office.take(case, "decide", MONDAY, outcome="solved")
    office.take(case, "accept", at(3, 9), key=key)
    case.refresh_from_db()
    assert (case.stage, case.steps.count()) == ("decided", 3)


def test_a_key_used_for_one_case_is_refused_for_another():
    office = Office()
    one, two = office.open(MONDAY), office.open(MONDAY)
    key = a_key()
    office.take(one, "accept", MONDAY, key=key)
    with pytest.raises(Conflict):
        office.take(two, "accept", MONDAY, key=key)
    assert unchanged(two)


def test_a_key_that_is_no_uuid_is_refused():
    with pytest.raises(NotPossible, match="UUID"):
        Office().open(MONDAY, key="1")


def test_a_plain_move_is_not_made_by_a_service():
    office = Office()
    case = office.open(MONDAY)
    with pytest.raises(NotPossible), transaction.atomic():
        wanted = Wanted(case_id=case.pk, move="accept")
        advance(actor=office.handler, wanted=wanted, service="anything", now=MONDAY, key=a_key())
    assert unchanged(case)


def test_a_version_that_open_cases_follow_may_not_be_removed():
    office = Office()
    case = office.open(MONDAY)
    assert versions_in_use_are_declared(None, databases=["default"]) == []
    Case.objects.filter(pk=case.pk).update(version="0")
    assert "version 0" in versions_in_use_are_declared(None, databases=["default"])[0].msg


def unchanged(case):
    kept = Case.objects.get(pk=case.pk)
    return (kept.stage, kept.steps_taken, kept.steps.count()) == ("received", 1, 1)
