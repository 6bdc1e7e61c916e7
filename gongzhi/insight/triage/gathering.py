"""Issues that are already known, and which of them a message that has just come in belongs to.

The message is compared with the few that have most of its rare words, by the same measure as when issues are gathered. Words and
names that came up since are not known until the issues are gathered anew, which takes a minute or so for thousands of messages.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongzhi.insight.triage.hot import BOUND
from gongzhi.insight.triage.likeness import (
    COPIED,
    MOST_HOLDERS,
    MOST_SHARE,
    OTHER_DISTRICT,
    OTHER_SITE,
    Rows,
    mixture,
)
from gongzhi.insight.triage.places import apart, districts_stated, sites_stated
from gongzhi.insight.triage.wording import (
    LENGTHS,
    SHORTEST_IN_COMMON,
    Message,
    Numbers,
    Wording,
    runs_of,
    whole_of,
    words_of,
)

#: A word that more messages have is not looked up; a message is compared with so many others, an issue by so many members.
MOST_WITH_WORD, COMPARED, OF_ISSUE = 3_000, 20, 20
#: So many signs of a new message are read: what it is about stands there, and more only takes longer.
READ = 1_000
Weighed = tuple[npt.NDArray[np.int64], Numbers]  # columns of words, and how much each weighs


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
        message = replace(message, text=message.text[:READ])
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

    def likeness(self, message: Message, words: Weighed, rows: Rows) -> Numbers:
        """Return how likely *message*, with its weighed *words*, is about the same happening as each of *rows*."""
        wording = self.wording
        alike = _dots(wording.words, rows, words)
        titled = self._names(message.title)
        said = titled | self._names(message.text)
        there, name_there = self._weigh(wording.said, rows, titled)
        back, name_back = self._weigh(wording.titled, rows, said)
        own = max(float(wording.weights[sorted(titled)].sum()), 1e-6)
        titles = np.sqrt(there / own * back / np.maximum(self._whole[rows], 1e-6))
        mixed = mixture(alike, titles, (name_there + name_back) / 2)
        districts = districts_stated(message.title, message.text)
        for at, row in enumerate(rows.tolist()):
            if apart(districts, wording.districts[row]):
                mixed[at] *= OTHER_DISTRICT
        copied = np.flatnonzero(alike > COPIED).tolist()
        if copied:
            sites = sites_stated(message.title, message.text)
            mixed[[at for at in copied if apart(sites, wording.sites[rows[at]])]] *= OTHER_SITE
        return mixed

    def _words(self, message: Message) -> Weighed:
        """Return the columns of the known words of a message and how much each weighs, at length one."""
        columns, counts = self.wording.word_columns, Counter(words_of(whole_of(message)))
        known = {columns[word]: count for word, count in counts.items() if word in columns}
        places = np.fromiter(known, np.int64, len(known))
        weights = (1 + np.log(np.fromiter(known.values(), np.float32, len(known)))) * self.wording.rarity[
            places
        ]
        return places, weights / (np.linalg.norm(weights) or 1.0)

    def _nearest(self, words: Weighed) -> Rows:
        """Return the rows with most of the rare words; what has as much is taken in the order of rows."""
        starts = self._having.indptr[words[0]].astype(np.int64)
        many = self._having.indptr[words[0] + 1] - starts
        many[many > MOST_WITH_WORD] = 0
        places = np.arange(many.sum()) + np.repeat(starts - (np.cumsum(many) - many), many)
        weights = self._having.data[places] * np.repeat(words[1], many)
        sums = np.bincount(self._having.indices[places], weights=weights)
        found = np.flatnonzero(sums)
        if len(found) > COMPARED:  # whatever ties with the last stays until rows are put in order
            found = found[sums[found] >= np.partition(sums[found], -COMPARED)[-COMPARED]]
        nearest: Rows = found[np.argsort(-sums[found], kind="stable")[:COMPARED]]
        return nearest

    def _names(self, text: str) -> set[int]:
        """Return the columns of the known names in a text. Where a name is known, so are the shorter ones it begins with."""
        found: set[int] = set()
        column_of = self.wording.columns.get
        for run in runs_of(text):
            for at in range(len(run)):
                for length in LENGTHS:  # at the end of a run shorter names come once more
                    column = column_of(run[at : at + length])
                    if column is None:
                        break
                    found.add(column)
        return found

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


def _dots(matrix: sparse.csr_matrix, rows: Rows, words: Weighed) -> Numbers:
    weights = np.zeros(matrix.shape[1], np.float32)
    weights[words[0]] = words[1]
    dots: Numbers = matrix[rows] @ weights
    return dots
