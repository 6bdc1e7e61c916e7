"""Each detector names what is false and leaves alone what is right, on a few rows one can read."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from gongzhi.insight.integrity.closings import closed_just_before_due
from gongzhi.insight.integrity.facts import Closing, Matter, Photo, Rating, Reply, happenings
from gongzhi.insight.integrity.photos import one_photo_for_many
from gongzhi.insight.integrity.ratings import ratings_from_office
from gongzhi.insight.integrity.replies import copied_replies, plain

BEGIN = datetime(2026, 7, 1, tzinfo=UTC)
FIXED = "我局执法中队已到现场核查，占道经营的摊位已经劝离，并安排专人每日早晚巡查，防止反弹。"
KIND = 3


def matter(case, *, unit=1, category=None, place=None, day=0.0):
    """A matter of its own kind and place unless these are given."""
    return Matter(
        case=case,
        unit=unit,
        category=case if category is None else category,
        region_code=f"4105231{place if place is not None else case:05d}",
        at=BEGIN + timedelta(days=day),
    )


def told(case, text=FIXED, outcome="solved", act="", **more):
    return Reply(matter=matter(case, **more), text=text, outcome=outcome, act=act or str(case))


def test_one_happening_is_one_kind_in_one_place_in_one_week():
    outage = [matter(case, category=KIND, place=1, day=case) for case in range(6)]

    assert happenings(outage) == 1
    assert happenings([*outage, matter(9, category=KIND, place=1, day=30)]) == 2
    assert happenings([*outage, matter(9, category=KIND, place=2)]) == 2
    assert (
        happenings([matter(1, category=KIND, place=1), matter(2, category=KIND, place=2)], by_place=False)
        == 1
    )


def closings(unit, hours):
    return [
        Closing(case=unit * 1000 + place, unit=unit, period="answer:5", left=float(left))
        for place, left in enumerate(hours)
    ]


def a_quarter(slow=False):
    """Twenty units that answer evenly through five days; the first, when *slow*, always in the last three."""
    draw = np.random.default_rng(4)
    facts = []
    for unit in range(20):
        days = draw.integers(0, 3, 200) if slow and unit == 0 else draw.integers(0, 7, 200)
        facts += closings(unit, days * 24 + draw.uniform(6, 15.5, 200))
    return facts


def test_a_unit_that_heaps_its_answers_into_the_last_afternoon_is_named_with_the_figures():
    heap = closings(99, [8.0] * 60 + [30 + 24 * (place % 6) for place in range(80)])

    (found,) = closed_just_before_due([*a_quarter(), *heap])

    assert (found.unit, found.figures["number"], found.figures["hits"]) == (99, 140, 60)
    assert found.figures["usual"] < 40
    assert len(found.cases) == 60


def test_a_slow_unit_without_a_heap_is_not_named_and_late_answers_do_not_count():
    assert closed_just_before_due(a_quarter()) == []
    assert closed_just_before_due(a_quarter(slow=True)) == []
    assert closed_just_before_due([*a_quarter(), *closings(99, [-1.0] * 100)]) == []


def test_one_reply_for_matters_that_differ_is_named_whatever_name_date_and_number_it_carries():
    copies = [
        told(case, f"{name}先生您好，{case}日来电（410523-{case:07d}）：{FIXED}{case}月{case}日办结。")
        for case, name in enumerate("赵钱孙李周吴", start=1)
    ]

    (found,) = copied_replies(copies)

    assert found.cases == (1, 2, 3, 4, 5, 6)
    assert found.figures == {"hits": 6, "different": 6}
    assert plain("赵先生您好，您3月5日反映的（410523-0001234）已办。") == "您好您月日反映的已办"


@pytest.mark.parametrize(
    "right",
    [
        [told(case, category=KIND, place=1, day=case / 4) for case in range(1, 21)],
        [told(case, outcome="explained", category=KIND) for case in range(1, 21)],
        [told(case, act="together") for case in range(1, 21)],
        [told(case, "已处理，请您查看。") for case in range(1, 21)],
        [told(case) for case in range(1, 5)],
        [told(unit * 100 + case, unit=unit) for unit in range(8) for case in range(6)],
    ],
    ids=[
        "one happening",
        "one rule explained",
        "answered together",
        "too short",
        "only four",
        "common to many units",
    ],
)
def test_the_same_words_are_right_for(right):
    assert copied_replies(right) == []


def photo(case, sha256, fingerprint="", **more):
    return Photo(matter=matter(case, **more), sha256=sha256, fingerprint=fingerprint)


def test_one_picture_for_several_matters_is_named_also_when_saved_anew():
    signs = "0123456789abcdef" * 4
    again = f"{int(signs, 16) ^ 0b1011011:064x}"

    (found,) = one_photo_for_many([photo(1, "a", signs), photo(2, "b", again), photo(3, "c", "f0" * 32)])
    (same,) = one_photo_for_many([photo(1, "a"), photo(2, "a"), photo(3, "b")])

    assert found.cases == same.cases == (1, 2)


def test_one_picture_is_right_for_one_happening_and_other_pictures_and_units_are_not_one():
    signs = "0123456789abcdef" * 4
    outage = [photo(case, "a", signs, category=KIND, place=1, day=case) for case in range(5)]

    assert one_photo_for_many(outage) == []
    assert one_photo_for_many([photo(1, "a", signs), photo(2, "a", signs, unit=2)]) == []
    assert one_photo_for_many([photo(1, "a"), photo(2, "b")]) == []


def rated(unit, number, office):
    return [
        Rating(case=unit * 1000 + place, unit=unit, from_office=place < office) for place in range(number)
    ]


def test_a_unit_whose_ratings_come_from_the_office_is_named_and_one_with_a_counter_is_not():
    peers = [one for unit in range(20) for one in rated(unit, 100, unit % 4)]

    (found,) = ratings_from_office([*peers, *rated(99, 80, 40), *rated(98, 100, 6)])

    assert (found.unit, found.figures["hits"], len(found.cases)) == (99, 40, 40)
    assert ratings_from_office(rated(99, 80, 40)) == []  # nobody to compare with
