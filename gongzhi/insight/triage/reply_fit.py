"""How well a reply answers a message, from 0 to 1: learnt curves over what the two have in common."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from gongzhi.insight.triage.rarity import Rarity
from gongzhi.insight.triage.reply_beside import AtHand
from gongzhi.insight.triage.reply_features import FIGURES, Weighed, figures

WEIGHTS: Final = Path(__file__).with_name("reply_weights.json")
#: Texts longer than this say nothing more about whether two belong together.
LONGEST: Final = 6000


def fit(message: Weighed, reply: Weighed, at_hand: AtHand | None = None) -> float:
    """Return how sure it is, from 0 to 1, that the reply was written for this message; 0 where one of them is empty.

    Where other messages are at hand, a reply that would fit one of them better is less sure to be meant for this one.
    """
    if not message.read.plain or not reply.read.plain:
        return 0.0
    own = height(figures(message, reply))
    other = best_other(message, reply, at_hand) if at_hand else None
    return chance(beside(own, other[1] if other else None))


def best_other(message: Weighed, reply: Weighed, at_hand: AtHand) -> tuple[int, float] | None:
    """Return the place of the other message that the reply fits best, and how high; None where it shares nothing with any."""
    others = at_hand.like(reply, message)
    found = ((one, height(figures(at_hand.message(one), reply))) for one in others)
    return max(found, key=lambda one: one[1], default=None)


def fits_another(message: Weighed, reply: Weighed, at_hand: AtHand) -> int | None:
    """Return the place of the message that a reply fits better than the one it is given to."""
    other = best_other(message, reply, at_hand)
    if other is None or other[1] <= height(figures(message, reply)):
        return None
    return other[0]


def fits(pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
    """Score pairs of message and reply one by one, each beside the messages of all the others, as an office has them before it.

    How rare words are is counted over all of them together.
    """
    kept = [(message[:LONGEST], reply[:LONGEST]) for message, reply in pairs]
    rarity = Rarity(text for pair in kept for text in pair)
    at_hand = AtHand([message for message, _reply in kept], rarity)
    for message, reply in kept:
        yield fit(Weighed(message, rarity), Weighed(reply, rarity), at_hand)


def height(of_pair: list[float], weights: Mapping[str, Any] | None = None) -> float:
    """Return what learnt curves give to the figures of a pair: their heights added, the logarithm of the odds."""
    learnt = weights or _weights()
    found = float(learnt["base"])
    for name, figure in zip(FIGURES, of_pair, strict=True):
        found += _at(learnt["curves"][name], figure)
    return found


def beside(own: float, other: float | None, weights: Mapping[str, Any] | None = None) -> float:
    """Return the height of a pair of height *own* whose reply would fit another message at hand by the height *other*."""
    if other is None:
        return own
    learnt = (weights or _weights())["beside"]
    return float(learnt["base"] + learnt["own"] * own + learnt["other"] * other)


def chance(high: float) -> float:
    """Return the chance, from 0 to 1, that belongs to a height."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, high))))


def _at(curve: list[list[float]], figure: float) -> float:
    """Return the height of a curve given by its corners; before the first and after the last it is flat."""
    (left, low), *others = curve
    if figure <= left:
        return low
    for right, high in others:
        if figure <= right:
            return low + (high - low) * (figure - left) / (right - left)
        left, low = right, high
    return low


@cache
def _weights() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found
