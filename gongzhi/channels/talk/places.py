"""The place that words name, among the counties and townships of a city: old people write 城关镇, not a code."""

from collections.abc import Sequence
from typing import Final

from gongzhi.kernel.organisations.regions import children_of

ENDINGS: Final = ("街道办事处", "街道", "地区", "县", "市", "区", "镇", "乡")
SHORTEST: Final = 2


def place_in(words: str, region_code: str) -> str:
    """Return the code of the county or township that *words* name within a region; empty when it is not clear.

    A township's whole name is enough where only one bears it. Nothing is guessed: two that fit equally are none.
    """
    if len(region_code) >= 6:
        return _one(words, children_of(region_code)) or region_code
    counties = children_of(region_code)
    if county := _one(words, counties):
        return _one(words, children_of(county)) or county
    return _one(words, [one for code, _name in counties for one in children_of(code)], whole=True)


def _one(words: str, places: Sequence[tuple[str, str]], *, whole: bool = False) -> str:
    """Return the only place that is named; a longer name outweighs a shorter one that it contains."""
    named = [(length, code) for code, name in places if (length := _length(words, name, whole=whole))]
    longest = max((length for length, _code in named), default=0)
    found = [code for length, code in named if length == longest]
    return found[0] if len(found) == 1 else ""


def _length(words: str, name: str, *, whole: bool) -> int:
    """Return how much of a name stands in the words: all of it, or all before its ending; 0 when it does not."""
    if name in words:
        return len(name)
    short = next((name.removesuffix(end) for end in ENDINGS if name.endswith(end)), name)
    return len(short) if not whole and len(short) >= SHORTEST and short in words else 0
