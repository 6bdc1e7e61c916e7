"""Months of answers and ratings of sixty fictional units, with manipulated units planted among them.

A unit works at a pace of its own, on working days between 8.30 and 18; some push before the end of a period more than
others. What is planted: of the answers that were to come later or earlier, a share is heaped into the last afternoon.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from gongzhi.insight.integrity.facts import Closing, Rating

UNITS = 60
PERIOD_DAYS = 5  # working days, 安阳市政务服务条例 art. 50


@dataclass
class Month:
    """The facts of one month and which units were made to cheat."""

    facts: list = field(default_factory=list)  # type: ignore[type-arg]
    cheats: frozenset[int] = frozenset()


def answers(seed: int, share: float, cheating: float) -> Month:
    """Return a month in which a part *cheating* of the units heap a *share* of their answers before the end."""
    draw = np.random.default_rng(seed)
    cheats = frozenset(draw.choice(UNITS, round(UNITS * cheating), replace=False).tolist())
    month = Month(cheats=cheats)
    for unit in range(UNITS):
        number = int(np.clip(draw.lognormal(5.4, 0.8), 40, 2000))
        left = _left(draw, number, pace=draw.lognormal(0.75, 0.35), push=draw.beta(2, 8))
        if unit in cheats:
            moved = draw.random(number) < share
            left[moved] = draw.uniform(6, 9.5, int(moved.sum()))  # from half past two to six in the afternoon
        month.facts += [
            Closing(case=unit * 1000 + place, unit=unit, period="answer:5", left=float(hours))
            for place, hours in enumerate(left)
        ]
    return month


def _left(draw: np.random.Generator, number: int, *, pace: float, push: float) -> np.ndarray:  # type: ignore[type-arg]
    """Return the hours up to the end of the period at which a unit answers; negative when late.

    *pace* is the median number of working days it needs; of what would be late, *push* is answered on the last day.
    """
    begun = draw.integers(0, 5, number)  # weekday on which the unit got it
    worked = pace * draw.lognormal(0, 0.7, number)
    late = worked > PERIOD_DAYS
    pushed = late & (draw.random(number) < push)
    worked[pushed] = PERIOD_DAYS - draw.uniform(0, 1, int(pushed.sum()))
    day = np.ceil(worked).astype(int)
    of_day = 24 - np.where(worked % 1 < 0.5, 8.5 + 7 * (worked % 1), 14.5 + 7 * (worked % 1 - 0.5))
    calendar = _calendar_days(begun, np.full(number, PERIOD_DAYS)) - _calendar_days(begun, day)
    return calendar * 24.0 + of_day


def _calendar_days(begun: np.ndarray, working: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """Return how many days lie between a weekday and so many working days after it."""
    return working + 2 * ((begun + working) // 5)


def ratings(seed: int, share: float, cheating: float) -> Month:
    """Return a month in which a part *cheating* of the units file a *share* of their ratings themselves."""
    draw = np.random.default_rng(seed)
    cheats = frozenset(draw.choice(UNITS, round(UNITS * cheating), replace=False).tolist())
    month = Month(cheats=cheats)
    for unit in range(UNITS):
        number = int(np.clip(draw.lognormal(4.6, 0.7), 20, 900))
        at_counter = draw.beta(1, 40)  # people who rate at the counter: two or three in a hundred
        office = draw.random(number) < (share if unit in cheats else at_counter)
        month.facts += [
            Rating(case=unit * 1000 + place, unit=unit, from_office=bool(one))
            for place, one in enumerate(office)
        ]
    return month


def much_at_the_end(closings: Iterable[Closing]) -> set[int]:
    """Name by a fixed rule the units with more than a fifth of their answers in the last tenth of the time."""
    tenth = PERIOD_DAYS * 24 * 7 / 5 / 10
    ends: dict[int, list[bool]] = {}
    for one in closings:
        if one.left >= 0:
            ends.setdefault(one.unit, []).append(one.left < tenth)
    return {unit for unit, last in ends.items() if sum(last) > 0.2 * len(last)}


def five_from_office(rated: Iterable[Rating]) -> set[int]:
    """Name by a fixed rule the units with five or more ratings from an office."""
    number: dict[int, int] = {}
    for one in rated:
        number[one.unit] = number.get(one.unit, 0) + one.from_office
    return {unit for unit, count in number.items() if count >= 5}
