"""Draws the matters of one slice of the year, all at once: who, where, about what, and when each step was taken."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.project.simulate.world import World
from gongzhi.project.simulate.year import (
    BURST_FACTOR,
    BURST_HOURS,
    BURSTS_A_YEAR,
    KINDS,
    hours_of,
    winter_share,
)

Seconds = npt.NDArray[np.int64]
HOUR: Final = 3600
DAY: Final = 24 * HOUR
BAD: Final = 2
NEVER: Final = 10**11  # seconds: later than any year simulated
RAIN: Final = next(number for number, kind in enumerate(KINDS) if kind.key.endswith("drainage"))
CHANNELS: Final = ("phone", "web", "import")
OUTCOMES: Final = ("solved", "explained", "rejected")
SHARES: Final = {"channel": (0.55, 0.33, 0.12), "outcome": (0.72, 0.20, 0.08)}
ANSWERED_AT_ONCE, RETURNED, EXTENDED, RATED, CONFIDENTIAL, PUBLIC = 0.22, 0.05, 0.05, 0.42, 0.02, 0.15
GRADES: Final = (0.03, 0.05, 0.12, 0.38, 0.42)  # from very dissatisfied to very satisfied


@dataclass(frozen=True)
class Year:
    """What is simulated: how many matters in the year that begins on *start*, in slices, out of one seed."""

    start: date
    cases: int
    seed: int
    slice_size: int = 20_000

    @property
    def slices(self) -> int:
        """How many slices the year has."""
        return -(-self.cases // self.slice_size)

    def size(self, number: int) -> int:
        """How many matters a slice has."""
        return min(self.slice_size, self.cases - number * self.slice_size)

    @property
    def persons(self) -> int:
        """How many people write; some more than once."""
        return max(1, int(self.cases * 0.45))


@dataclass(frozen=True)
class Rhythm:
    """The busy hours of the year as one rising curve, and the bursts in it: (first hour, city)."""

    curve: npt.NDArray[np.float64]
    bursts: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Slice:
    """Matters side by side; times are seconds since the year began, official time, NEVER when it did not happen."""

    number: npt.NDArray[np.int64]
    region: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    person: npt.NDArray[np.int64]
    channel: npt.NDArray[np.int64]
    outcome: npt.NDArray[np.int64]
    grade: npt.NDArray[np.int64]
    sealed: npt.NDArray[np.bool_]
    public: npt.NDArray[np.bool_]
    times: dict[str, Seconds]


def rhythm_of(year: Year, cities: tuple[str, ...]) -> Rhythm:
    """Lay the bursts of the year, rainstorms over one city each, into its hours."""
    chance = np.random.default_rng([year.seed, 1])
    _first, busy = hours_of(year.start)
    wet = np.flatnonzero(np.repeat(winter_share(year.start) < 0.35, 24))
    wet = wet[wet < len(busy) - BURST_HOURS]
    starts = np.sort(chance.choice(wet, BURSTS_A_YEAR, replace=False))
    bursts = tuple((int(hour), cities[int(chance.integers(len(cities)))]) for hour in starts)
    for hour, _city in bursts:
        busy[hour : hour + BURST_HOURS] *= BURST_FACTOR
    return Rhythm(np.concatenate(([0.0], np.cumsum(busy))) / busy.sum(), bursts)


def draw(world: World, year: Year, rhythm: Rhythm, persons: npt.NDArray[np.int64], part: int) -> Slice:
    """Draw one slice; the same seed and slice give the same matters.

    *persons* holds for each region the first of its people, and one entry more as the end.
    """
    chance = np.random.default_rng([year.seed, 2, part])
    size = year.size(part)
    share = (part * year.slice_size + np.sort(chance.random(size)) * size) / year.cases
    hour = np.clip(np.searchsorted(rhythm.curve, share, side="right") - 1, 0, len(rhythm.curve) - 2)
    opened = hour * HOUR + (chance.random(size) * HOUR).astype(np.int64)
    region = np.searchsorted(world.reach, chance.random(size) * world.reach[-1])
    stormy = _in_storm(world, rhythm, chance, hour, region)
    kind = _kinds(world, year, chance, hour, region)
    kind[stormy] = RAIN
    grade = 1 + chance.choice(5, size, p=GRADES)
    those = persons[region] + (chance.random(size) * (persons[region + 1] - persons[region])).astype(np.int64)
    return Slice(
        number=part * year.slice_size + np.arange(size),
        region=region,
        kind=kind,
        person=those,
        channel=chance.choice(3, size, p=SHARES["channel"]),
        outcome=chance.choice(3, size, p=SHARES["outcome"]),
        grade=grade,
        sealed=chance.random(size) < CONFIDENTIAL,
        public=chance.random(size) < PUBLIC,
        times=_times(chance, opened, world.urban[region], grade <= BAD),
    )


def _in_storm(
    world: World, rhythm: Rhythm, chance: np.random.Generator, hour: Seconds, region: Seconds
) -> npt.NDArray[np.bool_]:
    """Move most matters of a storm's hours to its city, and say which."""
    moved = np.zeros(len(hour), dtype=bool)
    for first, city in rhythm.bursts:
        there = (hour >= first) & (hour < first + BURST_HOURS) & (chance.random(len(hour)) < 0.8)
        low, high = world.cities[city]
        region[there] = low + (chance.random(int(there.sum())) * (high - low)).astype(np.int64)
        moved |= there
    return moved


