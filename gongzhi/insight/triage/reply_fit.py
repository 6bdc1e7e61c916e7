"""How well a reply answers a message, from 0 to 1: learnt curves over what the two have in common."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from gongzhi.insight.triage.rarity import Rarity
from gongzhi.insight.triage.reply_features import FIGURES, Read, figures

WEIGHTS: Final = Path(__file__).with_name("reply_weights.json")
#: Texts longer than this say nothing more about whether two belong together.
LONGEST: Final = 6000


def fit(message: Read, reply: Read, rarity: Rarity) -> float:
    """Return how sure it is, from 0 to 1, that the reply was written for this message; 0 where one of them is empty."""
    if not message.plain or not reply.plain:
        return 0.0
    return chance(figures(message, reply, rarity), _weights())


def fits(pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
    """Score pairs of message and reply one by one; how rare words are is counted over all of them together."""
    kept = [(message[:LONGEST], reply[:LONGEST]) for message, reply in pairs]
    rarity = Rarity(text for pair in kept for text in pair)
    for message, reply in kept:
        yield fit(Read.from_text(message), Read.from_text(reply), rarity)


def chance(of_pair: list[float], weights: Mapping[str, Any]) -> float:
    """Return the chance that learnt curves give to the figures of a pair: their heights added, as a logistic."""
    height = float(weights["base"])
    for name, figure in zip(FIGURES, of_pair, strict=True):
        height += _at(weights["curves"][name], figure)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, height))))


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
