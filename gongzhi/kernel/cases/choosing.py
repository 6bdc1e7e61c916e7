"""The units that an official chooses among for a case: to which it may be given, and of which it may complain."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import units_kept_out
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit


def units_to_choose(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of the city to which a case may be given, those of its county first.

    The unit complained of and everything under it are left out (信访工作条例 art. 30).
    """
    low, high = prefix_range(case.region_code[:4])
    return _lasting(case, on, Q(region_id__gte=low, region_id__lt=high) & ~Q(pk__in=units_kept_out(case)))


def units_to_name(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of which a case may complain: those of its county, its city and its province."""
    low, high = prefix_range(case.region_code[:4])
    return _lasting(case, on, Q(region_id__gte=low, region_id__lt=high) | Q(region_id=case.region_code[:2]))


def _lasting(case: Case, on: date, which: Q) -> Sequence[Unit]:
    county = case.region_code[:6]
    found = Unit.objects.filter(which, Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return sorted(found, key=lambda unit: (not unit.region_id.startswith(county), unit.name))
