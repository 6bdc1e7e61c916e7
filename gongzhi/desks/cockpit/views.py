"""The cockpit: key figures with trend, town beside country, map and list of places, kinds of matters, ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.desks.cockpit.looking import COUNTY, PERIODS, area_of, period_of
from gongzhi.insight.statistics.figures import Area, Period, by_category, by_class, by_day, by_place, total
from gongzhi.insight.statistics.hiding import hidden
from gongzhi.insight.statistics.measures import BY_KEY, FEW, GRADES, MEASURES, NOTHING, Counts, Measure
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.regions import path_name, region_name
from gongzhi.kernel.organisations.shapes import county_shapes
from gongzhi.web import charts
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.forms import FIVE_GRADES

PERIOD_WORDS: Final = {"7": _("近 7 天"), "30": _("近 30 天"), "90": _("近 90 天"), "365": _("近一年")}
TOWN, COUNTRY = "urban", "rural"
CITY: Final = 4
KINDS: Final = 8
WORST: Final = 10
HIDDEN: Final = _("不显示")


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure as it is shown, with its trend, how it changed, and the same for town and country."""

    measure: Measure
    value: str
    change: str
    tone: str
    line: SafeString | str
    town: str
    country: str


@dataclass(frozen=True, slots=True)
class Line:
    """One place in the table: its figures in the order of the columns, and where it leads."""

    code: str
    name: str
    cells: Sequence[str]
    url: str


class Cockpit(StaffPage):
    """态势 of the actor's area, or of one below it."""

    template_name = "cockpit/cockpit.html"
    section = "cockpit:cockpit"
    may_lag = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add up once for each part of the page."""
        asked = self.request.GET
        area = area_of(self.actor, asked.get("area", ""))
        name, period = period_of(asked.get("period", ""), localdate(self.now))
        chosen = BY_KEY.get(asked.get("measure", ""), BY_KEY["on_time"])
        classes, secret = by_class(area, period), self._secret(area, period)
        places, days = self._places(area, period), by_day(area, period)
        daily = [days.get(day, NOTHING) for day in period.days]
        return super().get_context_data(
            area=area,
            title=path_name(area.region_code) or region_name(area.region_code),
            up=self._up(area),
            period=period,
            periods=[(words, self._address(period=key), key == name) for key, words in PERIOD_WORDS.items()],
            figures=self._figures(area, period, daily, classes, secret),
            waiting="" if "days" in secret else waits_longer(classes),
            measures=[(one.label, self._address(measure=one.key), one is chosen) for one in MEASURES],
            chosen=chosen,
            map=county_map(places, chosen, self._address) if len(area.region_code) < COUNTY else "",
            columns=[(one.label, one.unit) for one in MEASURES],
            lines=self._lines(places),
            worst=self._worst(places, chosen),
            inflow="" if {"received", "closed"} & secret else inflow(period, daily),
            kinds=[] if "received" in secret else kinds(area, period),
            ratings=ratings(places),
            grades=[(f"k{at}", words) for at, (_grade, words) in enumerate(FIVE_GRADES)],
            definitions=MEASURES,
            query=self._address(),
            county=region_name(area.region_code) if len(area.region_code) == COUNTY else "",
            few=FEW,
            **kwargs,
        )

    def _address(self, **changes: str) -> str:
        kept = {
            name: value for name, value in self.request.GET.items() if name in {"area", "period", "measure"}
        }
        return "?" + urlencode(kept | changes)

    def _up(self, area: Area) -> tuple[str, str] | None:
        """Return name and address of the area above, within the actor's own."""
        own = self.actor.region_code
        if len(area.region_code) <= len(own):
            return None
        above = area.region_code[: max(len(own), len(area.region_code) - 2)]
        return region_name(above), self._address(area=above)

    def _places(self, area: Area, period: Period) -> dict[str, Counts]:
        """Return the counts of each county in the area; none of a county, below which nothing is counted."""
        if len(area.region_code) >= COUNTY:
            return {}
        return by_place(area, period, COUNTY)

    def _lines(self, places: Mapping[str, Counts]) -> list[Line]:
        secret = {one.key: secret_places(places, one) for one in MEASURES}
        return [
            Line(
                code,
                _named(code),
                [shown(one, counts, code in secret[one.key]) for one in MEASURES],
                self._address(area=code),
            )
            for code, counts in sorted(places.items())
        ]

    def _worst(self, places: Mapping[str, Counts], measure: Measure) -> list[tuple[str, str, str]]:
        """Return the ten places that stand worst by a measure: name, address, figure; most, where more is not worse."""
        secret, turn = secret_places(places, measure), measure.better or -1
        known = {code: value for code, counts in places.items() if (value := measure.of(counts)) is not None}
        ordered = sorted(set(known) - secret, key=lambda code: (turn * known[code], code))[:WORST]
        return [
            (_named(code), self._address(area=code), shown(measure, places[code], is_hidden=False))
            for code in ordered
        ]

    def _figures(
        self,
        area: Area,
        period: Period,
        daily: Sequence[Counts],
        classes: Mapping[str, Counts],
        secret: frozenset[str],
    ) -> list[Figure]:
        now, before = total(area, period), total(area, period.before)
        was_secret = self._secret(area, period.before)
        return [
            figure(
                one,
                now,
                None if one.key in was_secret else before,
                daily,
                {} if one.key in secret else classes,
                is_secret=one.key in secret,
            )
            for one in MEASURES
        ]

    def _secret(self, area: Area, period: Period) -> frozenset[str]:
        """Return the measures that are not shown of this area, whichever page one comes from.

        What the reader's own area leaves out of its lists is left out on the pages of the places in it too.
        """
        own = self.actor.region_code
        if area.region_code == own:
            return frozenset()
        around = by_place(Area(own, area.domains), period, len(area.region_code))
        return frozenset(
            one.key
            for one in MEASURES
            if area.region_code
            in (secret_places(around, one) if len(area.region_code) == COUNTY else hidden(around, one))
        )


