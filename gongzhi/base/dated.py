"""Legal values with the day they came into force and the article they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal

from typing_extensions import TypeVar

from gongzhi.base.declined import NotPossible, gettext_noop

Value = TypeVar("Value", default=int)

Source = Literal["F", "P", "configuration"]


@dataclass(frozen=True, slots=True)
class Since(Generic[Value]):
    """A value in force from a day on.

    ``basis`` names instrument and article. ``source`` says how well we know it: "F" the full text was read,
    "P" a published page reports it, "configuration" the user of the house decides.
    """

    day: date
    value: Value
    basis: str
    source: Source = "F"


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value through time, oldest first."""

    history: tuple[Since[Value], ...]

    def __post_init__(self) -> None:
        """Refuse a history that is empty, out of order, or gives two values for one day."""
        if not self.history:
            raise ValueError("a dated value needs at least one entry")
        days = [since.day for since in self.history]
        if any(later <= earlier for earlier, later in zip(days, days[1:], strict=False)):
            raise ValueError("entries of a dated value go from the oldest to the newest, one a day")
        if any(not since.basis.strip() for since in self.history):
            raise ValueError("an entry of a dated value names its basis")

    def at(self, day: date) -> Since[Value]:
        """Return the entry in force on a day, or decline when the rule did not exist yet."""
        for since in reversed(self.history):
            if since.day <= day:
                return since
        raise NotPossible(
            gettext_noop("%(day)s尚无可以适用的规定（%(basis)s自%(since)s起施行），请核对日期。"),
            day=day.isoformat(),
            basis=self.history[0].basis,
            since=self.history[0].day.isoformat(),
        )
