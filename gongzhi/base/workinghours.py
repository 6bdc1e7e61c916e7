"""The hours of a day in which offices work, for periods counted in working hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

#: The usual hours of public offices: morning and afternoon. A city with other hours brings its own table.
USUAL_PERIODS = ((time(8, 30), time(12, 0)), (time(14, 30), time(18, 0)))


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The opening periods of every working day, in order, wall-clock time."""

    periods: tuple[tuple[time, time], ...] = USUAL_PERIODS

    def __post_init__(self) -> None:
        """Refuse a table that is empty, out of order or overlapping."""
        if not self.periods:
            raise ValueError("a working day has at least one period")
        edges = [edge for period in self.periods for edge in period]
        if any(later <= earlier for earlier, later in zip(edges, edges[1:], strict=False)):
            raise ValueError("working periods go forward through the day without overlap")

    def on(self, day: date, zone: tzinfo) -> tuple[tuple[datetime, datetime], ...]:
        """Return the periods of one working day as moments."""
        return tuple(
            (datetime.combine(day, opens, zone), datetime.combine(day, closes, zone))
            for opens, closes in self.periods
        )
