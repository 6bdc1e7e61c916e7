"""Which units have far more of something than units like them: a share against the peers', with many units in view.

Peers are all other units. Units differ by nature, so the spread of the peers is part of the expectation: hits of a unit are
taken as beta-binomial, with mean and spread of the units in the middle and below, which a minority of manipulated units
hardly moves. Over all units the false discovery rate is held by Benjamini and Hochberg (1995).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log
from typing import Final

import numpy as np
import numpy.typing as npt

#: Of the units named, at most this share is expected to be named by chance alone.
FALSE_DISCOVERIES: Final = 0.01
#: Fewer units, or units with fewer matters, make no expectation.
FEWEST_UNITS: Final = 8
FEWEST: Final = 10
#: Units never differ by chance alone, even where the sample looks like it.
LEAST_SPREAD, MOST_SPREAD = 0.03, 0.9

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """Of `number` matters of a unit, `hits` are as asked."""

    number: int
    hits: int


@dataclass(frozen=True, slots=True)
class Expectation:
    """The share usual among peers, and how much units differ by nature (0: as by chance alone, up to 1)."""

    share: float
    spread: float

    def chance(self, seen: Share) -> float:
        """Return how likely so many hits or more are for a unit like its peers."""
        return beta_binomial_tail(seen, self.share, self.spread)


def expectation(shares: Sequence[Share]) -> Expectation | None:
    """Return what is usual among units; None when there are too few to say."""
    big = [one for one in shares if one.number >= FEWEST]
    if len(big) < FEWEST_UNITS:
        return None
    number, hits = (
        np.array([getattr(one, name) for one in big], dtype=np.float64) for name in ("number", "hits")
    )
    rates = hits / number
    low, high = np.quantile(rates, (0.3, 0.6))
    middle = (rates >= low) & (rates <= high)
    total = float(number[middle].sum())
    share = (float(hits[middle].sum()) + 0.5) / (
        total + 1
    )  # a share of exactly none would make any hit impossible
    return Expectation(share, _spread(number, hits, share))


def _spread(number: Floats, hits: Floats, share: float) -> float:
    """Return the spread at which the quarter of units below the middle lies where chance would put it.

    Only what is below the middle is looked at: who manipulates lies above it. In a normal distribution the lower quartile lies
    0.6745 standard deviations below the median.
    """

    def below(spread: float) -> float:
        sd = np.sqrt(number * share * (1 - share) * (1 + (number - 1) * spread))
        lower, median = np.quantile((hits - number * share) / sd, (0.25, 0.5))
        return float(median - lower) / 0.6745

    least, most = LEAST_SPREAD, MOST_SPREAD
    if below(least) <= 1:
        return least
    for _ in range(30):
        half = (least + most) / 2
        least, most = (half, most) if below(half) > 1 else (least, half)
    return most


def beta_binomial_tail(seen: Share, share: float, spread: float) -> float:
    """Return P(X >= hits) for X beta-binomial with this mean and intra-class correlation; binomial when it is 0."""
    if seen.hits <= 0:
        return 1.0
    if spread < 1e-9:
        terms = [_log_binomial(seen.number, k, share) for k in range(seen.hits, seen.number + 1)]
    else:
        weight = 1 / spread - 1
        a, b = share * weight, (1 - share) * weight
        terms = [
            _log_choose(seen.number, k) + _log_beta(k + a, seen.number - k + b) - _log_beta(a, b)
            for k in range(seen.hits, seen.number + 1)
        ]
    top = max(terms)
    return min(1.0, exp(top) * sum(exp(term - top) for term in terms))


def _log_binomial(number: int, k: int, share: float) -> float:
    return _log_choose(number, k) + k * log(share) + (number - k) * log(1 - share)


def _log_choose(number: int, k: int) -> float:
    return lgamma(number + 1) - lgamma(k + 1) - lgamma(number - k + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def chances(shares: Mapping[int, Share]) -> dict[int, tuple[float, float]]:
    """Return for each unit how likely its hits are among its peers, and how many hits would be usual.

    Each unit is compared with the others alone. Empty when there are too few units to say.
    """
    found = {}
    for unit, seen in shares.items():
        usual = expectation([share for other, share in shares.items() if other != unit])
        if usual is not None and seen.number:
            found[unit] = (usual.chance(seen), usual.share * seen.number)
    return found


def discoveries(likely: Mapping[int, float], rate: float = FALSE_DISCOVERIES) -> frozenset[int]:
    """Return the units whose chance is too small, with at most *rate* of them expected to be there by chance."""
    ranked = sorted(likely, key=lambda unit: likely[unit])
    last = max(
        (place for place, unit in enumerate(ranked, 1) if likely[unit] <= rate * place / len(ranked)),
        default=0,
    )
    return frozenset(ranked[:last])
