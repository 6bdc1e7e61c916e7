"""What is drawn: the map of the counties, what came in and was closed by day, the grades of each city."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gongzhi.base.regioncodes import CITY
from gongzhi.insight.statistics.figures import Period, together
from gongzhi.insight.statistics.measures import FEW, GRADES, NOTHING, Counts, Measure
from gongzhi.kernel.organisations.regions import region_name
from gongzhi.kernel.organisations.shapes import county_shapes
from gongzhi.web import charts
from gongzhi.web.forms import FIVE_GRADES


def county_map(
    places: Mapping[str, Counts], secret: frozenset[str], measure: Measure, address: Callable[..., str]
) -> dict[str, Any]:
    """Return the map of the counties coloured by a measure, with its legend; what is hidden has no colour."""
    values = {
        code: value
        for code, counts in places.items()
        if code not in secret and (value := measure.of(counts)) is not None
    }
    breaks = _breaks(list(values.values()))
    worst = max(values, key=lambda code: values[code]) if values else ""
    finding = (
        gettext("最高的是%(place)s。") % {"place": region_name(worst)} if worst else gettext("暂无数据。")
    )
    drawn = charts.county_map(
        county_shapes(),
        values,
        breaks,
        title=str(measure.label),
        finding=finding,
        unit=f" {measure.unit}",
        address=lambda code: address(area=code),
    )
    return {"drawn": drawn, "legend": _legend(breaks, measure)}


def _breaks(values: Sequence[float]) -> list[float]:
    """Return five values that part the rest into six groups of like size."""
    ordered = sorted(set(values))
    if len(ordered) < 6:
        return ordered[1:]
    return sorted({ordered[len(ordered) * part // 6] for part in range(1, 6)})


def _legend(breaks: Sequence[float], measure: Measure) -> list[tuple[str, str]]:
    def words(value: float) -> str:
        return f"{value:.1f}" if measure.bottom else charts.figure(value)

    if not breaks:
        return []
    first = ("m0", gettext("%(value)s 以下") % {"value": words(breaks[0])})
    rest = [
        (f"m{at}", gettext("%(value)s 起") % {"value": words(value)})
        for at, value in enumerate(breaks, start=1)
    ]
    return [first, *rest, ("mx", gettext("无数据或不显示"))]


def parts_of_days(period: Period, daily: Sequence[Counts]) -> tuple[list[date], list[Counts]]:
    """Return the first days and the sums of what is drawn over time: by day, where days tell of few by week, else none.

    The days before the first whole week are what the sum of the period has more than the weeks: they tell of few as well.
    """
    for grain in (1, 7):
        first = len(daily) % grain
        parts = [together(daily[at : at + grain]) for at in range(first, len(daily), grain)]
        told = [*parts, together([NOTHING, *daily[:first]])]
        if not any(0 < part[name] < FEW for part in told for name in ("opened", "closed")):
            return period.days[first::grain], parts
    return [], []


def inflow(starts: Sequence[date], parts: Sequence[Counts]) -> SafeString | str:
    """Return the chart of what came in and what was closed."""
    if not parts:
        return ""
    opened, closed = ([float(part[name]) for part in parts] for name in ("opened", "closed"))
    finding = gettext("共登记 %(opened)s 件，办结 %(closed)s 件。") % {
        "opened": charts.figure(sum(opened)),
        "closed": charts.figure(sum(closed)),
    }
    names = [f"{day.month}/{day.day}" for day in starts]
    series = [(gettext("登记"), opened), (gettext("办结"), closed)]
    return charts.lines(names, series, title=gettext("登记与办结"), finding=finding)


def grades_of_cities(places: Mapping[str, Counts], secret: frozenset[str]) -> list[tuple[str, list[float]]]:
    """Return how many gave each of the five grades in each city; a city in which few gave one of them is left out."""
    cities: dict[str, list[Counts]] = {}
    for code, counts in places.items():
        cities.setdefault(code[:CITY], []).append(counts)
    rows = []
    for code, parts in sorted(cities.items()):
        grades = [float(sum(part[grade] for part in parts)) for grade in GRADES]
        if code not in secret and any(grades) and not any(0 < number < FEW for number in grades):
            name = region_name(code)
            rows.append((gettext("省直辖") if "直辖" in name else name.removesuffix("市"), grades))
    return rows


def ratings(rows: Sequence[tuple[str, Sequence[float]]]) -> SafeString | str:
    """Return the bars of the five grades of each city."""
    if not rows:
        return ""
    words = [str(words) for _grade, words in FIVE_GRADES]
    return charts.rating_bars(
        rows,
        words,
        title=gettext("评价构成"),
        finding=gettext("各市五档评价的比例，从非常满意到非常不满意。"),
    )
