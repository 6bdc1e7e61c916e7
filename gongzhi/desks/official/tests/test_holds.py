"""依法保全 on its pages: a supervisor sets it, another lifts it, behind the second lock."""

import uuid

import pytest
from django.db import connection

from gongzhi.kernel.access.scope import scope_of
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.cases.tests.conftest import permits
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.lock.scope import acting
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import a_citizen, an_official
from gongzhi.kernel.retention.holds import Order, Subject, set_hold
from gongzhi.kernel.retention.models import LegalHold
from gongzhi.project.tests.behind_lock import MIDDLEWARE
from gongzhi.web.tests.browsers import signed_in

__all__ = ["permits"]


def a_persons_case(office):
    """A case of somebody who is known."""
    case = office.open(at(11, 2))
    Case.objects.filter(pk=case.pk).update(opened_by_id=a_citizen().person_id)
    case.refresh_from_db()
    return case


@pytest.mark.django_db
def test_one_sets_a_hold_another_lifts_it_and_a_handler_sees_none():
    office = Office()
    case = office.open(at(11, 2))
    setter, other = (an_official(Role.SUPERVISOR, office.unit) for _ in range(2))
    given = {
        "number": case_number(case.pk),
        "kind": "case",
        "authority": "汤阴县监察委员会",
        "reference": "汤监〔2026〕1号",
        "reason": "调查取证",
        "key": str(uuid.uuid4()),
    }
    mine, theirs = signed_in(setter), signed_in(other)
    answer = mine.post("/desk/holds/new/", given)
    assert answer.status_code == 303, answer.content.decode()
    mine.post("/desk/holds/new/", given)
    hold = LegalHold.objects.get()  # sent twice, set once
    assert hold.case_id == case.pk
    lift = f"/desk/holds/{hold.pk}/lift/"
    assert lift not in mine.get("/desk/holds/").content.decode()
    assert lift in theirs.get("/desk/holds/").content.decode()
    words = {"reason": "已结案", "key": str(uuid.uuid4())}
    assert mine.post(lift, words).status_code != 303
    assert theirs.post(lift, words).status_code == 303
    hold.refresh_from_db()
    assert hold.lifted_by_id == other.account_id
    assert signed_in(office.handler).get("/desk/holds/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["case", "person"])
@pytest.mark.parametrize("behind_lock", [True, False])
def test_holds_of_another_region_and_on_complaints_about_ones_own_unit_are_not_there(
    behind_lock, kind, settings
):
    """The rule holds by itself as well as behind the second lock, for a matter and for everything of who brought it."""
    if not behind_lock:
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    office = Office()
    case = a_persons_case(office)
    setter = an_official(Role.SUPERVISOR, office.unit)
    order = Order(reason="调查取证", authority="演示监察机关", reference="演监〔2026〕7号")
    subject = Subject(case_id=case.pk, whole_person=kind == "person")
    hold = set_hold(actor=setter, subject=subject, order=order, now=at(11, 2))
    elsewhere = signed_in(an_official(Role.SUPERVISOR, region_code="410102"))
    other = a_unit(region=office.region)
    beside = signed_in(an_official(Role.SUPERVISOR, other))
    lift = {"reason": "已结案", "key": str(uuid.uuid4())}
    assert order.reference in beside.get("/desk/holds/").content.decode()
    Case.objects.filter(pk=case.pk).update(against_unit=other)
    for browser in (elsewhere, beside):
        assert order.reference not in browser.get("/desk/holds/").content.decode()
        assert browser.post(f"/desk/holds/{hold.pk}/lift/", lift).status_code == 422
        again = {
            "number": case_number(case.pk),
            "kind": kind,
            "authority": "甲",
            "reference": "乙",
            "reason": "丙",
        }
        assert browser.post("/desk/holds/new/", {**again, "key": str(uuid.uuid4())}).status_code == 422
    assert LegalHold.objects.get().lifted_at is None


@pytest.mark.django_db
def test_a_hold_on_a_person_and_its_audit_row_keep_the_case_that_named_them():
    office = Office()
    case = a_persons_case(office)
    setter = an_official(Role.SUPERVISOR, office.unit)
    order = Order(reason="调查取证", authority="演示监察机关", reference="演监〔2026〕8号")
    hold = set_hold(
        actor=setter, subject=Subject(case_id=case.pk, whole_person=True), order=order, now=at(11, 2)
    )
    assert (hold.person_id, hold.case_id) == (case.opened_by_id, case.pk)
    assert Entry.objects.get(action="retention.hold_set").case_id == case.pk
    shown = signed_in(setter).get("/desk/holds/").content.decode()
    assert f"提出 {case_number(case.pk)} 的人" in shown
    assert f"人员 {hold.person_id}" not in shown, "the same for another matter, it would join the two"


@pytest.mark.django_db
@pytest.mark.parametrize("whole_person", [True, False])
def test_the_database_itself_keeps_a_hold_from_whom_the_case_complains_of(whole_person):
    """The rows are asked for as the web's role, without any filter."""
    office = Office()
    case = a_persons_case(office)
    other = a_unit(region=office.region)
    beside = an_official(Role.SUPERVISOR, other)
    order = Order(reason="调查取证", authority="演示监察机关", reference="演监〔2026〕9号")
    setter = an_official(Role.SUPERVISOR, office.unit)
    set_hold(
        actor=setter,
        subject=Subject(case_id=case.pk, whole_person=whole_person),
        order=order,
        now=at(11, 2),
    )
    assert rows_behind_the_lock(beside) == (1, 1)
    Case.objects.filter(pk=case.pk).update(against_unit=other)
    forget_everything()
    assert rows_behind_the_lock(beside) == (0, 0)
    assert rows_behind_the_lock(setter) == (1, 1)


def rows_behind_the_lock(actor):
    """How many holds, and rows of the record about setting one, the database lets somebody read."""
    with acting(scope_of(actor)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE gongzhi_web")
        try:
            told = Entry.objects.filter(action="retention.hold_set")
            return LegalHold.objects.count(), told.count()
        finally:
            cursor.execute("RESET ROLE")
