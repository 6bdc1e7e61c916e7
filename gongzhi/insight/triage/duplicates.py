"""Duplicates: the same matter written again, shortened, re-ordered or with slips; found among many texts at once.

Only texts that share rare shingles are compared, so time grows with the texts, not with their pairs. Two texts are
duplicates when enough of the shorter one, rare shingles counting more, stands in the other, and when nothing says that a copy is about
another road, line or number. Duplicates are linked, never deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongzhi.insight.triage.marks import another_thing, known_names, marks_of
from gongzhi.insight.triage.shingles import shingle_rows

Rows = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float32]

#: So much of the shorter text, by weight, stands in the other.
SHARE: Final = 0.18
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
    shares = contained(rows, holders, first, second)
    kept = shares >= share
    ends = np.unique(np.concatenate([first[kept], second[kept]]))
    marks = {at: marks_of(texts[at]) for at in ends.tolist()}
    triples = zip(first[kept].tolist(), second[kept].tolist(), shares[kept].tolist(), strict=True)
    known = known_names(texts)
    return [
        Pair(one, other, round(common, 3))
        for one, other, common in triples
        if not another_thing(marks[one], marks[other], common, known)
    ]


def groups(count: int, pairs: Sequence[Pair]) -> list[list[int]]:
    """Return what hangs together by *pairs* among *count* texts: groups of two or more, each sorted, by their first."""
    if not pairs:
        return []
    links = sparse.csr_matrix(
        (np.ones(len(pairs)), ([pair.first for pair in pairs], [pair.second for pair in pairs])),
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


def contained(rows: sparse.csr_matrix, holders: Counts, first: Rows, second: Rows) -> Shares:
    """Return how much of the shorter row of each pair, by weight of its shingles, is in the other."""
    rarity = np.log(rows.shape[0] / np.maximum(holders, 1)).astype(np.float32)
    weighed = sparse.csr_matrix((rarity[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
    whole = np.maximum(np.asarray(weighed.sum(1)).ravel(), 1e-6)
    common = [
        np.asarray(weighed[first[at : at + AT_ONCE]].multiply(rows[second[at : at + AT_ONCE]]).sum(1)).ravel()
        for at in range(0, len(first), AT_ONCE)
    ]
    both = np.concatenate([np.zeros(0, np.float32), *common])
    shares: Shares = (both / np.minimum(whole[first], whole[second])).astype(np.float32)
    return shares
