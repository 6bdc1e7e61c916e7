"""The cockpit: the page of figures, the same for a wall, on sheets, as tables and as a file; the matters behind a figure."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.regioncodes import COUNTY
from gongzhi.desks.cockpit.briefing import brief_pdf
from gongzhi.desks.cockpit.cells import Cell, cell
from gongzhi.desks.cockpit.drawn import county_map, inflow, ratings
from gongzhi.desks.cockpit.gathered import Overview, gather
from gongzhi.desks.cockpit.hot import hot_issues
from gongzhi.desks.cockpit.looking import PERIODS, area_of, may_list, own_area, period_of
from gongzhi.desks.cockpit.tables import as_workbook, names_below, tables_of
from gongzhi.insight.statistics.figures import Area
from gongzhi.insight.statistics.measures import BY_KEY, FEW, MEASURES, OF_DAYS, STANDING, Measure
from gongzhi.kernel.organisations.regions import path_name, region_name
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.dates import days_in_words
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import FIVE_GRADES

PERIOD_WORDS: Final = {"7": _("近 7 天"), "30": _("近 30 天"), "90": _("近 90 天"), "365": _("近一年")}
WORST: Final = 10
ON_THE_WALL: Final = 5
SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Line:
    """One place in the list: its figures in the order of the columns, and where it leads."""

    code: str
    name: str
    cells: Sequence[Cell]
    url: str


class FiguresPage(StaffPage):
    """A page about an area of the actor's own and a period, both named by the address."""

    section = "cockpit:cockpit"
    may_lag = True

    def looked_at(self) -> Overview:
        """Gather the figures of the area and the period asked for."""
        asked = self.request.GET
        own, area = own_area(self.actor), area_of(self.actor, asked.get("area", ""))
        _name, period = period_of(asked.get("period", ""), localdate(self.now))
        return gather(own, area, period, self.now)

    def address(self, **changes: str) -> str:
        """Return the query of this page with some of it changed; it always names a period."""
        asked = self.request.GET
        name, _period = period_of(asked.get("period", ""), localdate(self.now))
        kept = {name: value for name, value in asked.items() if name in {"area", "measure", "theme", "renew"}}
        chosen = {"period": name} | kept | changes
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what every page about an area says of itself."""
        name, period = period_of(self.request.GET.get("period", ""), localdate(self.now))
        area = area_of(self.actor, self.request.GET.get("area", ""))
        return super().get_context_data(
            area=area,
            title=path_name(area.region_code) or region_name(area.region_code),
            up=self._up(area),
            period=period,
            days=days_in_words(period.first, period.last),
            periods=[(words, self.address(period=key), key == name) for key, words in PERIOD_WORDS.items()],
            query=self.address(),
            few=FEW,
            definitions=(*OF_DAYS, *STANDING),
            **kwargs,
        )

    def _up(self, area: Area) -> tuple[str, str] | None:
        """Return name and address of the area above, within the actor's own."""
        own, code = self.actor.region_code, area.region_code
        if len(code) <= len(own):
            return None
        above = code[: max(len(own), COUNTY if len(code) > COUNTY else len(code) - 2)]
        return region_name(above), self.address(area=above)


