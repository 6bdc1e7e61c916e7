"""A day of the year as it is played: when each matter is sent, quicker than it passes, and what stands in it."""

import random
import uuid
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.kernel.organisations.loading.divisions import divisions
from gongzhi.kernel.organisations.models import Region
from gongzhi.project.simulate.people import FAMILY, GIVEN
from gongzhi.project.simulate.world import MARK, reach_of
from gongzhi.project.simulate.year import BURST_FACTOR, BURST_HOURS, HOURS, KINDS, Kind
from gongzhi.project.supervise import Ended

#: Matters sent in a real second, however quickly the day passes: in its busiest hour, and at most in a storm.
BUSIEST: Final = 9.0
IN_A_STORM: Final = 45.0
STORM_BEGINS: Final = (8, 15)  # the hours from which, and before which, it begins
RAIN: Final = next(kind for kind in KINDS if kind.key.endswith("drainage"))
IN_ITS_CITY: Final = 0.8  # of what is sent during a storm
WRITERS: Final = 0.45  # people for each matter: some write more than once
SPACE: Final = uuid.UUID("6b1f4a52-6c0e-4d5e-9b57-3f6a8f1f3c11")


@dataclass(frozen=True, slots=True)
class Places:
    """Where people live: sorted codes of villages and communities, which are urban, and how many people they hold."""

    codes: list[str]
    urban: npt.NDArray[np.bool_]
    cities: dict[str, tuple[int, int]]
    reach: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of the day: the moments at which it is due (real seconds from the beginning) and of the day (hours)."""

    number: int
    due: float
    hour: float
    in_storm: bool


@dataclass(frozen=True)
class Day:
    """A wet day in summer out of a seed, with a storm over one city; the same seed and speed give the same day."""

    seed: int
    speed: float
    storm: int
    city: str
    places: Places
    matters: list[Matter]

    @property
    def seconds(self) -> float:
        """How long it is played."""
        return 24 * 3600 / self.speed

    def key(self, matter: Matter) -> str:
        """Return the idempotency key of a matter: the same day played again doubles nothing."""
        where = f"{self.places.codes[0]}-{self.places.codes[-1]}"
        return str(uuid.uuid5(SPACE, f"{self.seed}/{self.speed:g}/{where}/{matter.number}"))

    def writer(self, matter: Matter) -> int:
        """Return the number of whoever writes."""
        return int(matter.number * WRITERS)

    def body(self, matter: Matter) -> dict[str, str]:
        """Return what is sent: marked, and with a line of an area code that is given to nobody, which gets no message."""
        chance, writer = random.Random(self.key(matter)), self.writer(matter)  # nosec B311 # noqa: S311
        place = self._place(matter, chance)
        kind = RAIN if place.stormy else _kind(chance, bool(self.places.urban[place.number]))
        return {
            "kind": "help",
            "category": kind.key,
            "title": f"【{MARK}】{kind.title}",
            "text": f"【{MARK}】{kind.text}",
            "region": self.places.codes[place.number],
            "name": FAMILY[writer % len(FAMILY)] + GIVEN[writer // len(FAMILY) % len(GIVEN)],
            "phone": f"03002{self.seed % 100:02d}{writer % 10**5:05d}",
        }

    def _place(self, matter: Matter, chance: random.Random) -> "_Place":
        if matter.in_storm and chance.random() < IN_ITS_CITY:
            return _Place(chance.randrange(*self.places.cities[self.city]), stormy=True)
        lot = chance.random() * float(self.places.reach[-1])
        return _Place(int(np.searchsorted(self.places.reach, lot)), stormy=False)


@dataclass(frozen=True, slots=True)
class _Place:
    number: int
    stormy: bool


def places_in(area: str) -> Places:
    """Return the villages and communities of an area; raise Ended when there are none."""
    found = sorted(
        (region.code, region.urban == Region.Urban.URBAN)
        for region in divisions()
        if region.level == Region.Level.VILLAGE and region.code.startswith(area)
    )
    if not found:
        raise Ended(f"There is no village in {area}. Use the code of a region of today, as 41 or 410523")
    codes, urban = [code for code, _urban in found], np.array([urban for _code, urban in found])
    return Places(codes, urban, *reach_of(codes, urban))


def day_of(seed: int, speed: float, places: Places) -> Day:
    """Draw a day that passes *speed* times as quickly as a real one, in the rhythm of the year's hours."""
    chance = np.random.default_rng([seed, 3])
    storm, city = int(chance.integers(*STORM_BEGINS)), str(chance.choice(sorted(places.cities)))
    matters: list[Matter] = []
    owed = 0.0
    for hour in range(24):
        owed += rate(hour, storm) * 3600 / speed
        count, owed = int(owed), owed % 1
        stormy = storm <= hour < storm + BURST_HOURS
        for part in np.sort(chance.random(count)):
            at = hour + float(part)
            matters.append(Matter(len(matters), at * 3600 / speed, at, stormy))
    return Day(seed, speed, storm, city, places, matters)


def rate(hour: int, storm: int) -> float:
    """Return how many matters are sent in a real second of an hour, when a storm begins at *storm*."""
    quiet = BUSIEST * HOURS[hour] / max(HOURS)
    return min(IN_A_STORM, quiet * BURST_FACTOR) if storm <= hour < storm + BURST_HOURS else quiet


def _kind(chance: random.Random, urban: bool) -> Kind:
    weights = list(accumulate(kind.summer * (kind.urban if urban else kind.rural) for kind in KINDS))
    return chance.choices(KINDS, cum_weights=weights)[0]