class Brief(Cockpit):
    """The same on sheets to print or to keep as PDF."""

    template_name = "cockpit/brief.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the heading of the sheet."""
        shown_on_page = super().get_context_data(**kwargs)
        title = gettext("%(place)s社会治理简报") % {"place": shown_on_page["title"]}
        return shown_on_page | {"sheet_title": title}


def secret_places(places: Mapping[str, Counts], measure: Measure) -> frozenset[str]:
    """Return the counties that are not shown: within each city, because the sum of a city is shown on its page."""
    cities: dict[str, dict[str, Counts]] = {}
    for code, counts in places.items():
        cities.setdefault(code[:CITY], {})[code] = counts
    return frozenset().union(*(hidden(counties, measure) for counties in cities.values()))


def figure(
    measure: Measure,
    now: Counts,
    before: Counts | None,
    days: Sequence[Counts],
    classes: Mapping[str, Counts],
    *,
    is_secret: bool = False,
) -> Figure:
    """Return a key figure; what would tell of few is not shown, nor is its trend, nor a change that would tell of it."""
    few = is_secret or measure.tells_of_few(now)
    known = before is not None and not few and not measure.tells_of_few(before)
    change, tone = changed(measure, now, before) if known and before is not None else ("", "")
    weeks = [_added(days[at : at + 7]) for at in range(0, len(days), 7)] if len(days) > 31 else list(days)
    trend = [measure.of(one) or 0.0 for one in weeks if not measure.tells_of_few(one)]
    secret = hidden(classes, measure)
    return Figure(
        measure=measure,
        value=shown(measure, now, few),
        change=change,
        tone=tone,
        line=charts.sparkline(trend) if len(trend) > 2 and not few else "",
        town=shown(measure, classes.get(TOWN, NOTHING), is_secret or TOWN in secret),
        country=shown(measure, classes.get(COUNTRY, NOTHING), is_secret or COUNTRY in secret),
    )


def changed(measure: Measure, now: Counts, before: Counts) -> tuple[str, str]:
    """Return by how much a figure differs from the period before, and whether that is good."""
    new, old = measure.of(now), measure.of(before)
    if new is None or old is None or not old:
        return "", ""
    by = 100 * (new - old) / old if not measure.bottom else new - old
    unit = "%" if not measure.bottom else gettext("个百分点") if measure.unit == "%" else measure.unit
    tone = "" if not measure.better or abs(by) < 0.05 else "ok" if by * measure.better > 0 else "bad"
    return f"{by:+.1f} {unit}", tone


