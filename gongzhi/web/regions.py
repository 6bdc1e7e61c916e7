"""The lists from which a region is picked: counties by city, and what lies below a county or a township."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongzhi.kernel.organisations.models import Region

COUNTY_LEVEL: Final = 3


def _in_force(day: date) -> QuerySet[Region]:
    """Regions that exist on a day."""
    return Region.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )


def counties() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """All counties, grouped under the name of their city, in the order of their codes."""
    found = (
        _in_force(timezone.localdate())
        .filter(level=COUNTY_LEVEL)
        .order_by("code")
        .values_list("parent__name", "code", "name")
    )
    return [
        (str(city or ""), [(code, name) for _city, code, name in group])
        for city, group in groupby(found, key=lambda row: row[0])
    ]


def children_of(code: str) -> Sequence[tuple[str, str]]:
    """What lies directly below a region, in the order of the codes."""
    return list(
        _in_force(timezone.localdate()).filter(parent=code).order_by("code").values_list("code", "name")
    )
