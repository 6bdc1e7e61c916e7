"""How likely two messages are about the same happening: by their words, by what their titles name, and by the places they name."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gongzhi.insight.triage.places import Stated, apart
from gongzhi.insight.triage.wording import SHORTEST_IN_COMMON, Numbers, Wording

Rows = npt.NDArray[np.int64]
Shares = npt.NDArray[np.floating[Any]]
Pairs = tuple[Rows, Rows, Numbers]

#: What words, what titles speak of, and the best name in common contribute; together 1. In the middle of where all weights do
#: about equally well: a little more or less of any changes little.
WORDS, TITLES, NAME = 0.62, 0.14, 0.24
#: Messages with less of their words in common are compared only when they share a name.
FEWEST_WORDS: Final = 0.1
#: A name in common with few words in common is a place that many matters have: below `FEW_WORDS` likeness falls, to `NAME_ALONE` of
#: itself where no word is shared. With 0.16 and 0.24, or 0.6 and 0.8, events are found as well within 0.01.
FEW_WORDS, NAME_ALONE = 0.2, 0.7
#: Messages about different districts are so much less alike; copies of one text about different sites even less.
OTHER_DISTRICT, OTHER_SITE = 0.5, 0.25
#: Two messages with so much of their words in common may be copies of one text.
COPIED: Final = 0.6
#: A name that more messages have, or more than this share, is no name to find others by.
MOST_HOLDERS, MOST_SHARE = 80, 0.005
AT_ONCE: Final = 2_000


def alike(wording: Wording) -> Pairs:
    """Return pairs of rows (first < second) that have something in common, with their likeness, 0 to 1."""
    names = names_in_common(wording)
    candidates = (_by_words(wording.words) + names).tocoo()
    upper = candidates.row < candidates.col
    one, other = candidates.row[upper].astype(np.int64), candidates.col[upper].astype(np.int64)
    likeness = np.concatenate(
        [
            _likeness(wording, names, one[at : at + 50 * AT_ONCE], other[at : at + 50 * AT_ONCE])
            for at in range(0, len(one), 50 * AT_ONCE)
        ]
        or [np.zeros(0, dtype=np.float32)]
    )
    return one, other, likeness


def names_in_common(wording: Wording) -> sparse.csr_matrix:
    """Return how much the best name weighs that one title gives and the other message has, the mean of both ways."""
    count = wording.titled.shape[0]
    holders = np.asarray(wording.said.sum(0)).ravel()
    long_enough = np.array([len(name) >= SHORTEST_IN_COMMON for name in wording.names], dtype=bool)
    most = max(MOST_HOLDERS, count * MOST_SHARE)
    kept = np.flatnonzero(long_enough & (holders <= most) & (holders > 1))
    titled, said = wording.titled.tocsc(), wording.said.tocsc()
    ones, others, weights = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for name in kept:
        heads = titled.indices[titled.indptr[name] : titled.indptr[name + 1]]
        all_of = said.indices[said.indptr[name] : said.indptr[name + 1]]
        ones.append(np.repeat(heads, len(all_of)).astype(np.int64))
        others.append(np.tile(all_of, len(heads)).astype(np.int64))
        weights.append(np.full(len(heads) * len(all_of), wording.weights[name] ** 2, np.float32))
    key, weight = np.concatenate(ones) * count + np.concatenate(others), np.concatenate(weights)
    order = np.lexsort((weight, key))
    key, weight = key[order], weight[order]
    best = np.append(key[1:] != key[:-1], True) if len(key) else np.zeros(0, bool)
    key, weight = key[best], weight[best]
    there = sparse.csr_matrix((weight, (key // count, key % count)), shape=(count, count))
    return ((there + there.T) / 2).tocsr()


def _by_words(words: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the cosine of all pairs of rows that reach `FEWEST_WORDS`."""
    found = []
    for at in range(0, words.shape[0], AT_ONCE):
        block = (words[at : at + AT_ONCE] @ words.T).tocsr()
        block.data[block.data < FEWEST_WORDS] = 0
        block.eliminate_zeros()
        found.append(block)
    return sparse.vstack(found).tocsr()


def _likeness(wording: Wording, names: sparse.csr_matrix, one: Rows, other: Rows) -> Numbers:
    words = _dots(wording.words, wording.words, one, other)
    heavy = wording.titled @ sparse.diags(wording.weights)
    whole = np.maximum(np.asarray(heavy.sum(1)).ravel(), 1e-6)
    there = _dots(heavy, wording.said, one, other) / whole[one]
    back = _dots(heavy, wording.said, other, one) / whole[other]
    name = np.asarray(names[one.copy(), other.copy()]).ravel()
    mixed = mixture(words, np.sqrt(there * back), name)
    mixed[_apart(wording.districts, one, other)] *= OTHER_DISTRICT
    mixed[(words > COPIED) & _apart(wording.sites, one, other)] *= OTHER_SITE
    return mixed


def mixture(words: Shares, titles: Shares, name: Shares) -> Numbers:
    """Return the likeness of pairs by their words, by what their titles speak of, and by the best name in common, each 0 to 1."""
    shared = NAME_ALONE + (1 - NAME_ALONE) * np.minimum(words / FEW_WORDS, 1)
    mixed: Numbers = ((WORDS * words + TITLES * titles + NAME * name) * shared).astype(np.float32)
    return mixed


def _apart(stated: Sequence[Stated], one: Rows, other: Rows) -> npt.NDArray[np.bool_]:
    return np.fromiter(
        (
            apart(stated[first], stated[second])
            for first, second in zip(one.tolist(), other.tolist(), strict=True)
        ),
        bool,
        len(one),
    )


def _dots(left: sparse.csr_matrix, right: sparse.csr_matrix, rows: Rows, columns: Rows) -> Numbers:
    dots: Numbers = np.asarray(left[rows].multiply(right[columns]).sum(1)).ravel()
    return dots
