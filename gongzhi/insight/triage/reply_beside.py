"""The other messages an office has at hand: which of them a reply would fit best, were it written for one of those."""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from gongzhi.insight.triage.rarity import Rarity, runs, signs
from gongzhi.insight.triage.reply_features import Weighed

#: So many of the messages most like a reply are looked at closely; the rest share too little with it.
LOOKED_AT: Final = 4
#: A run that so many messages have says nothing of one of them, and would make a large file slow.
TOO_COMMON: Final = 200
#: Of which the answered message has so large a share of the runs, that is the same matter once more.
SAME: Final = 0.6


class AtHand:
    """Messages that are looked up by what they share with a reply, weighed by how rare it is."""

    def __init__(self, messages: Sequence[str], rarity: Rarity) -> None:
        """Keep the messages; a text given twice is one message."""
        self.rarity = rarity
        self._plain = [signs(text) for text in messages]
        self._where: dict[str, list[int]] = defaultdict(list)
        self._length: list[float] = []
        seen: set[str] = set()
        for place, plain in enumerate(self._plain):
            own = set() if plain in seen else runs(plain, 3)
            seen.add(plain)
            self._length.append(math.sqrt(sum(rarity.of(run) ** 2 for run in own)) or 1.0)
            for run in own:
                self._where[run].append(place)
        #: The message of a place, made ready to be compared.
        self.message = lru_cache(maxsize=1000)(lambda place: Weighed(messages[place], rarity))

    def like(self, reply: Weighed, message: Weighed) -> list[int]:
        """Return the places of the messages most like a reply, the nearest first; not the one it answers, nor that once more."""
        shared: dict[int, float] = defaultdict(float)
        for run in reply.read.of[3]:
            places = self._where.get(run, ())
            if len(places) <= TOO_COMMON:
                weight = self.rarity.of(run) ** 2
                for place in places:
                    shared[place] += weight
        alike = sorted(shared, key=lambda place: (-shared[place] / self._length[place], place))
        others = (place for place in alike if not self._is_same(place, message))
        return list(islice(others, LOOKED_AT))

    def _is_same(self, place: int, message: Weighed) -> bool:
        other = runs(self._plain[place], 3)
        return self._plain[place] == message.read.plain or len(other & message.read.of[3]) >= SAME * len(
            other
        )
