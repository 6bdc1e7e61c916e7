"""The names by which people call the province's cities, counties, townships and villages, with the codes each may mean."""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from gongzhi.base.regioncodes import LENGTHS, level_of

#: Names before a change, and the code that has the place now (year of the approval by the State Council).
OLD_NAMES: Final[Mapping[str, str]] = {
    "开封县": "410212",  # 2014, 祥符区
    "陕县": "411203",  # 2015, 陕州区
    "许昌县": "411003",  # 2016, 建安区
    "长垣县": "410783",  # 2019, 长垣市
    "淮阳县": "411603",  # 2019, 淮阳区
    "偃师市": "410307",  # 2021, 偃师区
    "孟津县": "410308",  # 2021, 孟津区
    "吉利区": "410308",  # 2021, became part of 孟津区
}
#: Names that are words of their own as soon as 县 or 市 is left out.
_WORDS: Final = frozenset(
    {"民权", "博爱", "永城", "光山", "方城", "正阳", "新安", "商城", "南乐", "镇平", "内黄"}
)
_COMMITTEE: Final = re.compile(
    r"(?:社区居?(?:民?委员?会)?|村?(?:民委员会|民委会|委会)|(?:居民?)?委员?会|村|居)$"
)
_FILE: Final = files("gongzhi.kernel.organisations") / "data" / "henan_divisions.csv.gz"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names and what they may mean: `by_name` gives codes, `names` the full name of a code.

    `lengths` gives the lengths, longest first, of the names that end with the same three signs (two for a name of two).
    """

    by_name: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    bare: re.Pattern[str]
    lengths: Mapping[str, tuple[int, ...]]

    def ending_at(self, text: str, end: int) -> list[str]:
        """Return the names that end at a place of a text, the longest first."""
        lengths = (*self.lengths.get(text[max(0, end - 3) : end], ()), 2)
        return [
            name for length in lengths if length <= end and (name := text[end - length : end]) in self.by_name
        ]


@cache
def gazetteer() -> Gazetteer:
    """Read the divisions that come with the package, once."""
    meant: dict[str, list[str]] = defaultdict(list)
    names, bare = {}, set()
    for code, name in _rows():
        names[code] = name
        for called in _called(code, name):
            meant[called].append(code)
            if len(code) <= 6 and called[-1] not in "省市区县":
                bare.add(called)
    for old, code in OLD_NAMES.items():
        meant[old].append(code)
    by_name = {
        called: tuple(sorted(set(codes), key=lambda code: (len(code), code)))
        for called, codes in meant.items()
    }
    lengths: dict[str, set[int]] = defaultdict(set)
    for called in by_name:
        lengths[called[-3:]].add(len(called))
    ordered = {ending: tuple(sorted(each, reverse=True)) for ending, each in lengths.items()}
    return Gazetteer(by_name, names, _any_of(bare), ordered)


def _rows() -> list[tuple[str, str]]:
    """Return codes of the house (2-4-6-9-12 digits) with names."""
    with _FILE.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8", newline="") as file:
        return [(row["code"][: LENGTHS[int(row["level"]) - 1]], row["name"]) for row in csv.DictReader(file)]


def _called(code: str, name: str) -> set[str]:
    """Return how people call a place, its full name among it."""
    level = level_of(code)
    called = {name}
    if level <= 3 and name[-1] in "省市县" and len(name) > 2 and name[:-1] not in _WORDS:
        called.add(name[:-1])
    if level == 4:
        plain = name.removesuffix("街道办事处").removesuffix("街道")
        if plain != name:
            called |= {f"{plain}街道", f"{plain}街道办", f"{plain}街道办事处", f"{plain}办事处"}
        else:
            called.add(f"{name}政府")
    if level == 5:
        plain = _COMMITTEE.sub("", name)
        if len(plain) >= 2:
            called |= {f"{plain}社区"} if "社区" in name else {f"{plain}村", f"{plain}村委会"}
            called |= {f"{plain}社区", f"{plain}居委会"} if "居" in name else set()
            called |= {plain} if plain[-1] == "村" else set()
    return called


def _any_of(names: set[str]) -> re.Pattern[str]:
    """Return a pattern of names, longest first, entered only at a sign with which one begins."""
    firsts = "".join(sorted({name[0] for name in names}))
    return re.compile(f"(?=[{firsts}])(?:{'|'.join(sorted(names, key=lambda name: (-len(name), name)))})")
