"""Phone numbers of mainland China as people type them, and as they are kept: digits without the country's prefix."""

import re
import unicodedata
from typing import Final

MOBILE: Final = re.compile("1[3-9][0-9]{9}")
PHONE: Final = re.compile(f"{MOBILE.pattern}|0[0-9]{{2,3}}[0-9]{{7,8}}")
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
