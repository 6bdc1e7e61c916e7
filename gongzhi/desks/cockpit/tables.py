"""The figures as tables: one list of tables for the page, the file for spreadsheets and the interface for machines."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.timezone import localtime
from django.utils.translation import gettext
from openpyxl import Workbook

from gongzhi.base.regioncodes import CITY, COUNTY, PROVINCE
from gongzhi.desks.cockpit.cells import Cell, cell
from gongzhi.desks.cockpit.figures_shown import Figure, Row
from gongzhi.desks.cockpit.gathered import Overview
from gongzhi.insight.statistics.figures import Area
from gongzhi.insight.statistics.measures import FEW, MEASURES, OF_DAYS, OF_NOW
from gongzhi.kernel.cases.exportfiles import harmless
from gongzhi.kernel.organisations.regions import children_of, counties, path_name, region_name
from gongzhi.web.forms import FIVE_GRADES

SHEET_NAME: Final = 31  # signs that spreadsheets allow
DIRECT: Final = "直辖"  # stands for a city, and is none


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures: its key in addresses, a title, the heads of its columns, and lines of a name and cells."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell | str]]]


def tables_of(found: Overview) -> list[Table]:
    """Return what the page shows, as tables; those without lines are left out."""
    town, country = gettext("城镇"), gettext("乡村")
    apart = [gettext("件"), town, country]
    tables = [
        Table(
            "figures",
            gettext("主要指标"),
            [gettext("本期"), gettext("较上期"), town, country],
            [_figure(one) for one in found.figures],
        ),
        Table("results", gettext("办结结果"), apart, [_apart(row) for row in found.results]),
        Table(
            "kinds",
            gettext("诉求类别"),
            [gettext("件"), gettext("较上期")],
            [(row.name, [row.value, row.change]) for row in found.kinds],
        ),
        Table("open", gettext("在办事项"), apart, [_standing(one) for one in found.standing]),
        Table("waited", gettext("在办时长"), apart, [_apart(row) for row in found.waited]),
        Table(
            "units",
            gettext("超期未办的单位"),
            [gettext("件")],
            [(row.name, [row.value]) for row in found.units],
        ),
        _days(found),
        Table(
            "grades",
            gettext("评价"),
            [str(words) for _grade, words in FIVE_GRADES],
            [(name, [Cell(number) for number in numbers]) for name, numbers in found.grades],
        ),
        _places(found),
    ]
    return [table for table in tables if table.rows]


def names_below(area: Area) -> dict[str, str]:
    """Return what the places in an area are called in lists: counties with their city, townships alone.

    Under the code of a county stands in its list of townships what named none.
    """
    code = area.region_code
    if len(code) == COUNTY:
        return dict(children_of(code)) | {code: gettext("未写明乡镇街道")}
    return {
        county: f"{city} {name}" if len(code) < CITY and DIRECT not in city else name
        for city, inside in counties(code[:PROVINCE])
        for county, name in inside
    }


def as_workbook(found: Overview, *, taken_by: str, now: datetime) -> bytes:
    """Return the tables as a file with one sheet each, the first of which says what was counted and how."""
    book = Workbook()
    book.remove(book.worksheets[0])
    first = book.create_sheet(gettext("说明"), 0)
    for line in _said(found, taken_by, now):
        first.append([harmless(words) for words in line])
    for table in tables_of(found):
        sheet = book.create_sheet(table.title[:SHEET_NAME])
        sheet.append([harmless(table.title), *(harmless(head) for head in table.heads)])
        for name, cells in table.rows:
            sheet.append([harmless(name), *(_written(one) for one in cells)])
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["A"].width = 32
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _written(one: Cell | str) -> float | str:
    if isinstance(one, str):
        return harmless(one)
    if one.value is None or one.is_hidden:
        return str(one)
    return round(one.value, one.digits) if one.digits else int(one.value)


def _said(found: Overview, taken_by: str, now: datetime) -> list[list[str]]:
    area = path_name(found.area.region_code) or region_name(found.area.region_code)
    few = gettext("少于 %(few)s 件的数字不显示，以免推知是谁；请勿用于推知个人。") % {"few": FEW}
    return [
        [area, f"{found.period.first}—{found.period.last}"],
        [gettext("导出"), f"{taken_by} {localtime(now):%Y-%m-%d %H:%M}"],
        [gettext("在办截至"), f"{localtime(found.counted_at):%Y-%m-%d %H:%M}" if found.counted_at else "—"],
        [gettext("提示"), few],
        *([f"{one.label}（{one.unit}）", f"{one.formula}（{one.source}）"] for one in (*OF_DAYS, *OF_NOW)),
    ]


def _figure(one: Figure) -> tuple[str, Sequence[Cell | str]]:
    return f"{one.measure.label}（{one.measure.unit}）", [one.value, one.change, one.town, one.country]


def _standing(one: Figure) -> tuple[str, Sequence[Cell | str]]:
    return str(one.measure.label), [one.value, one.town, one.country]


def _apart(row: Row) -> tuple[str, Sequence[Cell | str]]:
    return row.name, [row.value, row.town, row.country]


def _days(found: Overview) -> Table:
    rows = [
        (f"{day}", [Cell(float(part["opened"])), Cell(float(part["closed"]))])
        for day, part in zip(found.starts, found.parts, strict=True)
    ]
    return Table("days", gettext("登记与办结"), [gettext("登记"), gettext("办结")], rows)


def _places(found: Overview) -> Table:
    secret = {one.key: found.places.hidden_below(one) for one in MEASURES}
    names = names_below(found.area) if found.places.below else {}
    rows = [
        (names.get(code, code), [cell(one, counts, code in secret[one.key]) for one in MEASURES])
        for code, counts in sorted(found.places.below.items())
    ]
    return Table("places", gettext("各地"), [f"{one.label}（{one.unit}）" for one in MEASURES], rows)
