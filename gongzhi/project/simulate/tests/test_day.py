"""A day is played in the rhythm of the year, marked, and the same again for the same seed."""

import re
from collections import Counter

import pytest

from gongzhi.base.phones import is_mobile, is_phone
from gongzhi.domains.hotline.schemas import NewRequest
from gongzhi.project.simulate.day import BUSIEST, IN_A_STORM, RAIN, day_of, places_in, rate
from gongzhi.project.simulate.playing import server_at
from gongzhi.project.simulate.year import BURST_HOURS
from gongzhi.project.supervise import Ended


@pytest.fixture(scope="module")
def places():
    return places_in("4105")


def test_the_day_follows_the_hours_and_the_storm_comes_at_forty_five_a_second(places):
    day = day_of(3, 60, places)
    sent = Counter(int(matter.hour) for matter in day.matters)
    assert sum(sent.values()) == len(day.matters)
    for hour in range(24):
        assert sent[hour] / 60 == pytest.approx(rate(hour, day.storm), abs=1 / 60)
    assert max(rate(hour, 24) for hour in range(24)) == BUSIEST
    assert all(4 <= rate(hour, 24) <= BUSIEST for hour in range(8, 20))
    assert max(rate(hour, day.storm) for hour in range(24)) == IN_A_STORM
    assert {hour for hour in sent if rate(hour, day.storm) != rate(hour, 24)} == set(
        range(day.storm, day.storm + BURST_HOURS)
    )
    assert [matter.due for matter in day.matters] == sorted(matter.due for matter in day.matters)
    assert day.matters[-1].due < day.seconds == 1440


def test_the_same_seed_is_the_same_day_and_another_is_another(places):
    once, again, other = (day_of(seed, 3600, places) for seed in (1, 1, 2))
    said = [[(day.key(one), day.body(one)) for one in day.matters] for day in (once, again, other)]
    assert once.matters == again.matters
    assert said[0] == said[1]
    assert not {key for key, _body in said[0]} & {key for key, _body in said[2]}


def test_every_matter_has_the_form_that_the_interface_asks_for_and_nobody_gets_a_message(places):
    day = day_of(0, 600, places)
    kinds = Counter()
    for matter in day.matters:
        body = day.body(matter)
        NewRequest(**body)
        assert body["title"].startswith("【模拟】") and body["text"].startswith("【模拟】")
        assert is_phone(body["phone"]) and not is_mobile(body["phone"])
        assert re.fullmatch("4105[0-9]{8}", body["region"])
        kinds[matter.in_storm, body["category"] == RAIN.key] += 1
    assert kinds[True, True] > 3 * kinds[True, False]
    assert kinds[False, False] > 3 * kinds[False, True]
    written = Counter(day.body(matter)["phone"] for matter in day.matters)
    assert 1 < max(written.values()) <= 3


@pytest.mark.parametrize("area", ["99", "4105999"])
def test_an_area_without_places_is_refused(area):
    with pytest.raises(Ended):
        places_in(area)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000/", True),
        ("http://[::1]:8000", True),
        ("https://demo.example.org", False),
        ("http://10.0.0.5:8000", False),
    ],
)
def test_this_machine_is_told_from_others(url, here):
    assert server_at(url).is_this_machine is here


@pytest.mark.parametrize(
    "url", ["demo", "ftp://127.0.0.1", "http://", "http://127.0.0.1:99999", "http://h/desk/"]
)
def test_what_is_no_address_of_a_server_is_refused(url):
    with pytest.raises(Ended):
        server_at(url)
