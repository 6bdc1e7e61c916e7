"""The State Council's yearly holiday notices: which days are off and which weekend days are worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("holidays")

SATURDAY = 5

#: Statutory holidays bound to a day of the solar calendar (month, day): 全国年节及纪念日放假办法 (2024) art. 2.
#: Those of the lunar calendar and Qingming are left to the notice, so a year without notice stays a guess.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What one yearly notice says; every day lies in ``year``.

    ``announced`` is False for a guess made before the notice is out: what is counted with it is provisional.
    """

    year: int
    days_off: frozenset[date]
    worked_weekends: frozenset[date]
    reference: str
    announced: bool = True

    def __post_init__(self) -> None:
        """Refuse days of another year, days both off and worked, and worked days that are no weekend."""
        if any(day.year != self.year for day in self.days_off | self.worked_weekends):
            raise ValueError(f"the notice for {self.year} holds days of another year")
        if self.days_off & self.worked_weekends:
            raise ValueError(f"the notice for {self.year} has days both off and worked")
        if any(day.weekday() < SATURDAY for day in self.worked_weekends):
            raise ValueError(f"the notice for {self.year} has a worked weekend that is a weekday")

    def is_working(self, day: date) -> bool:
        """Say whether offices work on this day of the year."""
        return day in self.worked_weekends or (day.weekday() < SATURDAY and day not in self.days_off)


def guessed(year: int) -> YearNotice:
    """Return the best guess for a year without notice: weekends and the holidays fixed in the solar calendar."""
    return YearNotice(
        year=year,
        days_off=frozenset(date(year, month, day) for month, day in FIXED_HOLIDAYS),
        worked_weekends=frozenset(),
        reference="尚未公布，暂按周末和固定日期的法定节日推算",
        announced=False,
    )


def read_notice(entry: Mapping[str, Any]) -> YearNotice:
    """Read one notice from its data form, that of the files in ``holidays/``."""
    days_off: set[date] = set()
    for holiday in entry["holidays"]:
        first, last = holiday["first"], holiday["last"]
        if last < first:
            raise ValueError(f"{holiday['name']} of {entry['year']} ends before it begins")
        days_off.update(first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return YearNotice(
        year=entry["year"],
        days_off=frozenset(days_off),
        worked_weekends=frozenset(entry["worked_weekends"]),
        reference=entry["notice"],
    )


def announced_years() -> Mapping[int, YearNotice]:
    """Return every notice kept with the source, by year."""
    notices: dict[int, YearNotice] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        notice = read_notice(yaml.safe_load(path.read_text(encoding="utf-8")))
        if path.stem != str(notice.year):
            raise ValueError(f"{path.name} holds the notice for {notice.year}")
        notices[notice.year] = notice
    return MappingProxyType(notices)
