"""Add up the rows of days for a period and an area, whole or split by day, place, class of place or kind of matter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.db.models.functions import Left

from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.statistics.measures import Counts
from gongzhi.insight.statistics.models import COUNTS, DailyCount

_ALL: Final = {name: Sum(name, default=0) for name in COUNTS}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def before(self) -> "Period":
        """The period of the same length before it."""
        return Period(
            self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1)
        )


@dataclass(frozen=True, slots=True)
class Area:
    """What is counted: a region with all below it, and the domains that the reader may see figures of."""

    region_code: str
    domains: tuple[str, ...]


def total(area: Area, period: Period) -> Counts:
    """Return the sums of an area in a period."""
    found: dict[str, int] = _rows(area, period).aggregate(**_ALL)
    return found


def by_day(area: Area, period: Period) -> dict[date, Counts]:
    """Return the sums of each day on which something happened."""
    return _split(_rows(area, period), "day")


def by_place(area: Area, period: Period, length: int) -> dict[str, Counts]:
    """Return the sums of each region whose code has *length* digits: 4 cities, 6 counties."""
    return _split(_rows(area, period).annotate(place=Left("region_code", length)), "place")


def by_class(area: Area, period: Period) -> dict[str, Counts]:
    """Return the sums of urban, rural, mixed and unknown places."""
    return _split(_rows(area, period), "urban")


def by_category(area: Area, period: Period) -> dict[int | None, Counts]:
    """Return the sums of each kind of matter, by the number of its root in the catalogue."""
    return _split(_rows(area, period), "category_id")


def _rows(area: Area, period: Period) -> QuerySet[DailyCount]:
    low, high = prefix_range(area.region_code)
    return DailyCount.objects.filter(
        day__range=(period.first, period.last),
        region_code__gte=low,
        region_code__lt=high,
        domain__in=area.domains,
    )


def _split(rows: QuerySet[DailyCount], name: str) -> dict[Any, Counts]:
    found = rows.order_by().values(name).annotate(**_ALL)
    return {row.pop(name): row for row in found}


def together(parts: Collection[Counts]) -> Counts:
    """Return the sum of several."""
    return {name: sum(part[name] for part in parts) for name in COUNTS}
