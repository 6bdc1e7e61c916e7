"""Clocks start, pause, are extended, warn and lapse, each with its article."""

import pytest
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases import watch
from gongzhi.kernel.cases.models import CalendarYear, Deadline
from gongzhi.kernel.cases.reading import is_late
from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.events.models import Outbox

pytestmark = pytest.mark.django_db


def running(case, clock="decision"):
    return case.deadlines.get(clock=clock, stopped_at=None)


def an_accepted_case(now):
    office = Office()
    case = office.open(now)
    office.take(case, "accept", now)
    return office, case


def announce_2027(off=(1, 2, 3, 4, 5)):
    days = [at(1, day, year=2027).date() for day in off]
    CalendarYear.objects.create(year=2027, days_off=days, worked_weekends=[], notice="测试用安排")


def test_twenty_working_days_over_spring_festival():
    _, case = an_accepted_case(at(2, 13))
    assert localdate(running(case).due_at) == at(3, 19).date()


def test_leaving_the_stage_stops_the_clock_and_says_by_what():
    office = Office()
    case = office.open(at(3, 2))
    office.take(case, "accept", at(3, 4))
    receipt = case.deadlines.get(clock="receipt")
    assert (receipt.stopped_at, receipt.stopped_by) == (at(3, 4), "accept")
    assert not is_late(receipt, at(12, 1))


def test_a_pause_needs_a_reason_of_the_closed_list():
    office, case = an_accepted_case(at(3, 2))
    with pytest.raises(NotPossible, match="法定情形"):
        office.take(case, "pause", at(3, 3), reason="busy")
    assert running(case).paused_at is None


def test_a_pause_of_five_working_days_moves_the_due_day_by_five():
    office, case = an_accepted_case(at(3, 2))
    assert localdate(running(case).due_at) == at(3, 30).date()
    office.take(case, "pause", at(3, 3), reason="hearing")
    paused = running(case)
    case.refresh_from_db()
    assert (paused.pause_reason, case.due_at) == ("hearing", None)
    assert not is_late(paused, at(12, 1))

    office.take(case, "resume", at(3, 10))
    case.refresh_from_db()
    assert localdate(running(case).due_at) == at(4, 7).date()  # 清明 4-6 April
    assert case.due_at == running(case).due_at


def test_a_period_is_extended_once_by_the_head_and_keeps_both_articles():
    office, case = an_accepted_case(at(3, 2))
    office.take(case, "extend", at(3, 20), actor=office.head)
    extended = running(case)
    assert localdate(extended.due_at) == at(4, 14).date()
    assert "延长：行政许可法第四十二条" in extended.basis
    with pytest.raises(NotPossible, match="延长过"):
        office.take(case, "extend", at(3, 21), actor=office.head)
    assert running(case).due_at == extended.due_at


def test_a_lapsed_period_is_not_extended():
    office, case = an_accepted_case(at(3, 2))
    with pytest.raises(NotPossible, match="届满"):
        office.take(case, "extend", at(5, 20), actor=office.head)


def test_silence_means_accepted():
    office = Office()
    case = office.open(at(3, 2))
    assert watch.lapse_due(at(3, 9, 23)) == 0
    assert watch.lapse_due(at(3, 10)) == 1
    case.refresh_from_db()
    assert case.stage == "accepted"
    assert case.deadlines.get(clock="receipt").stopped_by == "deem_accepted"
    assert Outbox.objects.get(key="cases.clock.lapsed").payload["lapse"] == "deemed_accepted"
    assert watch.lapse_due(at(3, 10)) == 0


def test_a_worker_that_missed_a_night_loses_nothing():
    _, case = an_accepted_case(at(3, 2))
    assert is_late(running(case), at(5, 1))
    assert watch.lapse_due(at(5, 1)) == 1
    assert watch.lapse_due(at(5, 1)) == 0
    assert Outbox.objects.filter(case_id=case.pk, key="cases.clock.lapsed").count() == 1


