"""Likely duplicates of one text among those on the shelf, each with how much is the same and the passage in common."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

import numpy as np

from gongzhi.insight.triage.duplicates import SHARE
from gongzhi.insight.triage.marks import another_thing, marks_of
from gongzhi.insight.triage.shelf import Shelf
from gongzhi.insight.triage.shingles import Hashes, shingles_of

#: So many candidates are read for each duplicate wanted.
LOOKED_AT: Final = 4

Read = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Likely:
    """A message that is likely the same matter: its number, the share of the shorter in the other, and what both say."""

    id: int
    share: float
    passage: str


def likely_duplicates(
    text: str, *, shelf: Shelf, region: str, since: datetime, limit: int, read: Read
) -> list[Likely]:
    """Return the messages of *region* since a moment that are likely the same matter as *text*, the likest first.

    *read* gives the texts of messages by their numbers, of those alone that the asker may read; the rest are left out. To link
    them is for a human; nothing is changed here.
    """
    found = shelf.candidates(text, region=region, since=since, most=limit * LOOKED_AT)
    texts = read([each.id for each in found])
    asked, here = shingles_of(text), marks_of(text)
    likely: list[tuple[float, int]] = []
    for each in found:
        if each.id not in texts:
            continue
        share = share_in_common(asked, shingles_of(texts[each.id]), shelf)
        if share >= SHARE:
            there = marks_of(texts[each.id])
            known = known_on(shelf, {*here.sites, *here.districts, *there.sites, *there.districts})
            if not another_thing(here, there, share, known):
                likely.append((share, each.id))
    best = sorted(likely, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return [Likely(one, round(share, 3), passage_in_common(text, texts[one])) for share, one in best]


def known_on(shelf: Shelf, names: Iterable[str]) -> frozenset[str]:
    """Return which names others on the shelf write too, or hold a number; any other may be a slip of the pen."""
    return frozenset(
        name
        for name in names
        if (shelf.holders[shingles_of(name)] > 1).all() or any(sign.isdigit() for sign in name)
    )


def share_in_common(one: Hashes, other: Hashes, shelf: Shelf) -> float:
    """Return how much of the text with less in it, rare shingles counting more, stands in the other: 0 to 1."""
    whole = min(_weight(one, shelf), _weight(other, shelf))
    return _weight(np.intersect1d(one, other, assume_unique=True), shelf) / whole if whole else 0.0


def _weight(shingles: Hashes, shelf: Shelf) -> float:
    rarity = np.log((len(shelf) + 1) / (shelf.holders[shingles].astype(np.float32) + 0.5))
    return float(rarity.clip(min=0).sum())


def passage_in_common(one: str, other: str) -> str:
    """Return the longest run of signs that stands in both, as it is written in *other*."""
    same = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return other[same.b : same.b + same.size].strip("，。！？；、 \n")
