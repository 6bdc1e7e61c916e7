"""Who will receive a matter and by when it is answered: said to the person before anything is sent."""

from datetime import datetime

from django.utils.timezone import localdate

from gongzhi.kernel.cases.clocks import Term, term_of
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.responsibilities import responsible_for
from gongzhi.kernel.registry.api import procedure


def receiver_of(category_key: str, region_code: str, now: datetime) -> Unit | None:
    """Return the unit that the responsibility list names; None when the hotline centre has to find it."""
    found = responsible_for(category_key, region_code, localdate(now)) if category_key else None
    return Unit.objects.filter(pk=found.lead_unit_id).first() if found else None


def promise_of(region_code: str, now: datetime) -> Term:
    """Return within how many working days the region promises an answer, and where that stands."""
    declared = procedure("hotline.request", region_code=region_code)
    clock = next(clock for clock in declared.clocks if clock.key == "promise")
    return term_of(declared, clock, region_code, now)
