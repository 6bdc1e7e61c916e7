"""A person learns who looked at them; the law may delay it, by two officials, until a fixed day, never for ever."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from gongzhi.base.declined import Conflict, Declined, NotPossible
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.access.models import DelayOrder
from gongzhi.kernel.cases.delays import Delay, decide_delay, order_delay
from gongzhi.kernel.cases.personfile import looks_of, requester
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)
DAY = timedelta(days=1)


class Matter:
    """A request in the bureau's hands, and what officials and the person do about it."""

    def __init__(self):
        self.county = County()
        self.request = self.county.handling(MONDAY)
        self.asker = self.county.asker(self.request)

    def look(self, now, actor=None):
        actor = actor or self.county.handler
        requester(
            actor=actor,
            reads="hotline.read",
            case_id=self.request.pk,
            purpose="verify",
            words="核实地点",
            now=now,
        )

    def seen(self, now):
        """How many looks the person is told, how many are held back, and until when."""
        shown = looks_of(self.asker, self.request.case, now)
        told = sum(line.count for _day, lines in shown.days for line in lines)
        return told, shown.held, shown.held_until

    def order(self, now, release_on, **more):
        delay = Delay(
            **{
                "ground": "investigation",
                "words": "正在核查线索，告知会妨碍调查",
                "release_on": release_on,
                **more,
            }
        )
        return order_delay(
            actor=self.county.handler, case_id=self.request.pk, delay=delay, now=now, key=a_key()
        )

    def decide(self, order, now, approve=True, actor=None, words="同意"):
        return decide_delay(
            actor=actor or self.county.head,
            order_id=order.pk,
            approve=approve,
            words=words,
            now=now,
            key=a_key(),
        )

    def delayed(self, now, release_on, **more):
        return self.decide(self.order(now, release_on, **more), now)


@pytest.fixture
def matter():
    return Matter()


def test_a_look_is_told_at_once_with_unit_post_and_reason(matter):
    matter.look(MONDAY)
    shown = looks_of(matter.asker, matter.request.case, MONDAY)
    ((day, (line,)),) = shown.days
    assert (day, line.unit, line.post) == (date(2026, 3, 2), matter.county.bureau.name, "承办人")
    assert (str(line.why), line.words) == ("核实时间、地点和经过", ["核实地点"])


def test_a_delay_counts_what_it_hides_and_shows_it_on_the_day_of_release(matter):
    matter.delayed(MONDAY, date(2026, 3, 20))
    matter.look(MONDAY + DAY)
    assert matter.seen(MONDAY + DAY) == (0, 1, date(2026, 3, 20))
    assert matter.seen(at(3, 19)) == (0, 1, date(2026, 3, 20))
    assert matter.seen(at(3, 20)) == (1, 0, None)


def test_what_could_be_read_before_is_never_taken_back(matter):
    matter.look(MONDAY)
    matter.delayed(MONDAY + DAY, date(2026, 3, 20))
    matter.look(MONDAY + 2 * DAY)
    assert matter.seen(MONDAY + 2 * DAY) == (1, 1, date(2026, 3, 20))


def test_before_a_second_official_agrees_nothing_is_held_back(matter):
    order = matter.order(MONDAY, date(2026, 3, 20))
    matter.look(MONDAY + DAY)
    assert matter.seen(MONDAY + DAY) == (1, 0, None)
    matter.decide(order, MONDAY + 2 * DAY)
    assert matter.seen(MONDAY + 2 * DAY) == (1, 0, None)


def test_nobody_approves_what_they_asked_for_and_a_refusal_gives_its_reason(matter):
    order = matter.order(MONDAY, date(2026, 3, 20))
    with pytest.raises(Declined):
        matter.decide(order, MONDAY, actor=matter.county.handler)
    with pytest.raises(Declined):
        matter.decide(order, MONDAY, actor=an_official(Role.HEAD, matter.county.other))
    with pytest.raises(NotPossible, match="写明原因"):
        matter.decide(order, MONDAY, approve=False, words="")
    matter.decide(order, MONDAY, approve=False, words="理由不足")
    matter.look(MONDAY + DAY)
    assert matter.seen(MONDAY + DAY) == (1, 0, None)
    with pytest.raises(Conflict):
        matter.decide(order, MONDAY)