def shown(measure: Measure, counts: Counts, is_hidden: bool) -> str:
    """Return a figure as it is written; a dash where nothing happened."""
    if is_hidden:
        return str(HIDDEN)
    value = measure.of(counts)
    if value is None:
        return "—"
    return f"{value:,.0f}" if not measure.bottom else f"{value:.1f}"


def waits_longer(classes: Mapping[str, Counts]) -> str:
    """Return in a sentence whether people in the country wait longer for an answer than those in town."""
    days, secret = BY_KEY["days"], hidden(classes, BY_KEY["days"])
    here, there = (days.of(classes.get(kind, NOTHING)) for kind in (TOWN, COUNTRY))
    if here is None or there is None or secret & {TOWN, COUNTRY}:
        return gettext("城镇或乡村的答复太少，还不能比较谁等得更久。")
    words = {"town": f"{here:.1f}", "country": f"{there:.1f}"}
    if abs(here - there) < 0.05:
        return gettext("城镇和乡村等答复的时间相同：%(town)s 天。") % words
    if there > here:
        return gettext("乡村等得更久：答复平均 %(country)s 天，城镇 %(town)s 天。") % words
    return gettext("城镇等得更久：答复平均 %(town)s 天，乡村 %(country)s 天。") % words


def county_map(places: Mapping[str, Counts], measure: Measure, address: Any) -> dict[str, Any]:
    """Return the map of the counties coloured by a measure, with its legend; what is hidden has no colour."""
    secret = secret_places(places, measure)
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


def inflow(period: Period, daily: Sequence[Counts]) -> SafeString | str:
    """Return the chart of what came in and what was closed: by day, where days tell of few by week, else none."""
    for grain in (1, 7):
        first = len(daily) % grain
        parts = [_added(daily[at : at + grain]) for at in range(first, len(daily), grain)]
        if not any(0 < part[name] < FEW for part in parts for name in ("opened", "closed")):
            return _inflow(period.days[first::grain], parts)
    return ""


def _inflow(starts: Sequence[date], parts: Sequence[Counts]) -> SafeString:
    opened, closed = ([float(part[name]) for part in parts] for name in ("opened", "closed"))
    finding = gettext("共登记 %(opened)s 件，办结 %(closed)s 件。") % {
        "opened": charts.figure(sum(opened)),
        "closed": charts.figure(sum(closed)),
    }
    names = [f"{day.month}/{day.day}" for day in starts]
    series = [(gettext("登记"), opened), (gettext("办结"), closed)]
    return charts.lines(names, series, title=gettext("登记与办结"), finding=finding)


def kinds(area: Area, period: Period) -> list[tuple[str, str, str]]:
    """Return the kinds of matters of which most came in: name, how many, and the change."""
    now, before = by_category(area, period), by_category(area, period.before)
    received, known = BY_KEY["received"], catalogue().by_id
    secret, was_secret = hidden(now, received), hidden(before, received)
    first = sorted(now, key=lambda key: -now[key]["opened"])[:KINDS]
    return [
        (
            str(known[key].label) if key in known else gettext("未分类"),
            shown(received, now[key], key in secret),
            "" if key in secret | was_secret else changed(received, now[key], before.get(key, NOTHING))[0],
        )
        for key in first
        if now[key]["opened"]
    ]


def ratings(places: Mapping[str, Counts]) -> SafeString | str:
    """Return the bars of the five grades of each city; a city in which few gave one of them has none."""
    cities: dict[str, list[Counts]] = {}
    for code, counts in places.items():
        cities.setdefault(code[:CITY], []).append(counts)
    rows = []
    for code, parts in sorted(cities.items()):
        grades = [float(sum(part[grade] for part in parts)) for grade in GRADES]
        if any(grades) and not any(0 < number < FEW for number in grades):
            name = region_name(code)
            rows.append((gettext("省直辖") if "直辖" in name else name.removesuffix("市"), grades))
    if not rows:
        return ""
    words = [str(words) for _grade, words in FIVE_GRADES]
    return charts.rating_bars(
        rows,
        words,
        title=gettext("评价构成"),
        finding=gettext("各市五档评价的比例，从非常满意到非常不满意。"),
    )


def _named(code: str) -> str:
    return path_name(code).partition(" ")[2] or region_name(code)


def _added(parts: Sequence[Counts]) -> Counts:
    return {name: sum(part[name] for part in parts) for name in NOTHING}


assert set(PERIODS) == set(PERIOD_WORDS)  # noqa: S101 - read at import, once
