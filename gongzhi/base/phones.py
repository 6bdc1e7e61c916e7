"""Phone numbers of mainland China as people type them, and as they are kept: digits without the country's prefix."""

import re
import unicodedata
from typing import Final

MOBILE: Final = re.compile("1[3-9][0-9]{9}")
PHONE: Final = re.compile(f"{MOBILE.pattern}|0[0-9]{{2,3}}[0-9]{{7,8}}")
_AREA: Final = "0(?:10|2[0-9]|[3-9][0-9]{2})"
_LINE: Final = re.compile(rf"(?<![0-9])(?:({_AREA})\)?[ -]?)?([2-8][0-9]{{6,7}})(?![0-9])")
_COUNTRY: Final = re.compile(r"^(?:\+86|0086|86(?=1[0-9]{10}$))")


def plain_phone(text: str) -> str:
    """Return a phone number as it is kept, whatever stands between its digits."""
    return without_country(re.sub("[^0-9+]", "", unicodedata.normalize("NFKC", text))).replace("+", "")


def without_country(number: str) -> str:
    """Return a number without blanks as it is dialled inside the country: +8613800001234 is 13800001234."""
    return _COUNTRY.sub("", number)


def is_mobile(phone: str) -> bool:
    """Say whether a number as kept is a mobile one: only those receive text messages."""
    return bool(MOBILE.fullmatch(phone))


def is_phone(phone: str) -> bool:
    """Say whether a number as kept can be called: a mobile one, or a landline with its area code."""
    return bool(PHONE.fullmatch(phone))


def landlines_in(text: str, area: str = "") -> list[str]:
    """Return the landlines that a short entry of a list tells, as they are kept; without an area code they have that of the one before, or *area*."""
    found: list[str] = []
    for code, number in _LINE.findall(unicodedata.normalize("NFKC", text)):
        area = code or area
        if area:
            found.append(area + number)
    return found


def area_code(line: str) -> str:
    """Return the area code of a landline as kept; empty where it is none."""
    found = re.match(_AREA, line)
    return found[0] if found else ""
