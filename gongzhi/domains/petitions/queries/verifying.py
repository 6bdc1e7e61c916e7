"""Whether an opinion that somebody holds in hand was issued here: by its number and its code, without a word of its content."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Verified:
    """What everybody may learn of an opinion: its number, who issued it and when."""

    number: str
    unit: str
    issued_on: date


def verified_opinion(number: str, code: str) -> Verified | None:
    """Return the opinion with this number and code; None when none such was issued.

    Asked past the second lock (migration 0002), because who holds the paper need not be who petitioned.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, unit, issued_on FROM petitions_verified(%s, %s)", [number, code])
        found = cursor.fetchone()
    return Verified(*found) if found else None
