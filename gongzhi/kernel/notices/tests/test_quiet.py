"""At night no telephone rings, unless it is urgent."""

import pytest

from gongzhi.kernel.cases.tests.factories import at
from gongzhi.kernel.notices.quiet import earliest
from gongzhi.kernel.organisations.tests.factories import a_local_value

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        (at(5, 6, 20, 59), at(5, 6, 20, 59)),
        (at(5, 6, 21), at(5, 7, 8)),
        (at(5, 6, 23, 59), at(5, 7, 8)),
        (at(5, 7, 0), at(5, 7, 8)),
        (at(5, 7, 7, 59), at(5, 7, 8)),
        (at(5, 7, 8), at(5, 7, 8)),
    ],
)
def test_what_falls_in_the_night_waits_for_the_morning(wanted, sent):
    assert earliest("410523", wanted) == sent


def test_what_is_urgent_does_not_wait():
    assert earliest("410523", at(5, 6, 23), urgent=True) == at(5, 6, 23)


def test_a_city_sets_its_own_hours_also_within_a_day():
    a_local_value("notices.quiet_hours", "12:00-14:30", region="4105")

    assert earliest("410523", at(5, 6, 13)) == at(5, 6, 14, 30)
    assert earliest("410523", at(5, 6, 23)) == at(5, 6, 23)
    assert earliest("4101", at(5, 6, 23)) == at(5, 7, 8)
