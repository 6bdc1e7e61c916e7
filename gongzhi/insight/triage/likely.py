"""Likely duplicates of one text among those on the shelf, each with how much is the same and the passage in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from gongzhi.insight.triage.duplicates import SHARE
from gongzhi.insight.triage.marks import another_thing, known_among, marks_of
from gongzhi.insight.triage.shelf import Holding, Shelf
from gongzhi.insight.triage.shingles import AROUND, Hashes, shingles_of

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

    The index knows numbers of messages and nobody's rights. *read* is how the asker's right comes in: it is given numbers and
    returns the texts of those alone that the asker may read (a query within their reach, behind the second lock); of the
    rest nothing is named, not even that they are there. To link them is for a human; nothing is changed here.
    """
    found = shelf.candidates(text, region=region, since=since, most=limit * LOOKED_AT)
    texts, holding = read([each.id for each in found]), shelf.holding()
    asked, here = shingles_of(text, AROUND), marks_of(text)
    likely: list[tuple[float, int]] = []
    for each in found:
        if each.id not in texts:
            continue
        share = share_in_common(asked, shingles_of(texts[each.id], AROUND), holding)
        if share >= SHARE:
            there = marks_of(texts[each.id])
            if not another_thing(here, there, share, known_among((here, there), holding.neighbours)):
                likely.append((share, each.id))
    best = sorted(likely, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return [Likely(one, round(share, 3), passage_in_common(text, texts[one])) for share, one in best]


def share_in_common(one: Hashes, other: Hashes, holding: Holding) -> float:
    """Return how much of the text with less in it, rare signs counting more, stands in the other: 0 to 1."""
    whole = min(_weight(one, holding), _weight(other, holding))
    return _weight(np.intersect1d(one, other, assume_unique=True), holding) / whole if whole else 0.0


def _weight(shingles: Hashes, holding: Holding) -> float:
    rarity = np.log((holding.count + 1) / (holding.around[shingles].astype(np.float32) + 0.5))
    return float(rarity.clip(min=0).sum())


def passage_in_common(one: str, other: str) -> str:
    """Return the longest run of signs that stands in both, as it is written in *other*."""
    found = ""
    for at in range(len(other)):
        longer = other[at : at + len(found) + 1]
        while len(longer) > len(found) and longer in one:
            found, longer = longer, other[at : at + len(longer) + 1]
    return found.strip("，。！？；、 \n")
