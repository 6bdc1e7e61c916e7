"""What goes along when a matter goes on as a case of another procedure, and a clock that runs to a named day."""

from dataclasses import replace

import pytest

from gongzhi.base.calendar import Counting
from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases import clocks
from gongzhi.kernel.cases.children import Handed, open_successor
from gongzhi.kernel.cases.keys import key_of
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.cases.tests.factories import Office, a_key, at
from gongzhi.kernel.cases.tests.permits import DECISION, PERMIT, PERMITS
from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.events.publish import Event, told
from gongzhi.kernel.organisations.tests.factories import a_unit
from gongzhi.kernel.registry.api import register

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


class WordsArrived(Event):
    """The words have come along."""

    key = "permits.words.arrived"


def test_the_receiving_domain_writes_what_is_handed_along_and_who_is_named_stays_named():
    office, receiver = Office(), a_unit()
    case = office.open(MONDAY, flags=(NAMES_SOMEBODY, "instant"))
    got = []

    def taken_over(procedure, region_code, now, words):
        got.append((procedure, words["text"]))
        return (told(WordsArrived, region_code=region_code, now=now),)

    register(replace(PERMITS, taken_over=taken_over))
    try:
        handed = Handed(unit_id=receiver.pk, words={"text": "原话"})
        opened = open_successor(
            actor=office.citizen,
            case=case,
            procedure="permits.opinion",
            handed=handed,
            now=MONDAY,
            key=key_of(a_key()),
        )
    finally:
        register(PERMITS)

    assert got == [("permits.opinion", "原话")]
    assert (opened.case.unit_id, opened.case.flags) == (receiver.pk, [NAMES_SOMEBODY])
    assert Outbox.objects.filter(key="permits.words.arrived", case_id=opened.case.pk).exists()


def test_a_clock_runs_to_the_day_that_the_move_names_and_not_without_one():
    case = Office().open(MONDAY)
    case.stage = "accepted"
    named = replace(DECISION, named_by="report_by", counting=Counting.UNTIL, starts=("accept",))
    procedure = replace(PERMIT, clocks=(named,))

    [deadline] = clocks.started(procedure, case, "accept", MONDAY, (), {"report_by": "2026-03-20"})

    assert (f"{deadline.due_at:%Y-%m-%d}", deadline.amount) == ("2026-03-20", 18)
    assert clocks.started(procedure, case, "accept", MONDAY, ()) == []
    for wrong in ("2026-03-02", "下周五"):
        with pytest.raises(NotPossible):
            clocks.started(procedure, case, "accept", MONDAY, (), {"report_by": wrong})
