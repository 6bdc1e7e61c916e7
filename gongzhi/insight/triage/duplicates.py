"""Duplicates: the same matter written again, shortened, re-ordered or with slips; found among many texts at once.

Only texts that share rare shingles are compared, so time grows with the texts, not with their pairs. Two texts are
duplicates when enough of the shorter one, rare signs counting more, stands in the other, when nothing says that a copy is about
another road, line or number, and when one of the two has nothing much nearer. Duplicates are linked, never deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongzhi.insight.triage.marks import NEARLY_EQUAL, another_thing, known_among, marks_of
from gongzhi.insight.triage.shingles import AROUND, shingle_rows

Rows = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float32]

#: So much of the shorter text, by weight, stands in the other.
SHARE: Final = 0.24
#: A pair has so much of what the best pair of one of the two has: whoever has a copy is not linked to what is on the same subject.
NEAREST: Final = 0.9
#: A shingle that at most so many texts have brings them together; one that more have, up to the second, only neighbours.
FEW, MANY = 16, 400
#: So many rare shingles in common make two texts worth comparing.
FEWEST_COMMON: Final = 4
AT_ONCE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by their places in the list (first < second), and the share of the shorter that stands in the other."""

    first: int
    second: int
    share: float


def duplicates(texts: Sequence[str], *, share: float = SHARE) -> list[Pair]:
    """Return the pairs of *texts* that are likely the same matter, in order."""
    rows = shingle_rows(texts)
    holders = np.bincount(rows.indices, minlength=rows.shape[1])
    first, second = candidates(rows, holders)
    around = shingle_rows(texts, AROUND)
    shares = contained(around, first, second)
    kept = shares >= share
    marks = {at: marks_of(texts[at]) for at in np.unique([first[kept], second[kept]]).tolist()}
    known = known_among(marks.values(), holders)
    found = [
        Pair(one, other, round(common, 3))
        for one, other, common in zip(
            first[kept].tolist(), second[kept].tolist(), shares[kept].tolist(), strict=True
        )
        if not another_thing(marks[one], marks[other], common, known)
    ]
    return nearest(found, NEAREST)


def nearest(pairs: Sequence[Pair], part: float) -> list[Pair]:
    """Return the pairs with at least that *part* of the share that the best pair of one of their two texts has."""
    best: dict[int, float] = {}
    for pair in pairs:
        for end in (pair.first, pair.second):
            best[end] = max(best.get(end, 0.0), pair.share)
    return [pair for pair in pairs if pair.share >= part * min(best[pair.first], best[pair.second])]


def groups(count: int, pairs: Sequence[Pair]) -> list[list[int]]:
    """Return what hangs together by *pairs* among *count* texts: groups of two or more, each sorted, by their first.

    A text hangs on its nearest and on those that are nearly equal, so that no chain of weak pairs joins different matters.
    """
    holding = {*nearest(pairs, 1), *(pair for pair in pairs if pair.share >= NEARLY_EQUAL)}
    if not holding:
        return []
    links = sparse.csr_matrix(
        (np.ones(len(holding)), ([pair.first for pair in holding], [pair.second for pair in holding])),
        shape=(count, count),
    )
    _, label = sparse.csgraph.connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
    return sorted(part.tolist() for part in parts if len(part) > 1)


def candidates(rows: sparse.csr_matrix, holders: Counts) -> tuple[Rows, Rows]:
    """Return pairs of rows that share a few rare shingles."""
    count = rows.shape[0]
    keys = np.concatenate([np.zeros(0, np.int64), *_sharing(rows, holders)])
    keys.sort()
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    often = np.diff(np.append(starts, len(keys))) >= FEWEST_COMMON
    kept = keys[starts[often]]
    return kept // count, kept % count


def _sharing(rows: sparse.csr_matrix, holders: Counts) -> Iterator[Rows]:
    """Yield keys (first * count + second), once for each rare shingle that two rows share."""
    count = rows.shape[0]
    owner = np.repeat(np.arange(count, dtype=np.int64), np.diff(rows.indptr))
    rare = (holders[rows.indices] >= 2) & (holders[rows.indices] <= MANY)
    columns, owner = rows.indices[rare], owner[rare]
    order = np.argsort(columns, kind="stable")
    owner, columns = owner[order], columns[order]
    starts = (
        np.flatnonzero(np.append(True, columns[1:] != columns[:-1]))
        if len(columns)
        else np.zeros(0, np.int64)
    )
    sizes = np.diff(np.append(starts, len(columns)))
    for size in range(2, FEW + 1):
        table = owner[starts[sizes == size][:, None] + np.arange(size)]
        for one in range(size):
            for other in range(one + 1, size):
                yield table[:, one] * count + table[:, other]
    inner = (
        np.flatnonzero((columns[1:] == columns[:-1]) & (holders[columns[1:]] > FEW))
        if len(columns)
        else starts
    )
    yield owner[inner] * count + owner[inner + 1]


def contained(rows: sparse.csr_matrix, first: Rows, second: Rows) -> Shares:
    """Return how much of the shorter row of each pair, by weight of its shingles, is in the other."""
    holders = np.bincount(rows.indices, minlength=rows.shape[1])
    rarity = np.log(rows.shape[0] / holders[rows.indices]).astype(np.float32)
    weighed = sparse.csr_matrix((rarity, rows.indices, rows.indptr), shape=rows.shape)
    whole = np.maximum(np.asarray(weighed.sum(1)).ravel(), 1e-6)
    common = [
        np.asarray(weighed[first[at : at + AT_ONCE]].multiply(rows[second[at : at + AT_ONCE]]).sum(1)).ravel()
        for at in range(0, len(first), AT_ONCE)
    ]
    both = np.concatenate([np.zeros(0, np.float32), *common])
    shares: Shares = (both / np.minimum(whole[first], whole[second])).astype(np.float32)
    return shares
