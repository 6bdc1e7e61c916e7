"""The declaration holds together; what no text confirms is configuration; a letter has a day from its first moment."""

import pytest
from django.template.loader import get_template

from gongzhi.domains.mailbox.domain import DOMAIN
from gongzhi.domains.mailbox.procedures.letter import LETTER
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Deadline
from gongzhi.kernel.cases.watch import lapse_due
from gongzhi.kernel.declare.clock import Kind
from gongzhi.kernel.registry.api import procedure

MONDAY = at(3, 2)


def test_the_procedure_contradicts_itself_nowhere():
    assert list(LETTER.faults()) == []
    assert procedure("mailbox.letter") is LETTER


def test_every_notice_has_its_template():
    assert len(DOMAIN.notices) > 10
    for notice in DOMAIN.notices:
        get_template(notice.template)


def test_no_period_is_called_statute_since_no_text_was_read_in_full():
    sources = {clock.key: clock.amount.history[0].source for clock in LETTER.clocks}
    assert sources == {"respond": "P", "answer": "configuration", "voice": "configuration"}
    assert all(clock.kind is Kind.PROMISE and clock.local for clock in LETTER.clocks)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "respond_by", "answer_by"),
    [
        (at(3, 2, 9), at(3, 3, 9), "2026-03-23"),
        (at(3, 6, 18), at(3, 7, 18), "2026-03-27"),  # 24 hours do not wait for Monday
    ],
)
def test_a_letter_is_owed_a_response_in_24_hours_and_an_answer_in_fifteen_working_days(
    written, respond_by, answer_by
):
    case = County().write(written)
    due = {one.clock: one.due_at for one in Deadline.objects.filter(case=case)}
    assert due["respond"] == respond_by
    assert f"{due['answer']:%Y-%m-%d}" == answer_by


@pytest.mark.django_db
def test_reading_it_stops_the_24_hours_and_answering_it_the_fifteen_days():
    county = County()
    case = county.reading(MONDAY)
    assert list(_running(case)) == ["answer"]
    county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.bureau.pk)
    county.do("answer_letter", case, MONDAY, county.head, outcome="solved", reply="栏杆已经加固。")
    assert list(_running(case)) == ["voice"]


@pytest.mark.django_db
def test_who_does_not_rate_is_not_waited_for():
    county = County()
    case = county.answered(MONDAY)
    lapse_due(at(4, 20))
    case.refresh_from_db()
    assert case.stage == "ended"


@pytest.mark.django_db
def test_the_head_extends_once_and_the_day_moves():
    county, key = County(), a_key()
    case = county.handling(MONDAY)
    before = Deadline.objects.get(case=case, clock="answer").due_at
    county.do("extend_letter", case, MONDAY, county.head, key=key, note="要等材料进场。")
    assert Deadline.objects.get(case=case, clock="answer").due_at > before


def _running(case):
    return case.deadlines.filter(stopped_at=None).values_list("clock", flat=True)
