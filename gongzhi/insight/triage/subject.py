"""The few words of a message that say what it is about, and how much of them another text has too.

For looking up what others wrote about the same, however they worded it; copies and reworded copies are found by `likely`.
"""

from collections.abc import Mapping
from math import log
from typing import Final

import rjieba

from gongzhi.insight.triage.words import words_of

#: So many of the rarest words of a message say what it is about.
MOST: Final = 12
#: Signs that are read: people say first what it is about.
READ: Final = 400
#: How many words the frequencies of rjieba's dictionary were counted on.
DICTIONARY: Final = 6e7


def subject_words(text: str) -> dict[str, float]:
    """Return the rarest words of two signs or more with their weight: the logarithm of how rare each is in the language."""
    found = {word: _rarity(word) for word in words_of(text[:READ]) if len(word) > 1}
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:MOST])


def shared_words(words: Mapping[str, float], other: str) -> tuple[int, float]:
    """Return how many of the words stand in another text, and which share of their weight that is: 0 to 1."""
    shared = [weight for word, weight in words.items() if word in other]
    return len(shared), sum(shared) / sum(words.values()) if words else 0.0


def _rarity(word: str) -> float:
    return log(DICTIONARY / max(rjieba.suggest_freq(word), 1))
