"""Issues that are already known, and which of them a message that has just come in belongs to.

The message is compared with the few that have most of its rare words, by the same measure as when issues are gathered. Words and
names that came up since are not known until the issues are gathered anew, which takes a minute or so for thousands of messages.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from gongzhi.insight.triage.hot import BOUND
from gongzhi.insight.triage.likeness import (
    COPIED,
    MOST_HOLDERS,
    MOST_SHARE,
    NAME,
    OTHER_DISTRICT,
    OTHER_SITE,
    TITLES,
    WORDS,
    Rows,
)
from gongzhi.insight.triage.somewhere import apart, districts_stated, sites_stated
from gongzhi.insight.triage.wording import (
    SHORTEST_IN_COMMON,
    Message,
    Numbers,
    Wording,
    names_of,
    whole_of,
    words_of,
)

#: A word that more messages have is not looked up; a message is compared with so many others, an issue by so many members.
MOST_WITH_WORD, COMPARED, OF_ISSUE = 3_000, 20, 20


class Gathering:
    """Messages whose *wording* was read, in *groups* of rows. Groups are numbered by their place in the list."""

    def __init__(self, wording: Wording, groups: Sequence[Sequence[int]], *, bound: float = BOUND) -> None:
        self.wording = wording
        self.bound = bound
        self.groups = [np.array(group, dtype=np.int64) for group in groups]
        self.group_of = np.full(wording.words.shape[0], -1, dtype=np.int64)
        for number, group in enumerate(self.groups):
            self.group_of[group] = number
        self._having = wording.words.tocsc()
        self._whole = np.asarray(wording.titled @ wording.weights).ravel()
        most = max(MOST_HOLDERS, wording.words.shape[0] * MOST_SHARE)
        long_enough = np.array([len(name) >= SHORTEST_IN_COMMON for name in wording.names], dtype=bool)
        self._common_name = np.where(long_enough & (wording.holders <= most), wording.weights**2, 0).astype(
            np.float32
        )

    def issue_of(self, message: Message) -> int | None:
        """Return the number of the group the message belongs to: that of the highest mean likeness, if it reaches the bound."""
        words = self._words(message)
        near = self._nearest(words)
        touched = sorted({int(self.group_of[row]) for row in near if self.group_of[row] >= 0})
        if not touched:
            return None
        members = [self.groups[number][-OF_ISSUE:] for number in touched]
        parts = np.cumsum([len(rows) for rows in members])[:-1]
        likeness = np.split(self.likeness(message, words, np.concatenate(members)), parts)
        means = [float(part.mean()) for part in likeness]
        best = int(np.argmax(means))
        return touched[best] if means[best] >= self.bound else None

    def likeness(self, message: Message, words: dict[int, float], rows: Rows) -> Numbers:
        """Return how likely *message*, with its weighed *words*, is about the same happening as each of *rows*."""
        wording = self.wording
        alike = _dots(wording.words, rows, words)
        title = names_of(message.title)
        titled = {wording.columns[name] for name in title if name in wording.columns}
        said = titled | {wording.columns[name] for name in names_of(message.text) if name in wording.columns}
        there, name_there = self._weigh(wording.said, rows, titled)
        back, name_back = self._weigh(wording.titled, rows, said)
        own = max(float(wording.weights[sorted(titled)].sum()), 1e-6)
        titles = np.sqrt(there / own * back / np.maximum(self._whole[rows], 1e-6))
        mixed: Numbers = (WORDS * alike + TITLES * titles + NAME * (name_there + name_back) / 2).astype(
            np.float32
        )
        districts = districts_stated(message.title, message.text)
        sites = sites_stated(message.title, message.text)
        for at, row in enumerate(rows.tolist()):
            if apart(districts, wording.districts[row]):
                mixed[at] *= OTHER_DISTRICT
            if alike[at] > COPIED and apart(sites, wording.sites[row]):
                mixed[at] *= OTHER_SITE
        return mixed

    def _words(self, message: Message) -> dict[int, float]:
        counts = Counter(words_of(whole_of(message)))
        known = {
            self.wording.word_columns[word]: count
            for word, count in counts.items()
            if word in self.wording.word_columns
        }
        weights = {
            column: (1 + np.log(count)) * float(self.wording.rarity[column])
            for column, count in known.items()
        }
        length = float(np.sqrt(sum(weight**2 for weight in weights.values()))) or 1.0
        return {column: weight / length for column, weight in weights.items()}

    def _nearest(self, words: dict[int, float]) -> Rows:
        rows, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
        for column, weight in words.items():
            first, last = self._having.indptr[column], self._having.indptr[column + 1]
            if last - first <= MOST_WITH_WORD:
                rows.append(self._having.indices[first:last])
                weights.append(self._having.data[first:last] * np.float32(weight))
        found, at = np.unique(np.concatenate(rows), return_inverse=True)
        sums = np.bincount(at, weights=np.concatenate(weights), minlength=len(found))
        nearest: Rows = found[np.lexsort((found, -sums))[:COMPARED]].astype(np.int64)
        return nearest

    def _weigh(self, matrix: sparse.csr_matrix, rows: Rows, names: set[int]) -> tuple[Numbers, Numbers]:
        """Return for each of *rows* the weight of the *names* it has, and that of the best one."""
        part = matrix[rows]
        wanted = np.zeros(matrix.shape[1], dtype=bool)
        wanted[list(names)] = True
        held = wanted[part.indices]
        owner, columns = np.repeat(np.arange(len(rows)), np.diff(part.indptr))[held], part.indices[held]
        best = np.zeros(len(rows), np.float32)
        np.maximum.at(best, owner, self._common_name[columns])
        total: Numbers = np.bincount(
            owner, weights=self.wording.weights[columns], minlength=len(rows)
        ).astype(np.float32)
        return total, best


def _dots(matrix: sparse.csr_matrix, rows: Rows, words: dict[int, float]) -> Numbers:
    weights = np.zeros(matrix.shape[1], np.float32)
    weights[list(words)] = list(words.values())
    dots: Numbers = matrix[rows] @ weights
    return dots
