"""One fact becomes one message for each recipient and channel, however often it is handed on."""

import pytest
from django.template.loader import get_template

from gongzhi.base.phones import is_mobile
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import spaced
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.notices.tests.factories import a_fact
from gongzhi.kernel.notices.write import write_messages
from gongzhi.kernel.organisations.tests.factories import a_local_value, a_unit
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.registry.api import DOMAINS

pytestmark = pytest.mark.django_db
NOW = at(5, 6, 10)


@pytest.fixture
def office():
    return Office()


def written(**wanted):
    return list(Message.objects.filter(**wanted).order_by("id").values_list("recipient", "channel"))


def test_a_fact_reaches_the_person_the_unit_and_the_centre(office):
    case = office.open(NOW)

    write_messages(a_fact(case, word="新"), now=NOW)

    person = f"person:{office.citizen.person_id}"
    assert written() == [
        (person, "sms"),
        (person, "in_app"),
        (f"unit:{office.unit.pk}:", "in_app"),
        ("centre:410523", "in_app"),
    ]


def test_handing_a_fact_on_again_writes_nothing_more(office):
    fact = a_fact(office.open(NOW))

    write_messages(fact, now=NOW)
    first = set(Message.objects.values_list("pk", flat=True))
    write_messages(fact, now=at(5, 7))

    assert set(Message.objects.values_list("pk", flat=True)) == first


def test_two_facts_of_the_same_kind_are_two_messages(office):
    case = office.open(NOW)

    write_messages(a_fact(case), now=NOW)
    write_messages(a_fact(case), now=NOW)

    assert len(written(channel="sms")) == 2


def test_the_person_reads_the_code_and_the_day_but_neither_title_nor_name(office):
    case = office.open(NOW, title="开一家面馆")
    Case.objects.filter(pk=case.pk).update(due_at=at(6, 3, 18))

    write_messages(a_fact(case), now=NOW)

    text = Message.objects.get(channel="sms").text
    assert text == f"【12345热线】您的申请（查询码 {spaced(case.query_code)}）已受理，6月3日 前答复。"
    assert len(text) <= 70
    assert case.title not in text


def test_the_fact_carries_its_own_day(office):
    case = office.open(NOW)

    write_messages(a_fact(case, due_at=at(7, 1, 18).isoformat()), now=NOW)

    assert "7月1日" in Message.objects.get(channel="sms").text


def test_a_city_signs_in_its_own_name(office):
    a_local_value("notices.signature", "安阳12345", region="4105")

    write_messages(a_fact(office.open(NOW)), now=NOW)

    assert Message.objects.get(channel="sms").text.startswith("【安阳12345】")


@pytest.mark.parametrize("phone", ["", "03721234567"])
def test_who_left_no_mobile_number_gets_no_short_message(office, phone):
    Person.objects.filter(pk=office.citizen.person_id).update(by_sms=is_mobile(phone))

    write_messages(a_fact(office.open(NOW)), now=NOW)

    assert written(channel="sms") == []
    assert written(person=office.citizen.person_id) == [(f"person:{office.citizen.person_id}", "in_app")]


def test_nobody_is_told_about_a_case_that_nobody_opened(office):
    write_messages(a_fact(office.open(NOW, opened_by_id=None)), now=NOW)

    assert written(person__isnull=False) == []


def test_while_no_unit_is_responsible_those_who_dispatch_hear(office):
    write_messages(a_fact(office.open(NOW, unit_id=None), "permits.late"), now=NOW)

    assert written() == [("centre:410523", "in_app")]


def test_a_unit_complained_of_is_told_nothing(office):
    case = office.open(NOW, against_unit_id=office.unit.pk)

    write_messages(a_fact(case), now=NOW)

    assert not Message.objects.filter(unit=office.unit).exists()
    assert set(Message.objects.values_list("kept_from_unit_id", flat=True)) == {office.unit.pk}


def test_the_arbiter_hears_of_a_dispute(office):
    arbiter = a_unit()
    case = office.open(NOW)
    Case.objects.filter(pk=case.pk).update(arbiter_unit=arbiter)

    write_messages(a_fact(case, "permits.disputed"), now=NOW)

    assert written() == [(f"unit:{arbiter.pk}:", "in_app")]


def test_in_app_messages_are_there_at_once_and_short_ones_wait_for_the_gateway(office):
    write_messages(a_fact(office.open(NOW)), now=NOW)

    states = set(Message.objects.values_list("channel", "state"))
    assert states == {("in_app", "sent"), ("sms", "queued")}


def test_every_declared_notice_has_a_text_and_those_sent_out_hold_no_title():
    checked = 0
    for domain in DOMAINS.values():
        for notice in domain.notices:
            template = get_template(notice.template)
            checked += 1
            if Channel.SMS in notice.channels:
                assert "title" not in template.template.source, notice.template

    assert checked > 10
