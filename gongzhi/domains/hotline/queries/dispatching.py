"""What the centre asks before it dispatches: whom the list names, whom one may choose, what waits."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import reach, units_kept_out
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import county_of_case
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.responsibilities import Responsible, responsible_for
from gongzhi.kernel.people.actor import Actor

REPLY_REVIEW = "hotline.reply_review"  # a local value: a second person checks every reply


def units_to_choose(case: Case, on: date) -> Sequence[Unit]:
    """Return the units a case may be given to, those of its county first.

    The unit complained of and everything under it are left out (信访工作条例 art. 30).
    """
    low, high = prefix_range(case.region_code[:4])
    county = case.region_code[:6]
    found = Unit.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), region_id__gte=low, region_id__lt=high
    )
    if out := units_kept_out(case):
        found = found.exclude(pk__in=out)
    return sorted(found, key=lambda unit: (not unit.region_id.startswith(county), unit.name))


def units_to_name(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of which a case may complain: those of its county, its city and its province."""
    low, high = prefix_range(case.region_code[:4])
    place = Q(region_id__gte=low, region_id__lt=high) | Q(region_id=case.region_code[:2])
    found = Unit.objects.filter(place, Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    county = case.region_code[:6]
    return sorted(found, key=lambda unit: (not unit.region_id.startswith(county), unit.name))


def proposed_unit(case: Case, on: date) -> tuple[Unit, Responsible] | None:
    """Return the unit that the responsibility list names, with the line that names it; never the one complained of."""
    listed = responsible_for(case.category_id, case.region_code, on) if case.category_id else None
    if listed is None:
        return None
    if listed.lead_unit_id in units_kept_out(case):
        return None
    return Unit.objects.get(pk=listed.lead_unit_id), listed


def received_requests(actor: Actor, case_ids: Sequence[int]) -> Sequence[Case]:
    """Return those of the cases that the actor may dispatch, in the order they are due."""
    mine = Case.objects.filter(reach(actor, "hotline.dispatch"), pk__in=case_ids, stage="received")
    return list(mine.select_related("category", "unit").order_by("due_at", "pk"))


def is_reply_reviewed(case_id: int, on: date) -> bool:
    """Say whether the county where a case arose has a second person check every reply."""
    switch = local_value(county_of_case(case_id), REPLY_REVIEW, on)
    return bool(switch and switch.value)