def _kinds(
    world: World, year: Year, chance: np.random.Generator, hour: Seconds, region: Seconds
) -> npt.NDArray[np.int64]:
    """Draw what each matter is about, by season and by town or country."""
    winter = winter_share(year.start)[np.minimum(hour // 24, 364)][:, None]
    season = np.array([k.summer for k in KINDS]) * (1 - winter) + np.array([k.winter for k in KINDS]) * winter
    place = np.where(
        world.urban[region][:, None], np.array([k.urban for k in KINDS]), np.array([k.rural for k in KINDS])
    )
    curve = np.cumsum(season * place, axis=1)
    drawn = chance.random(len(hour)) * curve[:, -1]
    found: npt.NDArray[np.int64] = (curve < drawn[:, None]).sum(axis=1).astype(np.int64)
    return found


def _times(
    chance: np.random.Generator, opened: Seconds, urban: npt.NDArray[np.bool_], bad: npt.NDArray[np.bool_]
) -> dict[str, Seconds]:
    """Draw when each step was taken; whether it is still to come is for the end of the year to say."""
    size = len(opened)

    def after(earlier: Seconds, median: float, spread: float) -> Seconds:
        later = median * np.exp(spread * chance.standard_normal(size))
        return earlier + np.clip(later, 60, 120 * DAY).astype(np.int64)

    def only(times: Seconds, which: npt.NDArray[np.bool_]) -> Seconds:
        return np.where(which, times, NEVER)

    at_once = chance.random(size) < ANSWERED_AT_ONCE
    returned = ~at_once & (chance.random(size) < RETURNED)
    extended = ~at_once & (chance.random(size) < EXTENDED)
    dispatch = after(opened, 0.7 * HOUR, 1.0)
    back = after(dispatch, 4 * HOUR, 0.8)
    again = after(back, 1.2 * HOUR, 0.8)
    accept = after(np.where(returned, again, dispatch), 3 * HOUR, 0.9)
    longer = accept + 2 * DAY
    # The way to a village is longer: assumed, so that town and country can be told apart.
    slow = np.where(urban, 1.0, 1.25)
    reply = after(np.where(extended, longer, accept), 1.5 * DAY, 0.85)
    reply = accept + ((reply - accept) * slow).astype(np.int64)
    answer = after(opened, 0.3 * HOUR, 0.8)
    replied = np.where(at_once, answer, reply)
    rated = chance.random(size) < RATED
    rate = np.minimum(after(replied, 20 * HOUR, 1.0), replied + 14 * DAY)
    revisited = rated & bad
    revisit = after(rate, 6 * HOUR, 0.6)
    return {
        "open": opened,
        "dispatch": only(dispatch, ~at_once),
        "return": only(back, returned),
        "dispatch_again": only(again, returned),
        "accept": only(accept, ~at_once),
        "extend": only(longer, extended),
        "reply": only(reply, ~at_once),
        "answer": only(answer, at_once),
        "rate": only(rate, rated),
        "revisit": only(revisit, revisited),
        "close": np.where(revisited, revisit, replied) + 15 * DAY,
    }
