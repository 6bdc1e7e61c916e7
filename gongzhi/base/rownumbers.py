"""Numbers of rows as addresses and forms give them back; those of cases have nineteen digits."""

from typing import Final

BIGGEST: Final = 2**63 - 1  # what a column for numbers of rows holds


def row_number(text: str) -> int | None:
    """Return the number of a row that *text* names; None for what is none, or is larger than any."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    return number if number is not None and number <= BIGGEST else None
