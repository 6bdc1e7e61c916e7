"""Replies copied from one matter to another: near-identical words for what differs (答复照抄).

The words are stripped of what is of the one matter (numbers, dates, how people are addressed) and cut into triples of signs.
Triples that many units use are legal wording and politeness, and do not count. What is left is compared by MinHash signatures
(Broder 1997) in bands, so that the time grows with the number of replies, not with their pairs; each likeness is then
computed exactly.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.insight.integrity.facts import Reply, Suspicion, happenings

COPIED_REPLIES: Final = "copied_replies"
#: So much of two replies' own words is the same (Jaccard). Where each copy has a fifth of its phrases of its own it is about this.
ALIKE: Final = 0.4
#: A reply with fewer triples of its own says too little to tell.
FEWEST_TRIPLES: Final = 15
#: Triples that so many units, or this share of them, use are common wording.
COMMON_UNITS, COMMON_SHARE = 4, 0.1
#: For so many happenings the same words are named.
FEWEST_HAPPENINGS: Final = 5

BANDS, ROWS = 30, 3
_PRIME: Final = np.uint64((1 << 61) - 1)
_OWN: Final = re.compile(
    r"\d{6}-\d{7}|[一二三四五六七八九十零〇两]+(?=[年月日时点分天件户米处个名])|[0-9０-９A-Za-z]+"
    r"|[\u4e00-\u9fff×*]{1,3}(?:先生|女士|同志|大爷|大妈|师傅|老师)"
)
_SIGNS: Final = re.compile(r"[^\u4e00-\u9fff]+")

Hashes = npt.NDArray[np.uint64]


def copied_replies(replies: Iterable[Reply]) -> list[Suspicion]:
    """Return the units that answered matters which differ in the same words, one suspicion for each text.

    The same words are right for one happening told by many, for matters answered together on purpose, and for an explanation
    of the same rule to several (「已解释」 of one kind of matter): none of these counts. That something was solved, in the
    same words at several places, does; so does one text for several kinds of matters.
    """
    told = [(one, triples(one.text)) for one in replies]
    common = _common(told)
    by_unit: dict[int, list[tuple[Reply, Hashes]]] = defaultdict(list)
    for one, words in told:
        own = np.setdiff1d(words, common, assume_unique=True)
        if own.size >= FEWEST_TRIPLES:
            by_unit[one.matter.unit].append((one, own))
    found = []
    for unit, own_words in sorted(by_unit.items()):
        for group in _groups([own for _reply, own in own_words]):
            copies = [own_words[place][0] for place in group]
            if (number := different(copies)) >= FEWEST_HAPPENINGS:
                cases = tuple(sorted({one.matter.case for one in copies}))
                figures = {"hits": len(cases), "different": number}
                found.append(Suspicion(kind=COPIED_REPLIES, unit=unit, cases=cases, figures=figures))
    return found


def different(copies: Sequence[Reply]) -> int:
    """Return how many happenings are answered in the same words, as far as these should have words of their own."""
    once = {one.act: one for one in copies}.values()
    solved = [one.matter for one in once if one.outcome == "solved"]
    others = [one.matter for one in once if one.outcome != "solved"]
    return max(happenings(solved), happenings([*solved, *others], by_place=False))


def plain(text: str) -> str:
    """Return the signs of a text without numbers, dates, names with how they are addressed, and punctuation."""
    return _SIGNS.sub("", _OWN.sub("", text))


def triples(text: str) -> Hashes:
    """Return the distinct triples of signs of a text, as sorted numbers of 32 bits."""
    signs = plain(text)
    parts = {signs[at : at + 3] for at in range(len(signs) - 2)}
    return np.array(sorted(zlib.crc32(part.encode()) for part in parts), dtype=np.uint64)


def _common(told: Iterable[tuple[Reply, Hashes]]) -> Hashes:
    """Return the triples that many units use."""
    by_unit: dict[int, list[Hashes]] = defaultdict(list)
    for one, words in told:
        by_unit[one.matter.unit].append(words)
    used = [np.unique(np.concatenate(parts)) for parts in by_unit.values()]
    if not used:
        return np.array([], dtype=np.uint64)
    values, counts = np.unique(np.concatenate(used), return_counts=True)
    return values[counts >= max(COMMON_UNITS, COMMON_SHARE * len(used))]


def _groups(sets: Sequence[Hashes]) -> Iterator[list[int]]:
    """Yield groups of alike sets, by their places.

    In each band a set is compared with the first and the last that share its mark there, with no others: the time is linear.
    """
    leader = list(range(len(sets)))

    def root(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    marked: dict[tuple[int, bytes], tuple[int, int]] = {}
    for place, own in enumerate(sets):
        for band, mark in enumerate(_bands(own)):
            first, last = marked.get((band, mark), (place, place))
            marked[band, mark] = first, place
            for other in {first, last}:
                if root(other) != root(place) and likeness(sets[other], own) >= ALIKE:
                    leader[root(place)] = root(other)
    together: dict[int, list[int]] = defaultdict(list)
    for place in range(len(sets)):
        together[root(place)].append(place)
    yield from (group for group in together.values() if len(group) > 1)


def likeness(one: Hashes, other: Hashes) -> float:
    """Return the Jaccard likeness of two sets of distinct numbers."""
    both = np.intersect1d(one, other, assume_unique=True).size
    return float(both / (one.size + other.size - both))


def _bands(own: Hashes) -> Iterator[bytes]:
    signature = ((_FACTORS[:, None] * own[None, :] + _ADDED[:, None]) % _PRIME).min(axis=1)
    for band in range(BANDS):
        yield signature[band * ROWS : (band + 1) * ROWS].tobytes()


def _numbers(seed: int, most: int) -> Hashes:
    return np.random.default_rng(seed).integers(1, most, BANDS * ROWS, dtype=np.uint64)


# Factors below 2**28 keep the product with 32 bits inside 61.
_FACTORS: Final = _numbers(1, 1 << 28)
_ADDED: Final = _numbers(2, 1 << 60)
