"""How rare a run of signs is: counted in the texts at hand, and in our own texts where few are at hand."""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Final

#: So many texts of our own stand behind what is counted in the texts at hand; with thousands at hand they hardly weigh.
_BEHIND: Final = 30.0
#: How rare what stands in none of the texts is, however many they are: figures of small and of large files are comparable.
RAREST: Final = 7.0
_COMMON: Final = Path(__file__).with_name("common_pairs.json")
_NO_SIGN: Final = re.compile(r"[^\u4e00-\u9fffa-z0-9]+")


def signs(text: str) -> str:
    """Return a text in one width and case, with a blank for everything that is no sign, letter or digit."""
    return _NO_SIGN.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def runs(plain: str, length: int) -> set[str]:
    """Return the runs of so many signs in a text from `signs`; none reaches over a blank."""
    return {part[at : at + length] for part in plain.split() for at in range(len(part) - length + 1)}


class Rarity:
    """How rare runs of two to four signs are among texts: 0 in all of them, `RAREST` in none, by the logarithm of how many."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Count the texts at hand; a text given twice counts once."""
        self._counts: Counter[str] = Counter()
        self._asked: dict[str, float] = {}
        self._texts = 0
        for text in set(texts):
            plain = signs(text)
            self._texts += 1
            for length in (2, 3, 4):
                self._counts.update(runs(plain, length))
        self._share = _BEHIND / (_BEHIND + self._texts)
        self._unit = RAREST / math.log(self._texts + 1) if self._texts else 0.0

    def of(self, run: str) -> float:
        """Return how rare a run is, from 0 to `RAREST`."""
        found = self._asked.get(run)
        if found is None:
            found = self._asked[run] = self._found(run)
        return found

    def _found(self, run: str) -> float:
        known = self._unit * math.log((self._texts + 1) / (self._counts.get(run, 0) + 1))
        return (1 - self._share) * known + self._share * _of_ours(run)

    def total(self, found: Collection[str]) -> float:
        """Return the rarity of several runs together."""
        return sum(map(self.of, found))


def _of_ours(run: str) -> float:
    """Return how rare a run is in our own texts; a longer run is as rare as its rarest pair."""
    texts, counts = _ours()
    unit = RAREST / math.log(texts + 1)
    return max(
        unit * math.log((texts + 1) / (counts.get(run[at : at + 2], 0) + 1)) for at in range(len(run) - 1)
    )


@cache
def _ours() -> tuple[int, dict[str, int]]:
    kept = json.loads(_COMMON.read_text(encoding="utf-8"))
    return int(kept["texts"]), dict(kept["pairs"])
