"""Add up the rows of days for a period and an area, whole or split by day, place, class of place or kind of matter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.db.models.functions import Left

from gongzhi.base.regioncodes import COUNTY, prefix_range
from gongzhi.insight.statistics.measures import Counts
from gongzhi.insight.statistics.models import (
    COUNTS,
    OPEN_COUNTS,
    AreaCount,
    CountedDay,
    CountyCount,
    DailyCount,
    OpenCount,
    TownshipCount,
)

_ALL: Final = {name: Sum(name, default=0) for name in COUNTS}
_OPEN: Final = {name: Sum(name, default=0) for name in OPEN_COUNTS}


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
    return _split(_rows(area, period), "day", _ALL)


def by_place(area: Area, period: Period, length: int) -> dict[str, Counts]:
    """Return the sums of each region whose code has *length* digits: 4 cities, 6 counties, 9 townships.

    What was registered without a township stands under the code of its county.
    """
    table = TownshipCount if length > COUNTY else CountyCount
    rows = _on(table, period).filter(**_within(area)).annotate(place=Left("region_code", length))
    return _split(rows, "place", _ALL)


def by_class(area: Area, period: Period) -> dict[str, Counts]:
    """Return the sums of urban, rural, mixed and unknown places."""
    return _split(_rows(area, period), "urban", _ALL)


def by_category(area: Area, period: Period) -> dict[int | None, Counts]:
    """Return the sums of each kind of matter, by the number of its root in the catalogue; none below a county."""
    if len(area.region_code) > COUNTY:
        return {}
    return _split(_rows(area, period), "category_id", _ALL)


def open_by_place(area: Area, length: int) -> dict[str, Counts]:
    """Return what is open now in each region whose code has *length* digits."""
    return _split(_open(area).annotate(place=Left("region_code", length)), "place", _OPEN)


def open_by_class(area: Area) -> dict[str, Counts]:
    """Return what is open now in urban, rural, mixed and unknown places."""
    return _split(_open(area), "urban", _OPEN)


def late_by_unit(area: Area) -> dict[tuple[int, str] | None, int]:
    """Return how many open matters are late with each unit, by its number and name; None before one has them."""
    found = (
        _open(area).filter(late__gt=0).order_by().values("unit_id", "unit__name").annotate(all=Sum("late"))
    )
    return {(row["unit_id"], row["unit__name"]) if row["unit_id"] else None: row["all"] for row in found}


def counted_at(day: date) -> datetime | None:
    """Return when a day was last counted, and with it what was open then."""
    return CountedDay.objects.filter(day=day).values_list("counted_at", flat=True).first()


def _rows(area: Area, period: Period) -> QuerySet[Any]:
    """Return the rows of days of exactly this area; those inside a county do not tell kinds apart."""
    if len(area.region_code) > COUNTY:
        return _on(TownshipCount, period).filter(**_within(area))
    table = DailyCount if len(area.region_code) == COUNTY else AreaCount
    return _on(table, period).filter(region_code=area.region_code, domain__in=area.domains)


def _on(table: type[Any], period: Period) -> QuerySet[Any]:
    rows: QuerySet[Any] = table._default_manager.filter(day__range=(period.first, period.last))
    return rows


def _open(area: Area) -> QuerySet[OpenCount]:
    return OpenCount.objects.filter(**_within(area))


def _within(area: Area) -> dict[str, Any]:
    low, high = prefix_range(area.region_code)
    return {"region_code__gte": low, "region_code__lt": high, "domain__in": area.domains}


def _split(rows: QuerySet[Any], name: str, sums: Mapping[str, Sum]) -> dict[Any, Counts]:
    found = rows.order_by().values(name).annotate(**sums)
    return {row.pop(name): row for row in found}


def together(parts: Collection[Counts]) -> Counts:
    """Return the sum of several."""
    names = {name for part in parts for name in part}
    return {name: sum(part.get(name, 0) for part in parts) for name in names}
