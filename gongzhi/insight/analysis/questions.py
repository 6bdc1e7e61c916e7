"""A heavy question: which measure, split by what, over which days and where."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.base.regioncodes import level_of
from gongzhi.insight.statistics.figures import Period
from gongzhi.insight.statistics.measures import BY_KEY, Measure

#: What a question may be split by beside time; the first two are beginnings of the same code.
PLACES: Final = {"city": 4, "county": 6}
KINDS: Final = ("urban", "domain", "category")
TIMES: Final = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Question:
    """A measure `by` places, kinds and at most one unit of time, over a period, in a region with all below it.

    Each figure comes with its change against the period before: the unit of time before, or, without one, the same
    number of days before. `known` are the days of which everything is there to be asked.
    """

    measure: Measure
    by: tuple[str, ...]
    period: Period
    area: str
    known: Period

    @property
    def time(self) -> str:
        """The unit of time; empty when the question is not split by one."""
        return next((name for name in self.by if name in TIMES), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """What it is split by beside time."""
        return tuple(name for name in self.by if name not in TIMES)

    def before(self, begins: date) -> date:
        """Return when the period before that which begins on *begins* begins."""
        if self.time == "month":
            return (begins - timedelta(days=1)).replace(day=1)
        return begins - timedelta(days={"day": 1, "week": 7}.get(self.time, len(self.period.days)))

    @property
    def earliest(self) -> date:
        """The first day that is looked at: of the period before the first one, where all of that is known."""
        before = self.before(self.period.first)
        return before if before >= self.known.first else self.period.first


def question_of(measure: str, by: tuple[str, ...], period: Period, area: str, known: Period) -> Question:
    """Return the question as it was asked, its period narrowed to whole weeks or months where it is split by them.

    Raises NotPossible where the measure or what it is split by is not known, the area is no region, some day is not
    among the *known* ones, or no whole unit of time is left.
    """
    level_of(area)
    names = (*PLACES, *KINDS, *TIMES)
    if measure not in BY_KEY:
        raise NotPossible(
            gettext_noop("没有「%(measure)s」这项指标。可选：%(known)s。"),
            measure=measure,
            known="、".join(BY_KEY),
        )
    unknown = [name for name in by if name not in names]
    if unknown or len({*by}) < len(by) or sum(name in TIMES for name in by) > 1:
        raise NotPossible(
            gettext_noop("请从 %(known)s 中选择分组，每项一次，日、周、月只选一个。"), known="、".join(names)
        )
    if period.first < known.first or period.last > known.last:
        raise NotPossible(
            gettext_noop("这里只有 %(first)s 至 %(last)s 的数据。请在其中选择。"),
            first=known.first,
            last=known.last,
        )
    time = next((name for name in by if name in TIMES), "")
    return Question(BY_KEY[measure], by, whole(period, time), area, known)


def whole(period: Period, time: str) -> Period:
    """Return the whole weeks (Monday to Sunday) or months within a period; the period itself for other units.

    Raises NotPossible when none is whole: a week cut short would look like a week in which less happened.
    """
    first, end = period.first, period.last + timedelta(days=1)
    if time == "week":
        first, end = first + timedelta(days=-first.weekday() % 7), end - timedelta(days=end.weekday())
    elif time == "month":
        next_month = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        first, end = next_month if first.day > 1 else first, end.replace(day=1)
    if first >= end:
        raise NotPossible(gettext_noop("这段时间里没有完整的一周（或一月）。请把时间放长。"))
    return Period(first, end - timedelta(days=1))
