"""Lawful counting of periods: when one that begins now ends, on calendar days, working days, hours or months.

Days begin and end in China Standard Time. A period counted in days or longer does not count its first day
(民法典 art. 201) and ends at 24:00 of its last day (art. 203), which we write as the last microsecond of that day:
``now > due.at`` is late, and the day shown is the day meant. A period counted in hours runs from the stated time.
"""

from __future__ import annotations

import enum
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from gongzhi.base.workinghours import WorkingHours
from gongzhi.base.yearnotices import YearNotice, announced_years, guessed

ZONE = ZoneInfo("Asia/Shanghai")

END_OF_DAY = time.max

DAY = timedelta(days=1)


class Counting(enum.StrEnum):
    """The units in which the law counts periods, and the date it names instead."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    MINUTES = "minutes"
    MONTHS = "months"
    YEARS = "years"
    UNTIL = "until"


CLOCK_UNITS = {Counting.HOURS: timedelta(hours=1), Counting.MINUTES: timedelta(minutes=1)}

MONTHS_IN = {Counting.MONTHS: 1, Counting.YEARS: 12}


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends.

    ``at`` is the last moment that is still in time for the person. ``on`` is its day; ``raw_on`` the day before any
    rolling past rest days: officials are warned on that one. ``provisional`` says that a year without announced
    holidays was used, so the day has to be counted again when the notice is out.
    """

    at: datetime
    raw_on: date
    on: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Year:
    """A year prepared for counting: whether each day is worked, how many are up to it, and which."""

    first: int
    announced: bool
    worked: tuple[bool, ...]
    count: tuple[int, ...]
    ordinals: tuple[int, ...]


