"""Ratings that came from offices: far more of them for one unit than for its peers (代评)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from gongzhi.insight.integrity.excess import Share, chances, discoveries
from gongzhi.insight.integrity.facts import Rating, Suspicion

RATINGS_FROM_OFFICE: Final = "ratings_from_office"
FEWEST_RATINGS: Final = 5
TIMES_USUAL: Final = 2.0


def ratings_from_office(ratings: Iterable[Rating]) -> list[Suspicion]:
    """Return the units for which many ratings were filed in a browser or from a network of an office.

    A few are usual: people rate at the counter (国办发〔2019〕51号: 现场服务一次一评). What is looked for is far more than
    at other units. Ratings that a call-taker wrote down are none of these.
    """
    units: dict[int, list[Rating]] = defaultdict(list)
    for one in ratings:
        units[one.unit].append(one)
    shares = {unit: Share(len(all_), sum(one.from_office for one in all_)) for unit, all_ in units.items()}
    likely = chances(shares)
    found = []
    for unit in sorted(discoveries({unit: chance for unit, (chance, _usual) in likely.items()})):
        hits, usual = shares[unit].hits, likely[unit][1]
        if hits >= max(FEWEST_RATINGS, TIMES_USUAL * usual):
            cases = tuple(sorted({one.case for one in units[unit] if one.from_office}))
            figures = {"number": shares[unit].number, "hits": hits, "usual": round(usual, 1)}
            found.append(Suspicion(kind=RATINGS_FROM_OFFICE, unit=unit, cases=cases, figures=figures))
    return found
