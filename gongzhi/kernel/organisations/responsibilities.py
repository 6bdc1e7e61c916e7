"""Who is responsible for a matter at a place: the responsibility list, nearest region and narrowest category first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gongzhi.base.regioncodes import LENGTHS
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.models import Responsibility, Unit
from gongzhi.kernel.organisations.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Responsible:
    """The line of the list that answers, and the category and region it was found under."""

    responsibility_id: int
    category_id: int
    region_code: str
    lead_unit_id: int
    co_unit_ids: tuple[int, ...]
    arbiter_unit_id: int | None
    standard: str
    basis: str
    asked_category_id: int
    asked_region_code: str

    @property
    def is_exact(self) -> bool:
        """Whether the list names this very category and region, or a broader one had to do."""
        return (self.category_id, self.region_code) == (self.asked_category_id, self.asked_region_code)


def responsible_for(category: int | str, region_code: str, on: date) -> Responsible | None:
    """Return who is responsible for a category (number or key) at a place on a day; None when the list is silent.

    The nearest region wins; within it the narrowest category, climbing to the broader ones. An answer is kept
    for a few seconds, so that opening and dispatching many cases costs one query a category and place.
    """
    if isinstance(category, str):
        known = catalogue().by_key.get(category)
        if known is None:
            return None
        category = known.pk
    return _answers((category, region_code, on))


def _find(question: tuple[int, str, date]) -> Responsible | None:
    category_id, region_code, on = question
    way_up = catalogue().way_up(category_id)
    prefixes = [region_code[:length] for length in LENGTHS if length <= len(region_code)]
    rows = Responsibility.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        category_id__in=way_up,
        region_id__in=prefixes,
        valid_from__lte=on,
    )
    best = max(
        rows,
        key=lambda row: (len(row.region_id), -way_up.index(row.category_id), row.valid_from),
        default=None,
    )
    if best is None:
        return None
    co_units = Unit.objects.filter(co_responsibilities=best.pk).order_by("pk")
    return Responsible(
        responsibility_id=best.pk,
        category_id=best.category_id,
        region_code=best.region_id,
        lead_unit_id=best.lead_unit_id,
        co_unit_ids=tuple(co_units.values_list("pk", flat=True)),
        arbiter_unit_id=best.arbiter_id,
        standard=best.standard or catalogue().by_id[best.category_id].standard,
        basis=best.basis,
        asked_category_id=category_id,
        asked_region_code=region_code,
    )


_answers: Remembered[tuple[int, str, date], Responsible | None] = Remembered(_find)