def test_one_deadline_that_cannot_be_turned_holds_up_no_other():
    _, broken = an_accepted_case(at(3, 2))
    _, case = an_accepted_case(at(3, 2, 10))
    Deadline.objects.filter(case=broken).update(clock="gone")
    assert watch.lapse_due(at(5, 1)) == 1
    assert Deadline.objects.filter(case=case, lapse_seen_at__isnull=False).exists()
    assert not Deadline.objects.filter(case=broken, lapse_seen_at__isnull=False).exists()


def test_officials_are_warned_once_before_the_last_day():
    _, case = an_accepted_case(at(3, 2))
    assert watch.warn_due(at(3, 24)) == 0
    assert watch.warn_due(at(3, 26)) == 1
    assert watch.warn_due(at(3, 26)) == 0
    assert Outbox.objects.get(key="cases.clock.warned").case_id == case.pk


def test_the_first_clock_of_a_case_is_its_next_due_moment():
    office = Office()
    case = office.open(at(3, 2))
    case.refresh_from_db()
    assert case.due_at == running(case, "receipt").due_at
    office.take(case, "accept", at(3, 2))
    case.refresh_from_db()
    assert case.due_at == running(case).due_at
    office.take(case, "decide", at(3, 3), outcome="solved")
    case.refresh_from_db()
    assert case.due_at is None


def test_a_deadline_in_an_unannounced_year_is_provisional_and_counted_again():
    _, case = an_accepted_case(at(12, 15))
    before = running(case)
    assert before.provisional
    assert localdate(before.due_at) == at(1, 13, year=2027).date()

    announce_2027()
    assert watch.recount_provisional(at(12, 16)) == 1
    after = running(case)
    assert localdate(after.due_at) == at(1, 15, year=2027).date()
    assert not after.provisional
    moved = Outbox.objects.get(key="cases.deadline.moved")
    assert moved.payload["due_at"].startswith("2027-01-15")


def test_counting_again_keeps_the_days_of_a_pause():
    office, case = an_accepted_case(at(12, 15))
    office.take(case, "pause", at(12, 16), reason="hearing")
    office.take(case, "resume", at(12, 23))
    assert localdate(running(case).due_at) == at(1, 20, year=2027).date()

    announce_2027()
    watch.recount_provisional(at(12, 24))
    assert localdate(running(case).due_at) == at(1, 22, year=2027).date()


def test_counting_again_takes_pause_and_extension_in_their_order():
    office, case = an_accepted_case(at(12, 15))
    office.take(case, "extend", at(12, 16), actor=office.head)
    office.take(case, "pause", at(12, 17), reason="hearing")
    office.take(case, "resume", at(12, 24))
    office.take(case, "pause", at(12, 25), reason="hearing")

    announce_2027()
    watch.recount_provisional(at(12, 26))
    after = running(case)
    assert localdate(after.due_at) == at(2, 5, year=2027).date()  # 20 + 10 + 5 working days
    assert (after.paused_at, after.pause_reason) == (at(12, 25), "hearing")


def test_a_day_that_has_not_moved_is_not_warned_of_again():
    _, case = an_accepted_case(at(12, 15))
    assert watch.warn_due(at(1, 11, year=2027)) == 1
    announce_2027(off=(1,))
    watch.recount_provisional(at(1, 11, 10, year=2027))
    assert not running(case).provisional
    assert watch.warn_due(at(1, 11, 10, year=2027)) == 0
    assert not Outbox.objects.filter(key="cases.deadline.moved").exists()


def test_while_no_further_year_is_announced_nothing_is_counted_again():
    an_accepted_case(at(12, 15))
    assert watch.recount_provisional(at(12, 16)) == 0


def test_one_deadline_that_cannot_be_counted_again_holds_up_no_other():
    _, broken = an_accepted_case(at(12, 15))
    _, case = an_accepted_case(at(12, 15, 10))
    Deadline.objects.filter(case=broken).update(clock="gone")
    announce_2027()
    assert watch.recount_provisional(at(12, 16)) == 1
    assert not running(case).provisional


def test_every_deadline_keeps_its_article():
    _, case = an_accepted_case(at(3, 2))
    kept = list(Deadline.objects.filter(case=case))
    assert kept and all(one.basis and one.rule for one in kept)
