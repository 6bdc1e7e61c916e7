"""What the public reads of a unit that takes petitions, and what a protecting unit reads of those it protects."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Q

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.petitions.models import Openness, Protection
from gongzhi.insight.triage.leaks import Kind
from gongzhi.insight.triage.open_words import particulars_in
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor, Role

MOST: Final = 60


def units_found(words: str, region_code: str) -> Sequence[Unit]:
    """Return the units of a county, or those whose name holds the words; villages are below their township."""
    units = Unit.objects.exclude(kind__in=(Unit.Kind.ENTERPRISE, Unit.Kind.HOTLINE_CENTRE))
    if words:
        units = units.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    if region_code:
        low, high = prefix_range(region_code)
        units = units.filter(region_id__gte=low, region_id__lt=high)
    return list(units.select_related("region").order_by("name")[:MOST]) if words or region_code else []


def unit_with_openness(unit_id: int) -> tuple[Unit, Openness | None] | None:
    """Return a unit with what it made public; None where there is no such unit."""
    unit = Unit.objects.select_related("parent", "region").filter(pk=unit_id).first()
    return (unit, Openness.objects.filter(pk=unit_id).first()) if unit else None


def office_phone(unit: Unit) -> str:
    """Return the phone of a unit as its list has it, for everybody; empty where it looks like a person's own."""
    return "" if particulars_in(unit.phone, allowed={Kind.LANDLINE}) else unit.phone


def protections_for(actor: Actor) -> Sequence[Protection]:
    """Return what the head or the supervisor of a protecting unit has to answer, what waits first."""
    if actor.role not in (Role.HEAD, Role.SUPERVISOR) or actor.unit_id is None:
        return []
    mine = Protection.objects.filter(unit_id=actor.unit_id)
    return list(mine.order_by("answered_at", "-asked_at")[:MOST])


def protections_of(actor: Actor, case_id: int) -> Sequence[Protection]:
    """Return what a person has said in their own matter, with the answers."""
    if actor.person_id is None:
        return []
    return list(Protection.objects.filter(case_id=case_id, person_id=actor.person_id).order_by("-asked_at"))