def test_it_holds_back_the_looks_of_the_ordering_unit_alone(matter):
    matter.delayed(MONDAY, date(2026, 3, 20))
    matter.look(MONDAY + DAY)
    matter.look(MONDAY + DAY, matter.county.dispatcher)
    assert matter.seen(MONDAY + DAY) == (1, 1, date(2026, 3, 20))


@pytest.mark.parametrize("first", ["case", "person"])
@pytest.mark.parametrize("second", ["case", "person"])
def test_a_second_delay_needs_a_court(matter, first, second):
    """Whichever was wider, and whether the first one still runs or is over: the same looks are not delayed twice."""
    matter.delayed(MONDAY, date(2026, 3, 20), whole_person=first == "person")
    for now in (at(3, 19), at(3, 25)):
        with pytest.raises(NotPossible, match="法院"):
            matter.order(now, date(2026, 4, 20), whole_person=second == "person")
        with pytest.raises(NotPossible, match="法院"):
            matter.order(now, date(2026, 4, 20), whole_person=second == "person", court_reference="  ")
    reference = "（2026）豫0523行保1号"
    matter.delayed(at(3, 19), date(2026, 4, 20), whole_person=second == "person", court_reference=reference)
    matter.look(at(3, 21))
    assert matter.seen(at(3, 21)) == (0, 1, date(2026, 4, 20))
    with pytest.raises(NotPossible, match="法院"):
        matter.order(at(4, 19), date(2026, 5, 20))


def test_a_refused_order_does_not_count_as_the_first(matter):
    matter.decide(matter.order(MONDAY, date(2026, 3, 20)), MONDAY, approve=False, words="理由不足")
    matter.delayed(MONDAY, date(2026, 3, 20))


def test_two_orders_side_by_side_do_not_get_around_the_court(matter):
    first, second = (matter.order(MONDAY + DAY, date(2026, 4, 20)) for _ in range(2))
    matter.decide(first, MONDAY + DAY)
    with pytest.raises(NotPossible, match="法院"):
        matter.decide(second, MONDAY + DAY)


@pytest.mark.parametrize("release_on", [date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 1)])
def test_the_day_of_release_lies_ahead_and_not_beyond_the_longest(matter, release_on):
    with pytest.raises(NotPossible, match="告知日期"):
        matter.order(MONDAY, release_on)


def test_a_ground_that_no_law_gives_is_refused(matter):
    with pytest.raises(NotPossible, match="法定理由"):
        matter.order(MONDAY, date(2026, 3, 20), ground="convenience")


def test_the_same_order_sent_twice_is_one(matter):
    delay = Delay(ground="protection", words="保护举报人的安全", release_on=date(2026, 3, 20))
    sent = {
        "actor": matter.county.handler,
        "case_id": matter.request.pk,
        "delay": delay,
        "now": MONDAY,
        "key": a_key(),
    }
    assert order_delay(**sent) == order_delay(**sent)
    assert DelayOrder.objects.count() == 1


@trying(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(["look", "order"]), st.integers(0, 120), st.integers(1, 90)), max_size=12
    )
)
def test_whatever_is_ordered_every_look_is_told_or_counted_and_told_in_the_end(steps):
    """No chain of orders without a court hides a look for longer than one period, and none is ever forgotten."""
    with transaction.atomic():
        _try(steps)
        transaction.set_rollback(True)
    forget_everything()


def _try(steps):
    matter, last, looks, most = Matter(), MONDAY, 0, None
    for what, day, days in sorted(steps, key=lambda step: step[1]):
        now = MONDAY + day * DAY
        if what == "look":
            matter.look(now)
            looks += 1
        else:
            try:
                matter.delayed(now, (now + days * DAY).date())
            except NotPossible:
                continue
            most = most or now + 90 * DAY
        told, held, _until = matter.seen(now)
        assert told + held == looks
        assert not held or now < most
        last = now
    assert matter.seen(max(last, most or last)) == (looks, 0, None)
