"""A figure as it is shown in a cell: a number, nothing where nothing happened, or not shown since it tells of few."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.insight.statistics.hiding import hidden
from gongzhi.insight.statistics.measures import NOTHING, Counts, Measure

TOWN, COUNTRY = "urban", "rural"
HIDDEN: Final = _("不显示")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its value in the unit of its measure, None when nothing happened of which it could speak."""

    value: float | None
    digits: int = 0
    is_hidden: bool = False

    def __str__(self) -> str:
        if self.is_hidden:
            return str(HIDDEN)
        return "—" if self.value is None else f"{self.value:,.{self.digits}f}"


UNSEEN: Final = Cell(None, is_hidden=True)


def cell(measure: Measure, counts: Counts, is_hidden: bool) -> Cell:
    """Return the cell of a measure; what is hidden keeps no value."""
    return UNSEEN if is_hidden else Cell(measure.of(counts), digits=1 if measure.bottom else 0)


def town_and_country(measure: Measure, classes: Mapping[str, Counts], is_hidden: bool) -> tuple[Cell, Cell]:
    """Return the cells of town and country, of which one could be found from the other and the whole."""
    secret = hidden(classes, measure)
    here, there = (
        cell(measure, classes.get(kind, NOTHING), is_hidden or kind in secret) for kind in (TOWN, COUNTRY)
    )
    return here, there


def changed(measure: Measure, now: Counts, before: Counts) -> tuple[str, str]:
    """Return by how much a figure differs from the period before, and whether that is good."""
    new, old = measure.of(now), measure.of(before)
    if new is None or old is None or not old:
        return "", ""
    by = 100 * (new - old) / old if not measure.bottom else new - old
    unit = "%" if not measure.bottom else gettext("个百分点") if measure.unit == "%" else measure.unit
    tone = "" if not measure.better or abs(by) < 0.05 else "ok" if by * measure.better > 0 else "bad"
    return (gettext("持平") if abs(by) < 0.05 else f"{by:+.1f} {unit}"), tone
