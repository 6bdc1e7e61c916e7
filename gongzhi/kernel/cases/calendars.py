"""The calendar in force: the announced years shipped with the code, replaced by those an administrator entered."""

import time

from gongzhi.base.calendar import Calendar, official
from gongzhi.base.yearnotices import YearNotice
from gongzhi.kernel.cases.models import CalendarYear

FRESH_FOR = 60.0  # seconds; other processes learn of a new year within this time
_held: tuple[float, Calendar] | None = None


def calendar_in_force() -> Calendar:
    """Return the calendar by which periods are counted now."""
    global _held
    if _held is None or time.monotonic() - _held[0] > FRESH_FOR:
        entered = {row.year: _notice(row) for row in CalendarYear.objects.all()}
        _held = (time.monotonic(), official().with_years(entered) if entered else official())
    return _held[1]


def forget_calendar() -> None:
    """Read the entered years again at the next question, as after an administrator saved one."""
    global _held
    _held = None


def _notice(row: CalendarYear) -> YearNotice:
    return YearNotice(
        year=row.year,
        days_off=frozenset(row.days_off),
        worked_weekends=frozenset(row.worked_weekends),
        reference=row.notice,
    )
