"""How names are compared that people write: whatever stands between their signs, and however wide those are."""

import unicodedata
from typing import Final

#: 买买提·艾力 is written with a dot, with another one, or without.
DOTS: Final = "·•‧・"


def without_gaps(text: str) -> str:
    """Return words in one width and case, without blanks, signs that are not seen, and the dots within names."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign)[0] not in "ZC" and sign not in DOTS
    ).casefold()


def stand_in(words: str, *names: str, shortest: int = 2) -> bool:
    """Say whether one of the names, of so many signs at least, stands in the words."""
    said = without_gaps(words)
    return any(len(name) >= shortest and name in said for name in map(without_gaps, names))
