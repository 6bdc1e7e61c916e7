"""The brief as PDF: the tables and charts of the overview, given to a template as data."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import as_file, files
from typing import Any, Final

from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from gongzhi.desks.cockpit.gathered import Overview
from gongzhi.desks.cockpit.tables import Table, tables_of
from gongzhi.insight.statistics.measures import FEW, OF_DAYS, STANDING
from gongzhi.kernel.documents.typeset import pdf_of
from gongzhi.kernel.organisations.shapes import MAP_NUMBER, MAP_SOURCE

#: A sheet names places of a county or a city; the counties of a province stand in the file of tables.
MOST_PLACES: Final = 30
SHOWN: Final = ("figures", "results", "open", "waited", "units", "kinds", "places")
#: The colours that pages give to charts by their stylesheet, of which a drawing in a PDF knows nothing.
COLOURS: Final = (
    "text{font-size:12px;fill:#445064;font-family:'Noto Sans CJK SC'}"
    ".axis{font-size:11px}.grid{stroke:#dfe4eb;stroke-width:1}.hit{fill:none}"
    ".line{fill:none;stroke:#2b6fb3;stroke-width:1.75}.line.s1{stroke:#2c9563}"
    ".m0{fill:#e8f1fa}.m1{fill:#c5dcf2}.m2{fill:#95bfe6}.m3{fill:#5d99d1}.m4{fill:#2f72b4}.m5{fill:#134a85}.mx{fill:#e5e7ea}"
    ".counties path{stroke:#fff;stroke-width:.8}.cities path{fill:none;stroke:#fff;stroke-width:2}"
    ".names text{font-size:20px;font-weight:600;text-anchor:middle;dominant-baseline:middle;fill:#0d2240;paint-order:stroke;stroke:#fff;stroke-width:4.5;stroke-linejoin:round}"
)


def brief_pdf(
    found: Overview,
    *,
    title: str,
    made_by: str,
    now: datetime,
    inflow: SafeString | str,
    county_map: dict[str, Any] | str,
    map_words: str,
) -> bytes:
    """Return the sheets of an area: what the page shows, hidden figures hidden here too."""
    charts = []
    if inflow:
        charts.append(_chart(gettext("登记与办结"), str(inflow), found.curve_words, wide=True))
    if isinstance(county_map, dict):
        legend = "　".join(str(words) for _class, words in county_map["legend"])
        source = gettext("颜色由浅到深：%(legend)s") % {"legend": legend}
        drawn = str(county_map["drawn"])
        charts.append(_chart(map_words, drawn, f"{source}　{MAP_SOURCE}，{MAP_NUMBER}", wide=False))
    said = {
        "language": (get_language() or "zh")[:2],
        "platform": gettext("河南社会治理服务平台"),
        "title": title,
        "period": f"{found.period.first}—{found.period.last}",
        "first": found.waiting,
        "tables": [_table(one) for one in _chosen(tables_of(found))],
        "charts": charts,
        "how": gettext("怎么算的"),
        "definitions": _definitions(),
        "foot": f"{localtime(now):%Y-%m-%d %H:%M}　{made_by}",
    }
    with as_file(files("gongzhi.desks.cockpit") / "templates" / "cockpit" / "brief.typ") as template:
        return pdf_of(template, said, made_at=now)


def _chosen(tables: Sequence[Table]) -> list[Table]:
    known = {one.key: one for one in tables if one.key != "places" or len(one.rows) <= MOST_PLACES}
    return [known[key] for key in SHOWN if key in known]


def _table(one: Table) -> dict[str, Any]:
    rows = [[name, *(str(cell) or "—" for cell in cells)] for name, cells in one.rows]
    return {"title": one.title, "heads": [str(head) for head in one.heads], "rows": rows}


def _chart(title: str, drawn: str, note: str, *, wide: bool) -> dict[str, Any]:
    begin = drawn.index(">") + 1
    tag = drawn[:begin].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    styled = f"{tag}<style>{COLOURS}</style>{drawn[begin:]}"
    return {"title": title, "drawn": styled, "note": note, "alt": title, "wide": wide}


def _definitions() -> list[str]:
    few = gettext("少于 %(few)s 件的数字不显示，以免推知是谁；请勿用于推知个人。") % {"few": FEW}
    complaints = gettext("对单位和工作人员的举报不列入（信访工作条例第三十条）。")
    return [
        *(f"{one.label}（{one.unit}）：{one.formula}（{one.source}）" for one in (*OF_DAYS, *STANDING)),
        few,
        complaints,
    ]