class Cockpit(FiguresPage):
    """态势 of the actor's area, or of one below it; on a wall without navigation, in the dark."""

    template_name = "cockpit/cockpit.html"
    wall_template: ClassVar[str] = "cockpit/wall.html"

    def get_template_names(self) -> list[str]:
        """Choose the frame for a wall when the address asks for it."""
        return [self.wall_template if self.request.GET.get("theme") == "wall" else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw what was gathered, and say where each part leads."""
        found = self.looked_at()
        area, places = found.area, found.places
        chosen = (
            BY_KEY[asked] if (asked := self.request.GET.get("measure", "")) in DRAWN else BY_KEY["on_time"]
        )
        is_wide = len(area.region_code) < COUNTY
        below = self._lines(found)
        return super().get_context_data(
            found=found,
            measures=[(one.label, self.address(measure=one.key), one is chosen) for one in MEASURES],
            chosen=chosen,
            map=county_map(places.below, places.hidden_below(chosen), chosen, self.address)
            if is_wide
            else "",
            columns=MEASURES,
            lines=below,
            lines_words=_("县区") if is_wide else _("乡镇街道"),
            worst=self._worst(below, chosen),
            worst_few=self._worst(below, chosen)[:ON_THE_WALL],
            units_more=_not_named(found.other_units),
            inflow=inflow(found.starts, found.parts),
            ratings=ratings(found.grades),
            grades=[(f"k{at}", words) for at, (_grade, words) in enumerate(FIVE_GRADES)],
            hot=hot_issues(area, found.period),
            may_list=may_list(self.actor, area),
            county=region_name(area.region_code) if not is_wide else "",
            wall=self.address(theme="wall"),
            plain_query=self.address(theme="", renew=""),
            renews=self._renews(),
            still=self.address(renew="off" if self._renews() else ""),
            **kwargs,
        )

    def _renews(self) -> bool:
        """Say whether the wall comes anew by itself; who reads slowly turns it off (WCAG 2.2.1)."""
        return self.request.GET.get("renew") != "off"

    def _lines(self, found: Overview) -> list[Line]:
        secret = {one.key: found.places.hidden_below(one) for one in MEASURES}
        names = names_below(found.area) if found.places.below else {}
        return [
            Line(
                code,
                names.get(code, code),
                [cell(one, counts, code in secret[one.key]) for one in MEASURES],
                "" if code == found.area.region_code else self.address(area=code),
            )
            for code, counts in sorted(found.places.below.items())
        ]

    def _worst(self, lines: Sequence[Line], measure: Measure) -> list[tuple[Line, Cell]]:
        """Return the ten places that stand worst by a measure, none where all stand alike; those with most, where more is not worse."""
        turn, at = measure.better or -1, MEASURES.index(measure)
        known = [(line, line.cells[at]) for line in lines if line.url and line.cells[at].value is not None]
        if measure.better and len({cell.value for _line, cell in known}) == 1:
            return []
        return sorted(known, key=lambda one: (turn * (one[1].value or 0), one[0].code))[:WORST]


def _not_named(number: int) -> str:
    words = gettext("另有 %(number)s 个单位有超期未办的事项，件数少，或为此不显示。")
    return words % {"number": number} if number else ""


DRAWN: Final = frozenset(one.key for one in MEASURES)


class Brief(Cockpit):
    """The same on sheets to print or to keep as PDF."""

    template_name = wall_template = "cockpit/brief.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the heading of the sheet."""
        shown_on_page = super().get_context_data(**kwargs)
        title = gettext("%(place)s社会治理简报") % {"place": shown_on_page["title"]}
        return shown_on_page | {"sheet_title": title}


class BriefFile(Brief):
    """The brief as a PDF file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Hand it out."""
        shown = self.get_context_data()
        content = brief_pdf(
            shown["found"],
            title=shown["sheet_title"],
            made_by=self.actor.name,
            now=self.now,
            inflow=shown["inflow"],
            county_map=shown["map"],
            map_words=str(shown["chosen"].label),
        )
        period = shown["period"]
        name = f"{shown['sheet_title']} {period.first}—{period.last}.pdf"
        return handed_out(io.BytesIO(content), name=name, media_type="application/pdf")


class Tables(FiguresPage):
    """Every figure of the page in tables."""

    template_name = "cockpit/tables.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them."""
        return super().get_context_data(tables=tables_of(self.looked_at()), **kwargs)


class Workbook(FiguresPage):
    """The tables as a file for spreadsheets: figures alone, nothing in it tells who it was."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Hand it out with who took it and what it counts."""
        found = self.looked_at()
        content = as_workbook(found, taken_by=self.actor.name, now=self.now)
        name = f"{found.area.region_code}-{found.period.first}-{found.period.last}.xlsx"
        return handed_out(io.BytesIO(content), name=name, media_type=SPREADSHEET)


assert set(PERIODS) == set(PERIOD_WORDS)  # noqa: S101 - read at import, once
