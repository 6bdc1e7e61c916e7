"""A person's own data across domains: the copy, the deletion, and a permission that reaches its own domain alone."""

from datetime import timedelta

import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County as Hotline
from gongzhi.domains.personal_information.queries import own_copy, rights_request_for
from gongzhi.domains.personal_information.tests.factories import County, a_key, at
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Particulars, Person
from gongzhi.kernel.people.tests.factories import an_account
from gongzhi.kernel.retention.forgetting import forget_due
from gongzhi.kernel.retention.holds import Order, Subject, set_hold

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def forget(now):
    while forget_due(now):
        pass


def test_a_copy_holds_what_is_theirs_and_nothing_of_others():
    town = Hotline()
    mine = town.replied(at(2, 2), text="村口的路灯坏了", name="赵大爷", phone="13800001111")
    town.submit(at(2, 2), text="邻居的事不给别人看", name="钱大妈", phone="13800002222")
    county = County()
    person = Actor(role=Role.CITIZEN, person_id=mine.case.opened_by_id)
    case = county.granted(MONDAY, person=person)

    copy = own_copy(actor=person, case_id=case.pk, now=MONDAY + timedelta(days=29))

    assert copy["particulars"]["phone"] == "13800001111"
    assert [row["text"] for row in copy["kinds"]["hotline.request"]["rows"]] == ["村口的路灯坏了"]
    assert {row["id"] for row in copy["kinds"]["cases.case"]["rows"]} == {mine.pk, case.pk}
    assert "邻居" not in str(copy)
    assert copy["kinds"]["retention.hold"]["withheld"]
    assert Entry.objects.filter(action="personal_information.copy", case_id=case.pk).count() == 1


def test_who_asked_to_be_forgotten_is_after_seven_days_and_what_law_keeps_stays_its_year():
    town, county = Hotline(), County()
    old, fresh = (
        town.submit(moment, text=text, name="赵大爷", phone="13800001111")
        for moment, text in ((at(1, 5, year=2024), "两年前的事"), (at(1, 5), "今年的事"))
    )
    for request in (old, fresh):
        hotline.withdraw_request(
            actor=town.asker(request), case_id=request.pk, now=request.case.opened_at, key=a_key()
        )
    person = Actor(role=Role.CITIZEN, person_id=old.case.opened_by_id)
    county.granted(MONDAY, person=person, right="delete")

    forget(MONDAY + timedelta(days=6))
    assert Particulars.objects.filter(pk=person.person_id).exists()
    forget(MONDAY + timedelta(days=7))

    assert not Particulars.objects.filter(pk=person.person_id).exists()
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.text, fresh.text) == ("", "今年的事")
    assert Person.objects.get(pk=person.person_id).masked_name == ""
    assert not Message.objects.filter(person_id=person.person_id).exists()
    forget(at(3, 2, year=2027))
    fresh.refresh_from_db()
    assert fresh.text == ""


def test_who_comes_back_before_the_day_is_kept_until_they_ask_again():
    town, county = Hotline(), County()
    person = county.person()
    county.granted(MONDAY, person=person, right="delete")
    again = town.submit(MONDAY + timedelta(days=2), name="赵大爷", phone="13800001111")
    assert again.case.opened_by_id == person.person_id
    Case.objects.filter(pk=again.case.pk).update(closed_at=MONDAY + timedelta(days=3), stage="closed")

    forget(MONDAY + timedelta(days=30))
    assert Particulars.objects.filter(pk=person.person_id).exists()

    county.granted(MONDAY + timedelta(days=30), person=person, right="delete")
    forget(MONDAY + timedelta(days=37))
    assert not Particulars.objects.filter(pk=person.person_id).exists()


def test_a_disabled_account_is_nobodys_once_its_person_is_forgotten():
    county = County()
    person = county.person()
    account = an_account(person=Person.objects.get(pk=person.person_id))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    county.granted(MONDAY, person=person, right="delete")
    forget(MONDAY + timedelta(days=7))
    account.refresh_from_db()
    assert (account.name, account.username) == ("", f"-{account.pk}")


def test_nobody_is_forgotten_with_an_open_matter_a_hold_or_an_account():
    town, county = Hotline(), County()
    open_still = Actor(
        role=Role.CITIZEN,
        person_id=town.submit(MONDAY, name="赵大爷", phone="13800001111").case.opened_by_id,
    )
    earlier = town.submit(MONDAY, name="周五", phone="13800006666")
    held, signed_up = town.asker(earlier), county.person("13800007777", "吴六")
    hotline.withdraw_request(actor=held, case_id=earlier.pk, now=MONDAY, key=a_key())
    set_hold(
        actor=town.supervisor,
        subject=Subject(case_id=earlier.pk, whole_person=True),
        order=Order(reason="侦查需要", authority="某县公安局", reference="调证〔2026〕1号"),
        now=MONDAY,
    )
    an_account(person=Person.objects.get(pk=signed_up.person_id))

    for person in (open_still, held, signed_up):
        proved = county.proved(MONDAY, person=person, right="delete")
        with pytest.raises(NotPossible, match="现在不能删除") as refusal:
            county.grant(proved, MONDAY)
        assert "侦查" not in str(refusal.value)
        assert Person.objects.get(pk=person.person_id).erase_on is None


def test_a_hold_set_after_the_grant_still_keeps_the_person():
    town, county = Hotline(), County()
    person = county.person()
    case = county.granted(MONDAY, person=person, right="delete")
    set_hold(
        actor=town.supervisor,
        subject=Subject(case_id=case.pk, whole_person=True),
        order=Order(reason="侦查需要", authority="某县公安局", reference="调证〔2026〕2号"),
        now=MONDAY,
    )

    forget(MONDAY + timedelta(days=30))

    assert Particulars.objects.filter(pk=person.person_id).exists()


def test_a_right_in_one_domain_opens_nothing_of_another():
    town, county = Hotline(), County()
    rights, request = county.assigned(MONDAY), town.submit(MONDAY)

    assert may(town.dispatcher, "hotline.read", request.case)
    assert not may(town.dispatcher, "hotline.read", rights)
    assert not may(town.dispatcher, "hotline.see_requester", rights)
    with pytest.raises(NotPossible):
        rights_request_for(town.dispatcher, request.pk)


def test_whoever_comes_back_before_the_day_is_kept_with_their_messages_while_a_matter_is_open():
    town, county = Hotline(), County()
    person = county.person()
    county.granted(MONDAY, person=person, right="delete")
    request = town.submit(MONDAY + timedelta(days=3), name="赵大爷", phone="13800001111")
    assert request.case.opened_by_id == person.person_id
    hand_on_due(MONDAY + timedelta(days=3))

    forget(MONDAY + timedelta(days=8))

    assert Particulars.objects.filter(pk=person.person_id).exists()
    assert Message.objects.filter(case_id=request.pk, person_id=person.person_id).exists()


def test_a_reply_that_is_not_approved_yet_is_in_no_copy():
    town, county = Hotline(), County()
    request = town.handling(at(2, 2), name="赵大爷", phone="13800001111")
    Request.objects.filter(pk=request.pk).update(reply="草稿：还没有人看过")
    person = Actor(role=Role.CITIZEN, person_id=request.case.opened_by_id)
    case = county.granted(MONDAY, person=person)

    assert "草稿" not in str(own_copy(actor=person, case_id=case.pk, now=MONDAY))
