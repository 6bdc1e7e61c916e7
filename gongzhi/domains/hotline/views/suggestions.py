"""The violet box of a suggestion: what it says, and what is filled in when an official takes it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.queries.suggested import Suggested, unit_named
from gongzhi.insight.triage.reply_points import Found, Point
from gongzhi.kernel.cases.classifying import is_of_same_periods
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit

POINTS: Final = {
    Point.UNANSWERED: _("群众的这一句没有回应"),
    Point.ASKS_AGAIN: _("向群众要已经提供过的内容"),
    Point.COPIED: _("与本单位另一件的答复几乎相同"),
    Point.NO_BASIS: _("没有写依据或核实情况"),
    Point.NO_DATE: _("没有写日期或期限"),
    Point.NO_OPENING: _("开头没有称呼或问候"),
    Point.NO_CLOSING: _("结尾没有致谢或联系方式"),
}


@dataclass(frozen=True)
class Box:
    """A suggestion as it is shown; `is_same` when the request is registered under it, `fits` when it may be taken over."""

    found: Suggested
    unit: Unit | None
    is_same: bool
    fits: bool


def box_of(found: Suggested, case: Case) -> Box:
    """Return the box for a request."""
    return Box(
        found=found,
        unit=unit_named(found),
        is_same=found.category.pk == case.category_id,
        fits=is_of_same_periods(found.category, case.category),
    )


def taken_over(found: Suggested | None, asked: str) -> dict[str, Any]:
    """Return what is filled in when an official has pressed to take the suggestion over: its category and its unit.

    Only what is suggested now is filled in, whatever the address says.
    """
    if found is None or asked != found.category.key:
        return {}
    unit = {"unit_id": found.routed.unit_id} if found.routed.unit_id else {}
    return {"category": found.category.key, **unit}


def points_shown(found: Sequence[Found]) -> list[tuple[Any, str]]:
    """Return what a reply leaves open, in words, each with the passage it is about."""
    return [(POINTS[one.point], one.passage) for one in found]
