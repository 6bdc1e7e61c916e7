"""The violet box of a suggestion: what it says, and what is filled in when an official takes it over."""

from dataclasses import dataclass
from typing import Any

from gongzhi.domains.hotline.queries.suggested import Suggested, unit_named
from gongzhi.kernel.cases.classifying import is_of_same_periods
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit


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
