"""依法保全 on its pages: a supervisor sets it, another lifts it, behind the second lock."""

import uuid

import pytest
from django.test import Client

from gongzhi.desks.official.tests.test_inbox import signed_in
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.cases.tests.conftest import permits
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.kernel.retention.holds import Order, Subject, set_hold
from gongzhi.kernel.retention.models import LegalHold
from gongzhi.project.tests.behind_lock import MIDDLEWARE

__all__ = ["permits"]


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
    mine, theirs = signed_in(Client(), setter), signed_in(Client(), other)
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
    assert signed_in(Client(), office.handler).get("/desk/holds/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("behind_lock", [True, False])
def test_holds_of_another_region_and_on_complaints_about_ones_own_unit_are_not_there(behind_lock, settings):
    """The rule holds by itself as well as behind the second lock."""
    if not behind_lock:
        settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != MIDDLEWARE]
    office = Office()
    case = office.open(at(11, 2))
    setter = an_official(Role.SUPERVISOR, office.unit)
    order = Order(reason="调查取证", authority="演示监察机关", reference="演监〔2026〕7号")
    hold = set_hold(actor=setter, subject=Subject(case_id=case.pk), order=order, now=at(11, 2))
    elsewhere = signed_in(Client(), an_official(Role.SUPERVISOR, region_code="410102"))
    other = a_unit(region=office.region)
    beside = signed_in(Client(), an_official(Role.SUPERVISOR, other))
    lift = {"reason": "已结案", "key": str(uuid.uuid4())}
    assert order.reference in beside.get("/desk/holds/").content.decode()
    Case.objects.filter(pk=case.pk).update(against_unit=other)
    for browser in (elsewhere, beside):
        assert order.reference not in browser.get("/desk/holds/").content.decode()
        assert browser.post(f"/desk/holds/{hold.pk}/lift/", lift).status_code == 422
        again = {
            "number": case_number(case.pk),
            "kind": "case",
            "authority": "甲",
            "reference": "乙",
            "reason": "丙",
        }
        assert browser.post("/desk/holds/new/", {**again, "key": str(uuid.uuid4())}).status_code == 422
    assert LegalHold.objects.get().lifted_at is None
