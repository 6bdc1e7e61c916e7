"""Numbers of printed forms: each sheet of paper has its own, with a check sign, so that it is taken into the system once."""

import secrets
import unicodedata
import uuid
from typing import Final

SIGNS: Final = (
    "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L, O: copied by hand where nothing can scan
)
DRAWN: Final = 11


def new_form_number() -> str:
    """Return a number that no other sheet bears: eleven signs drawn at random and a check sign."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(DRAWN))
    return drawn + _check_sign(drawn)


def read_form_number(typed: str) -> str:
    """Return the number as it is kept, however it was copied; raise ValueError for what no sheet bears."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    number = "".join(sign for sign in plain if sign not in " -")
    if len(number) != DRAWN + 1 or set(number) - set(SIGNS) or _check_sign(number[:DRAWN]) != number[-1]:
        raise ValueError("no sheet bears this number")
    return number


def shown_form_number(number: str) -> str:
    """Write a number in groups of four, as it is printed."""
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))


def form_key(number: str) -> str:
    """Return the idempotency key of a sheet: the same for whoever enters it."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"form:{number}"))


def _check_sign(drawn: str) -> str:
    """Weighted sum modulo a prime: one wrong sign and two signs exchanged are found."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(drawn, start=1))
    return SIGNS[total % len(SIGNS)]