class Calendar:
    """Working days of the years it was given; a year it was not given is guessed and makes results provisional."""

    def __init__(self, years: Mapping[int, YearNotice], hours: WorkingHours | None = None) -> None:
        for year, notice in years.items():
            if notice.year != year:
                raise ValueError(f"the notice for {notice.year} was given as that for {year}")
        self._notices = dict(years)
        self._prepared: dict[int, _Year] = {}
        self.hours = hours or WorkingHours()

    def with_years(self, years: Mapping[int, YearNotice]) -> Calendar:
        """Return a calendar in which these years replace or complete the known ones."""
        return Calendar({**self._notices, **years}, self.hours)

    def notice(self, year: int) -> YearNotice:
        """Return the notice used for a year, announced or guessed."""
        return self._notices.get(year) or guessed(year)

    def is_announced(self, year: int) -> bool:
        """Say whether the holidays of a year are known rather than guessed."""
        return self._year(year).announced

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day."""
        prepared = self._year(day.year)
        return prepared.worked[day.toordinal() - prepared.first]

    def rolled(self, day: date) -> date:
        """Return the day itself when it is worked, else the first worked day after it (民法典 art. 203)."""
        while not self.is_working(day):
            day += DAY
        return day

    def add(self, start: datetime | date, amount: int | date, counting: Counting) -> Due:
        """Return when a period that begins at ``start`` ends.

        ``amount`` counts units, at least one; with ``UNTIL`` it is the named day, which is taken as it stands.
        Periods in calendar days, months and years that end on a rest day roll forward (民法典 art. 202 and 203).
        """
        if counting is Counting.UNTIL:
            if not isinstance(amount, date):
                raise TypeError("a period until a day names that day")
            return self._ending(day_of(amount), day_of(amount), provisional=False)
        number = _positive(amount)
        if counting is Counting.WORKING_DAYS:
            begun = day_of(start)
            last = self._nth_working_day_after(begun, number)
            return self._ending(last, last, provisional=self._guesses(begun + DAY, last))
        if counting in CLOCK_UNITS:
            end = _moment(start) + number * CLOCK_UNITS[counting]
            return Due(at=end, raw_on=end.date(), on=end.date(), provisional=False)
        if counting is Counting.WORKING_HOURS:
            begun_at = _moment(start)
            end = self._after_working_time(begun_at, timedelta(hours=number))
            provisional = self._guesses(begun_at.date(), end.date())
            return Due(at=end, raw_on=end.date(), on=end.date(), provisional=provisional)
        if counting is Counting.CALENDAR_DAYS:
            raw = day_of(start) + number * DAY
        else:
            raw = _months_later(day_of(start), number * MONTHS_IN[counting])
        on = self.rolled(raw)
        return self._ending(raw, on, provisional=self._guesses(raw, on))

    def subtract(self, end: datetime, amount: int, counting: Counting) -> datetime:
        """Return the moment when ``amount`` units are left before ``end``: when to warn.

        Day units keep the time of day, so one working day before the end of a Monday is the end of Friday.
        """
        number, moment = _positive(amount), _moment(end)
        if counting in CLOCK_UNITS:
            return moment - number * CLOCK_UNITS[counting]
        if counting is Counting.WORKING_HOURS:
            return self._before_working_time(moment, timedelta(hours=number))
        if counting is Counting.CALENDAR_DAYS:
            return moment - number * DAY
        if counting is Counting.WORKING_DAYS:
            day = self._nth_working_day_before(moment.date(), number)
        elif counting in MONTHS_IN:
            day = _months_later(moment.date(), -number * MONTHS_IN[counting])
        else:
            raise ValueError("a named day cannot be subtracted")
        return datetime.combine(day, moment.time(), ZONE)

    def working_days_between(self, earlier: date, later: date) -> int:
        """Return how many worked days follow the earlier day, up to and with the later; negative when swapped."""
        begun, ended = day_of(earlier), day_of(later)
        if ended < begun:
            return -self.working_days_between(ended, begun)
        total = self._count(ended) - self._count(begun)
        return total + sum(len(self._year(year).ordinals) for year in range(begun.year, ended.year))

    def _ending(self, raw_on: date, on: date, *, provisional: bool) -> Due:
        return Due(at=datetime.combine(on, END_OF_DAY, ZONE), raw_on=raw_on, on=on, provisional=provisional)

    def _year(self, year: int) -> _Year:
        prepared = self._prepared.get(year)
        if prepared is None:
            prepared = self._prepared[year] = _prepare(self.notice(year))
        return prepared

    def _count(self, day: date) -> int:
        prepared = self._year(day.year)
        return prepared.count[day.toordinal() - prepared.first]

    def _guesses(self, first: date, last: date) -> bool:
        return any(not self._year(year).announced for year in range(first.year, last.year + 1))

    def _nth_working_day_after(self, day: date, number: int) -> date:
        year = day.year
        prepared = self._year(year)
        wanted = prepared.count[day.toordinal() - prepared.first] + number
        while wanted > len(prepared.ordinals):
            wanted -= len(prepared.ordinals)
            year += 1
            prepared = self._year(year)
        return date.fromordinal(prepared.ordinals[wanted - 1])

    def _nth_working_day_before(self, day: date, number: int) -> date:
        year = day.year
        prepared = self._year(year)
        wanted = self._count(day) - self.is_working(day) + 1 - number
        while wanted < 1:
            year -= 1
            prepared = self._year(year)
            wanted += len(prepared.ordinals)
        return date.fromordinal(prepared.ordinals[wanted - 1])

    def _after_working_time(self, moment: datetime, left: timedelta) -> datetime:
        day = self.rolled(moment.date())
        while True:
            for opens, closes in self.hours.on(day, ZONE):
                begins = max(opens, moment)
                if begins + left <= closes:
                    return begins + left
                left -= max(closes - begins, timedelta(0))
            day = self.rolled(day + DAY)

    def _before_working_time(self, moment: datetime, left: timedelta) -> datetime:
        day = moment.date()
        while True:
            for opens, closes in reversed(self.hours.on(day, ZONE)) if self.is_working(day) else ():
                ends = min(closes, moment)
                if ends - left >= opens:
                    return ends - left
                left -= max(ends - opens, timedelta(0))
            day -= DAY


@cache
def official() -> Calendar:
    """Return the calendar of the announced years, read once."""
    return Calendar(announced_years())


def _prepare(notice: YearNotice) -> _Year:
    first = date(notice.year, 1, 1).toordinal()
    length = date(notice.year, 12, 31).toordinal() - first + 1
    worked = tuple(notice.is_working(date.fromordinal(first + offset)) for offset in range(length))
    return _Year(
        first=first,
        announced=notice.announced,
        worked=worked,
        count=tuple(accumulate(worked, initial=0))[1:],
        ordinals=tuple(first + offset for offset in range(length) if worked[offset]),
    )


def _positive(amount: int | date) -> int:
    if not isinstance(amount, int) or amount < 1:
        raise ValueError("a period has at least one unit")
    return amount


def _moment(start: datetime | date) -> datetime:
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ValueError("a period counted by the clock begins at a moment with its time zone")
    return start.astimezone(ZONE)


def day_of(start: datetime | date) -> date:
    """Return the day in China on which a moment falls; a day is its own."""
    return _moment(start).date() if isinstance(start, datetime) else start


def _months_later(day: date, months: int) -> date:
    """Return the corresponding day of a later month, or that month's last day where it has none (art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
