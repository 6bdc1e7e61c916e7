"""Whether two nearly equal texts are about different things after all: another road, estate, bus line, building number."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.insight.triage.places import districts_in, sites_in
from gongzhi.insight.triage.shingles import shingles_of

#: From so much in common on, what still differs is what the texts are about.
NEARLY_EQUAL: Final = 0.5
#: Texts with so many numbers in common are about the same, though each has some of its own.
MOST_NUMBERS: Final = 4
_NUMBER: Final = re.compile(r"[0-9]+|[零〇一二三四五六七八九十百]{2,}")
#: A number in words has so many signs, or 十 or 百; less may be a slip.
_FEWEST_SIGNS: Final = 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a text from a copy about something else; each site and district with how often it is named."""

    sites: Mapping[str, int]
    districts: Mapping[str, int]
    numbers: frozenset[str]


def marks_of(text: str) -> Marks:
    """Read the marks of a text."""
    return Marks(Counter(sites_in(text)), Counter(districts_in(text)), numbers_of(text))


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Return the sites and districts that two texts or more name; what one alone names may be a slip of the pen."""
    holders = Counter(name for text in texts for name in {*sites_in(text), *districts_in(text)})
    return frozenset(name for name, count in holders.items() if count > 1)


def known_among(marks: Iterable[Marks], holders: npt.NDArray[np.integer]) -> frozenset[str]:
    """Return which names in *marks* other texts write too, or hold a number; *holders* says how many texts have each shingle."""
    names = {name for each in marks for name in (*each.sites, *each.districts)}
    return frozenset(
        name
        for name in names
        if any(sign.isdigit() for sign in name) or (holders[shingles_of(name)] > 1).all()
    )


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers in a text in digits, however they are written: 十二栋 and 12栋 give 12."""
    found = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return frozenset(
        str(_value(each))
        for each in found
        if each.isascii() or len(each) >= _FEWEST_SIGNS or set(each) & set("十百")
    )


def another_thing(one: Marks, other: Marks, common: float, known: Container[str]) -> bool:
    """Say that two texts, with the share *common* of one in the other, are about different things.

    Only *known* names and names said twice are believed, since a slip of the pen also makes a name; where the texts have the name of
    a site in common, only names said twice.
    """
    nearly_equal = common >= NEARLY_EQUAL
    in_common = _believed(one.sites, known) & _believed(other.sites, known)
    if any(not any(sign.isdigit() for sign in site) for site in in_common):
        known = ()
    districts = _believed(one.districts, known), _believed(other.districts, known)
    if all(districts) and not districts[0] & districts[1]:
        return True
    sites = _believed(one.sites, known), _believed(other.sites, known)
    if _have_different_sites(*sites, slips=not nearly_equal):
        return True
    here, there = _unexplained(one.numbers, other.numbers), _unexplained(other.numbers, one.numbers)
    return nearly_equal and bool(here and there) and len(one.numbers & other.numbers) < MOST_NUMBERS


def _unexplained(numbers: Collection[str], others: Collection[str]) -> set[str]:
    """Return numbers that the other text has not, nor run together: 2017 and 7 become 20177 when the sign between is lost."""
    runs = {one + other for one in numbers for other in numbers} & set(others)
    whole = {one + other for one in others for other in others}
    return {
        each
        for each in numbers
        if each not in others
        and each not in whole
        and not any(run.startswith(each) or run.endswith(each) for run in runs)
    }


def _believed(names: Mapping[str, int], known: Container[str]) -> set[str]:
    return {name for name, count in names.items() if count > 1 or name in known}


def _have_different_sites(one: set[str], other: set[str], *, slips: bool) -> bool:
    """Say that of some kind of site both name some, and none in common; with *slips*, a name may differ by one sign."""
    kinds = {site[-1] for site in one} & {site[-1] for site in other}
    return any(
        not any(
            a == b or (slips and len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1)
            for a in one
            if a[-1] == kind
            for b in other
        )
        for kind in kinds
    )


def _value(found: str) -> int:
    """Read 12, 十二, 一百零五 or, sign by sign, 二〇一九."""
    if found[0] in "0123456789":
        return int(found)
    digits = ["〇一二三四五六七八九".find(sign) for sign in found.replace("零", "〇")]
    if not set(found) & set("十百"):
        return int("".join(str(digit) for digit in digits))
    total = digit = 0
    for sign, value in zip(found, digits, strict=True):
        if value >= 0:
            digit = value
        else:
            total += max(digit, 1) * (10 if sign == "十" else 100)
            digit = 0
    return total + digit
