"""Two carriers: one takes over for the other, nothing goes out twice or out of order, and no office holds up another."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from gongzhi.kernel.cases.tests.factories import Office, at
from gongzhi.kernel.notices.carriers import IN_A_ROW, Carriers, note_receipt
from gongzhi.kernel.notices.models import Carrier, Message, OfficeCount
from gongzhi.kernel.notices.sending import send_again, send_due
from gongzhi.kernel.notices.sms import NotTaken, Receipt, Unavailable
from gongzhi.kernel.notices.tests.factories import a_short_message
from gongzhi.kernel.organisations.tests.factories import a_local_value

pytestmark = pytest.mark.django_db
NOW = at(5, 6, 10)
MINUTE = timedelta(minutes=1)


class Fake:
    """A carrier that takes messages, takes none, or takes them and says nothing."""

    def __init__(self):
        self.mood, self.taken, self.asked = "well", [], 0

    def send(self, *, phone, text, reference):
        self.asked += 1
        if self.mood == "down":
            raise NotTaken("503")
        if reference not in self.taken:
            self.taken.append(reference)
        if self.mood == "silent":
            raise Unavailable("no answer")
        return Receipt(reference, "1")


@pytest.fixture
def ways():
    return {"first": Fake(), "second": Fake()}


def messages(count, offices=1, now=NOW):
    """Some messages to one person each, of different offices in turn."""
    found = [a_short_message(Office().open(now), now) for _ in range(count)]
    for number, one in enumerate(found):
        Message.objects.filter(pk=one.pk).update(office=f"unit:{number % offices}")
    return found


def taken(ways):
    return Counter(reference for way in ways.values() for reference in way.taken)


def test_both_carry_and_one_takes_over_at_once_what_the_other_surely_has_not(ways):
    messages(12)
    assert send_due(NOW, ways, limit=6) == 6
    ways["first"].mood = "down"
    assert send_due(NOW, ways) == 6
    assert set(taken(ways).values()) == {1}
    assert len(taken(ways)) == 12


def test_both_get_their_share_and_a_person_stays_with_one(ways):
    lanes = Carriers(ways)
    firsts = [lanes.ways_for(number, "", NOW)[0].state.name for number in range(1000)]
    assert 400 < firsts.count("first") < 600
    assert firsts == [lanes.ways_for(number, "", NOW)[0].state.name for number in range(1000)]


def test_faults_and_slow_receipts_lower_the_share_and_it_comes_back(ways):
    lanes = Carriers(ways)
    for _ in range(20):
        note_receipt("second", 100.0)
    slow = Carriers(ways).lanes["second"]
    lanes.lanes["first"].went_badly(NOW)
    assert slow.weight < 0.2
    assert 0.6 < lanes.lanes["first"].weight < 0.7
    for _ in range(30):
        lanes.lanes["first"].went_well()
        note_receipt("second", 2.0)
    assert lanes.lanes["first"].weight > 0.99
    assert Carriers(ways).lanes["second"].weight == 1.0


def test_what_a_carrier_may_have_is_never_given_to_the_other(ways):
    messages(1)
    for way in ways.values():
        way.mood = "silent"
    assert send_due(NOW, ways) == 0
    (pinned,) = [name for name, way in ways.items() if way.taken]
    ways[pinned].mood = "down"
    assert send_due(NOW + MINUTE, ways) == 0, "not reached now, but it may have it from before"
    for way in ways.values():
        way.mood = "well"
    assert send_due(NOW + 3 * MINUTE, ways) == 1
    assert taken(ways).total() == 1
    assert Message.objects.get(channel="sms").carrier == pinned


def test_one_that_fails_rests_and_is_then_tried_with_one_message(ways):
    messages(10)
    ways["first"].mood = "down"
    for turn in range(IN_A_ROW):
        Carriers(ways).lanes["first"].went_badly(NOW + turn * timedelta(seconds=1))
    assert send_due(NOW + timedelta(seconds=5), ways, limit=4) == 4
    assert ways["first"].asked == 0, "it rests"
    assert send_due(NOW + MINUTE, ways, limit=3) == 3
    assert ways["first"].asked == 1, "one message tries it"
    ways["first"].mood = "well"
    assert send_due(NOW + 10 * MINUTE, ways) == 3
    assert ways["first"].asked > 1
    assert Carrier.objects.get(pk="first").failed == 0


def test_while_all_rest_nothing_is_claimed(ways):
    (message,) = messages(1)
    for name in ways:
        for _ in range(IN_A_ROW):
            Carriers(ways).lanes[name].went_badly(NOW)
    assert send_due(NOW, ways) == 0
    message.refresh_from_db()
    assert message.attempts == 0


def test_what_one_person_is_told_stays_in_order(ways):
    office = Office()
    first, second = (a_short_message(office.open(NOW), NOW) for _ in range(2))
    taken = []
    for way in ways.values():
        way.mood, way.taken = "silent", taken  # by whichever way
    assert send_due(NOW, ways) == 0
    for way in ways.values():
        way.mood = "well"
    assert send_due(NOW + timedelta(seconds=30), ways) == 0, "the second waits for the first"
    assert send_due(NOW + MINUTE, ways) == 2
    assert [reference.rpartition("-")[2] for reference in taken] == [str(first.pk), str(second.pk)]


def test_an_administrators_second_try_may_go_another_way(ways):
    (message,) = messages(1)
    Message.objects.filter(pk=message.pk).update(state="dead", carrier="first", attempts=8)
    ways["first"].mood = "down"
    send_again(Message.objects.filter(pk=message.pk), NOW)
    assert send_due(NOW, ways) == 1
    assert ways["second"].taken


def test_offices_take_turns(ways):
    Message.objects.filter(pk__in=[one.pk for one in messages(8)]).update(office="unit:loud")
    quiet = messages(1)[0]
    Message.objects.filter(pk=quiet.pk).update(office="unit:quiet")
    send_due(NOW, ways, limit=2)
    quiet.refresh_from_db()
    assert quiet.state == "sent"


def test_beyond_its_quota_an_office_waits_for_the_next_day_and_urgent_ones_go(ways):
    a_local_value("notices.daily_quota", "2")
    messages(4)
    urgent = a_short_message(Office().open(NOW), NOW, key="permits.danger")
    Message.objects.filter(pk=urgent.pk).update(office="unit:0")

    assert send_due(NOW, ways) == 3
    assert OfficeCount.objects.get(office="unit:0").sent == 3
    assert send_due(NOW + MINUTE, ways) == 0
    late = Message.objects.filter(channel="sms", state="queued")
    assert {one.next_try_at for one in late} == {at(5, 7, 8)}
    assert send_due(at(5, 7, 8), ways) == 2


@pytest.mark.django_db(transaction=True)
def test_workers_beside_each_other_keep_the_order_of_a_person(ways):
    office = Office()
    told = [a_short_message(office.open(NOW), NOW).pk for _ in range(6)]
    order = []

    class Slow(Fake):
        def send(self, **message):
            time.sleep(0.02)
            order.append(int(message["reference"].rpartition("-")[2]))
            return super().send(**message)

    slow = {name: Slow() for name in ways}

    def work(_worker):
        try:
            return sum(send_due(NOW, slow) for _turn in range(12))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(work, range(3))) == 6
    assert order == told
