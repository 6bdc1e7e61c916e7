"""What is drawn is the same for the same seed, in proportion to where people live, and busier in storms."""

from datetime import date

import numpy as np

from gongzhi.project.simulate.drawing import DAY, HOUR, NEVER, RAIN, Year, draw, rhythm_of
from gongzhi.project.simulate.people import first_persons
from gongzhi.project.simulate.world import World
from gongzhi.project.simulate.year import BURST_HOURS, BURSTS_A_YEAR, RESIDENTS, hours_of

START = date(2025, 6, 2)


def a_world():
    """Two cities of three villages each, the first three times as large; its first village is in town."""
    shares = np.array([0.5, 0.125, 0.125, 0.1, 0.1, 0.05])
    nothing = np.zeros((2, 6, 2), dtype=np.int64)
    return World(
        regions=np.array([f"41{city}23100{n}".encode() for city in ("05", "06") for n in (201, 202, 203)]),
        reach=np.cumsum(shares),
        urban=np.array([True, False, False, False, False, False]),
        county=np.array([0, 0, 0, 1, 1, 1]),
        cities={"4105": (0, 3), "4106": (3, 6)},
        keys=np.array([410523 * 10**13, 410623 * 10**13]),
        units=np.arange(12).reshape(2, 6),
        centres=np.array([20, 21]),
        handlers=nothing,
        heads=nothing,
        dispatchers=nothing[:, 0],
        callers=nothing[:, 0],
        bureau=np.zeros(14, dtype=np.int64),
        categories=np.arange(14),
        declared=None,
    )


def drawn(seed=1, part=0, cases=20_000):
    world, year = a_world(), Year(START, cases, seed)
    persons = first_persons(world, year.persons, 1000)
    return draw(world, year, rhythm_of(year, tuple(world.cities)), persons, part)


def test_residents_are_those_of_the_census():
    assert sum(RESIDENTS.values()) == 99_365_519


def test_the_same_seed_draws_the_same_year_and_another_another():
    first, again, other = drawn(), drawn(), drawn(seed=2)

    for name in ("region", "kind", "person", "grade"):
        assert np.array_equal(getattr(first, name), getattr(again, name))
    assert not np.array_equal(first.times["open"], other.times["open"])


def test_slices_follow_each_other_through_the_year():
    parts = [drawn(part=part, cases=60_000).times["open"] for part in range(3)]

    assert all(before.max() <= after.max() for before, after in zip(parts, parts[1:], strict=False))
    assert parts[0].min() >= 0 and parts[2].max() < 365 * DAY
    assert parts[0].max() < parts[2].min()


def test_matters_come_from_where_people_live_and_by_day():
    one = drawn()
    share = (one.region == 0).mean()
    hour = one.times["open"] // HOUR % 24

    assert 0.45 < share < 0.55
    assert ((hour >= 8) & (hour < 18)).mean() > 0.7
    assert (hour < 5).mean() < 0.02


def test_storms_bring_more_matters_and_most_of_them_about_water_in_their_city():
    year = Year(START, 20_000, 1)
    rhythm, one = rhythm_of(year, ("4105", "4106")), drawn()
    _first, usual = hours_of(START)
    hours = one.times["open"] // HOUR

    assert len(rhythm.bursts) == BURSTS_A_YEAR
    stormy = np.zeros(len(hours), dtype=bool)
    for first, _city in rhythm.bursts:
        stormy |= (hours >= first) & (hours < first + BURST_HOURS)
    expected = sum(usual[first : first + BURST_HOURS].sum() for first, _city in rhythm.bursts) / usual.sum()
    assert stormy.mean() > 3 * expected
    assert (one.kind[stormy] == RAIN).mean() > 0.7
    assert (one.kind[~stormy] == RAIN).mean() < 0.3


def test_steps_of_a_matter_follow_each_other():
    times = drawn().times
    at_once = times["answer"] != NEVER

    assert np.all(times["open"] < np.minimum(times["dispatch"], times["answer"]))
    assert np.all((times["dispatch"] == NEVER) == at_once)
    assert np.all(times["accept"][~at_once] > times["dispatch"][~at_once])
    assert np.all(times["reply"][~at_once] > times["accept"][~at_once])
    back = times["return"] != NEVER
    assert np.all(times["dispatch_again"][back] > times["return"][back])
    assert np.all(times["accept"][back] > times["dispatch_again"][back])
    longer = times["extend"] != NEVER
    assert np.all(times["reply"][longer] > times["extend"][longer])
    rated = times["rate"] != NEVER
    assert np.all(times["close"][rated] > times["rate"][rated])
