"""A learnt model of categories: what it knows, how it scores a message, and which words spoke for the score."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import log
from operator import add
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gongzhi.insight.triage.bands import Calibration, decisions
from gongzhi.insight.triage.words import Words, features_of, readable, words_of

Matrix = NDArray[np.float32]
BATCH: Final = 512  # messages scored at a time


@dataclass(frozen=True, slots=True)
class Limits:
    """Below which a message is unlike anything learnt: its known words, their share, and the score of its first category.

    From ``firm`` on, the score of its first category is good enough for `auto`.
    """

    known_words: float
    known_share: float
    score: float
    firm: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of some messages: a row a message, a column a category; how many words were known, and their share."""

    scores: NDArray[np.float64]
    known_words: NDArray[np.int64]
    known_share: NDArray[np.float64]

    @property
    def order(self) -> NDArray[np.int64]:
        """The categories of each message, best first."""
        return np.argsort(-self.scores, axis=1, kind="stable")

    @property
    def margins(self) -> NDArray[np.float64]:
        """How far the first category stands before the second."""
        two = -np.partition(-self.scores, 1, axis=1)[:, :2]
        return two[:, 0] - two[:, 1]

    @property
    def firsts(self) -> NDArray[np.float64]:
        """The score of the first category."""
        found: NDArray[np.float64] = self.scores.max(axis=1)
        return found

    def strange(self, limits: Limits) -> NDArray[np.bool_]:
        """Say which messages are unlike anything learnt."""
        found: NDArray[np.bool_] = (
            (self.known_words < limits.known_words)
            | (self.known_share < limits.known_share)
            | (self.firsts < limits.score)
        )
        return found


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the model says of one message; `second` is empty where there is only one category to choose."""

    category: str
    confidence: float
    second: str
    decision: str


@dataclass(frozen=True)
class Model:
    """Categories, features with their rarity and weights, the calibration, the bands and the model card.

    ``weights`` has a row for each feature and a column for each category.
    """

    categories: tuple[str, ...]
    features: Mapping[str, int]
    rarity: Matrix
    weights: Matrix
    intercepts: Matrix
    fillers: frozenset[str]
    calibration: Calibration
    bounds: dict[str, float]
    limits: Limits
    card: dict[str, Any]

    def words(self, text: str) -> Words:
        """Return the words of a text without those that only fill it."""
        return [word for word in words_of(text) if word not in self.fillers]

    def scored(self, texts: Sequence[str]) -> Scored:
        """Score texts; the words of each are read, nothing else."""
        parts = [self._batch(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        if not parts:
            return Scored(np.zeros((0, len(self.categories))), np.zeros(0, np.int64), np.zeros(0))
        return Scored(
            np.concatenate([one.scores for one in parts]),
            np.concatenate([one.known_words for one in parts]),
            np.concatenate([one.known_share for one in parts]),
        )

    def predicted(self, texts: Sequence[str]) -> list[Predicted]:
        """Return category, confidence, second category and decision for each text."""
        if not texts:
            return []
        scored = self.scored(texts)
        first_two = scored.order[:, :2].tolist()
        sure = self.calibration.confidence(scored.margins).tolist()
        firm = scored.firsts >= self.limits.firm
        decided = decisions(scored.margins, firm, scored.strange(self.limits), self.bounds)
        return [
            Predicted(self.categories[first], confidence, self.categories[second], decision)
            for (first, second), confidence, decision in zip(first_two, sure, decided, strict=True)
        ]

    def explained(self, text: str, category: str, most: int = 6) -> list[tuple[str, float]]:
        """Return the words of a text that speak for a category against the strongest other, heaviest first."""
        counted = Counter(features_of(self.words(text)))
        at = {feature: self.features[feature] for feature in counted if feature in self.features}
        own = self.categories.index(category)
        rows = np.array(list(at.values()), dtype=np.int64)
        values = np.array([1 + log(counted[feature]) for feature in at], dtype=np.float32) * self.rarity[rows]
        parts = self.weights[rows] * (values / (np.linalg.norm(values) or 1.0))[:, None]
        totals = parts.sum(axis=0) + self.intercepts
        totals[own] = -np.inf
        against = int(totals.argmax())
        found: Counter[str] = Counter()
        for feature, weight in zip(at, (parts[:, own] - parts[:, against]).tolist(), strict=True):
            if (word := readable(feature)) and len(word) > 1:
                found[word] += weight
        return [(word, round(weight, 4)) for word, weight in found.most_common(most) if weight > 0]

    def _batch(self, texts: Sequence[str]) -> Scored:
        place_of, is_known = self.features.get, self.features.__contains__
        places: list[int] = []
        counts: list[int] = []
        lengths, known_words, all_words = [], [], []
        for text in texts:
            words = self.words(text)
            counted = Counter(features_of(words))
            places.extend(map(place_of, counted, repeat(-1)))
            counts.extend(counted.values())
            lengths.append(len(counted))
            distinct = set(map(add, repeat("="), words))
            known_words.append(sum(map(is_known, distinct)))
            all_words.append(len(distinct))
        return Scored(
            self._sums(np.array(places, np.int64), np.array(counts, np.float32), np.array(lengths)),
            np.array(known_words, np.int64),
            np.array(known_words) / np.maximum(np.array(all_words), 1),
        )

    def _sums(
        self, rows: NDArray[np.int64], counts: Matrix, lengths: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Multiply the sparse features of a batch with the weights, each message at length one."""
        owners = np.repeat(np.arange(len(lengths)), lengths)[rows >= 0]
        counts, rows = counts[rows >= 0], rows[rows >= 0]
        scores = np.tile(self.intercepts.astype(np.float64), (len(lengths), 1))
        filled, starts = np.unique(owners, return_index=True)
        if not len(filled):
            return scores
        values = (1 + np.log(counts)) * self.rarity[rows]
        norms = np.sqrt(np.add.reduceat(values * values, starts))
        sums = np.add.reduceat(self.weights[rows] * values[:, None], starts, axis=0)
        scores[filled] += sums / norms[:, None]
        return scores


def card_lines(card: Mapping[str, Any]) -> list[str]:
    """Return a model card as lines to read."""
    return json.dumps(card, ensure_ascii=False, indent=2).splitlines()
