"""What the detectors read and return: plain rows about matters and units, nothing about who anybody is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

#: Matters of one kind in one place within this time are one happening, such as an outage reported by many.
SAME_HAPPENING: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter as far as it tells whether two are the same; `case` is the main one of a family of parts."""

    case: int
    unit: int
    category: int | None
    region_code: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """An answer that stopped a statutory clock; `period` names clock and length, `left` the hours up to its end."""

    case: int
    unit: int
    period: str
    left: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a unit answered. Replies of one `act` were sent together, to matters linked on purpose."""

    matter: Matter
    text: str
    outcome: str
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture that an office filed: the hash of its content, and its fingerprint ("" where it shows too little)."""

    matter: Matter
    sha256: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating a person filed themselves, and whether it came from an office."""

    case: int
    unit: int
    from_office: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """Something about a unit that a human should look into, with the matters and the figures that say why."""

    kind: str
    unit: int
    cases: tuple[int, ...]
    figures: Mapping[str, float] = field(default_factory=dict)


def happenings(matters: Iterable[Matter], *, by_place: bool = True) -> int:
    """Return how many different happenings some matters tell of.

    One happening: the same kind in the same place, each within `SAME_HAPPENING` of the one before. Without *by_place* all
    matters of one kind count as one, however far apart.
    """
    seen: dict[tuple[int | None, str], datetime] = {}
    number = 0
    for one in sorted(matters, key=lambda matter: matter.at):
        key = (one.category, one.region_code if by_place else "")
        if key not in seen or (by_place and one.at - seen[key] > SAME_HAPPENING):
            number += 1
        seen[key] = one.at
    return number
