"""The figures as they are shown: key figures with trend, how matters ended, what is open, kinds, late units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gongzhi.desks.cockpit.cells import (
    COUNTRY,
    TOWN,
    UNSEEN,
    Cell,
    cell,
    changed,
    town_and_country,
)
from gongzhi.insight.statistics.figures import together
from gongzhi.insight.statistics.hiding import covered, hidden, hidden_in_table
from gongzhi.insight.statistics.measures import BY_KEY, FEW, NOTHING, Counts, Measure
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.web import charts

KINDS: Final = 8
Holder = tuple[int, str] | None
UNITS: Final = 10
UNLISTED: Final = {"", "ended_otherwise"}
WEEK: Final = 7
BY_WEEK_FROM: Final = 31  # days; longer trends are drawn by week


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure with its trend, how it changed, and the same for town and country."""

    measure: Measure
    value: Cell
    change: str
    tone: str
    line: SafeString | str
    town: Cell
    country: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel: how many, a bar of how many of the most, town and country, and how it changed.

    `key` says which matters stand behind it: a measure, the number of a kind or of a unit.
    """

    key: str
    name: str
    value: Cell
    bar: SafeString | str = ""
    town: Cell = UNSEEN
    country: Cell = UNSEEN
    change: str = ""

    @property
    def is_listed(self) -> bool:
        """Whether the matters behind it can be listed."""
        return self.key not in UNLISTED and (self.value.is_hidden or bool(self.value.value))


def figure(
    measure: Measure,
    classes: Mapping[str, Counts],
    before: Counts | None,
    days: Sequence[Counts],
    *,
    is_secret: bool = False,
) -> Figure:
    """Return a key figure; what would tell of few is not shown, nor is its trend, nor a change that would tell of it."""
    now = together(list(classes.values())) or NOTHING
    few = is_secret or measure.tells_of_few(now)
    known = before is not None and not few and not measure.tells_of_few(before)
    change, tone = changed(measure, now, before) if known and before is not None else ("", "")
    long = len(days) > BY_WEEK_FROM
    parts = [together(days[at : at + WEEK]) for at in range(0, len(days), WEEK)] if long else list(days)
    trend = [measure.of(one) or 0.0 for one in parts if not measure.tells_of_few(one)]
    town, country = town_and_country(measure, classes, is_secret)
    return Figure(
        measure=measure,
        value=cell(measure, now, few),
        change=change,
        tone=tone,
        line=charts.sparkline(trend) if len(trend) > 2 and not few else "",
        town=town,
        country=country,
    )


def waits_longer(classes: Mapping[str, Counts]) -> str:
    """Return in a sentence whether people in the country wait longer for an answer than those in town."""
    days = BY_KEY["days"]
    here, there = (one.value for one in town_and_country(days, classes, is_hidden=False))
    if here is None or there is None:
        return gettext("城镇或乡村的答复太少，还不能比较谁等得更久。")
    words = {"town": f"{here:.1f}", "country": f"{there:.1f}"}
    if abs(here - there) < 0.05:
        return gettext("城镇和乡村等答复的时间相同：%(town)s 天。") % words
    if there > here:
        return gettext("乡村等得更久：答复平均 %(country)s 天，城镇 %(town)s 天。") % words
    return gettext("城镇等得更久：答复平均 %(town)s 天，乡村 %(country)s 天。") % words


def apart(measures: Sequence[Measure], classes: Mapping[str, Counts], *, is_secret: bool) -> list[Row]:
    """Return counts that add up to one whole, each with town and country; none when the place may not be told of."""
    if is_secret or not classes:
        return []
    cells = {(one.key, kind): one.number(counts) for one in measures for kind, counts in classes.items()}
    rows, hidden_cells = hidden_in_table(cells)
    whole = together(list(classes.values()))
    most = max(one.number(whole) for one in measures)

    def of_class(measure: Measure, kind: str) -> Cell:
        unseen = measure.key in rows or (measure.key, kind) in hidden_cells
        return cell(measure, classes.get(kind, NOTHING), unseen)

    return [
        Row(
            one.key,
            str(one.label),
            cell(one, whole, one.key in rows),
            "" if one.key in rows else charts.cell_bar(one.number(whole), most),
            of_class(one, TOWN),
            of_class(one, COUNTRY),
        )
        for one in measures
    ]


def kinds(now: Mapping[int | None, Counts], before: Mapping[int | None, Counts]) -> list[Row]:
    """Return the kinds of matters of which most came in, with how they changed."""
    received, known = BY_KEY["received"], catalogue().by_id
    secret, was_secret = hidden(now, received), hidden(before, received)
    first = [key for key in sorted(now, key=lambda key: -now[key]["opened"]) if now[key]["opened"]][:KINDS]
    most = max((now[key]["opened"] for key in first), default=0)
    return [
        Row(
            str(key or ""),
            known[key].shown if key in known else gettext("未分类"),
            cell(received, now[key], key in secret),
            "" if key in secret else charts.cell_bar(now[key]["opened"], most),
            change=""
            if key in secret | was_secret
            else changed(received, now[key], before.get(key, NOTHING))[0],
        )
        for key in first
    ]


def late_units(found: Mapping[Holder, int]) -> list[Row]:
    """Return the units with which most open matters are late, without those that may not be told of.

    What no unit has yet stands among them.
    """
    few = [unit for unit, number in found.items() if number < FEW]
    secret: frozenset[Holder] = covered(found, few, [found])
    told = [unit for unit in found if unit not in secret]
    first = sorted(told, key=lambda unit: (-found[unit], unit or (0, "")))[:UNITS]
    most = max((found[unit] for unit in first), default=0)
    return [
        Row(
            str(unit[0]) if unit else "",
            unit[1] if unit else gettext("还没有派给单位"),
            Cell(float(found[unit])),
            charts.cell_bar(found[unit], most),
        )
        for unit in first
    ]
