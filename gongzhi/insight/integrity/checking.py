"""The worker's duty: after each month look through the quarter so far of every city, and write down what was found."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as of_day
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.integrity import collecting
from gongzhi.insight.integrity.closings import closed_just_before_due
from gongzhi.insight.integrity.collecting import Span
from gongzhi.insight.integrity.facts import Suspicion
from gongzhi.insight.integrity.models import CheckedMonth, Finding, State
from gongzhi.insight.integrity.photos import one_photo_for_many
from gongzhi.insight.integrity.ratings import ratings_from_office
from gongzhi.insight.integrity.replies import copied_replies
from gongzhi.kernel.organisations.models import Region, Unit
from gongzhi.kernel.registry.api import DOMAINS

log: Final = logging.getLogger(__name__)

#: What comes in late, as from a file, is waited for.
SETTLES: Final = timedelta(days=3)
CITY_DIGITS: Final = 4
KEPT: Final = timedelta(days=3 * 366)


def check_due(now: datetime) -> int:
    """Look through one city whose last month waits for it; return how many. Findings kept long enough go."""
    Finding.objects.filter(last__lt=localdate(now) - KEPT).delete()
    month = month_before(localdate(now - SETTLES))
    done = set(CheckedMonth.objects.filter(month=month).values_list("region_code", flat=True))
    for code in Region.objects.order_by("code").values_list("code", flat=True):
        if len(code) == CITY_DIGITS and code not in done:
            check_city(code, month, now)
            return 1
    return 0


@transaction.atomic
def check_city(region_code: str, month: date, now: datetime) -> int:
    """Look through the quarter of a city up to the end of a month; return how many new findings there are.

    What nobody has answered or decided yet is found anew, with the further months; the rest stays as it is.
    """
    CheckedMonth.objects.update_or_create(
        region_code=region_code, month=month, defaults={"checked_at": now}
    )  # holds the month until the end
    first, last = quarter_of(month)[0], month_after(month) - timedelta(days=1)
    low, high = prefix_range(region_code)
    within = Unit.objects.filter(region_id__gte=low, region_id__lt=high)
    units = dict(within.values_list("pk", "region_id"))
    untouched = Finding.objects.filter(unit__in=units, first=first, state=State.OPEN, answered_at=None)
    untouched.delete()
    kept = list(Finding.objects.filter(unit__in=units, first=first))
    found = []
    for domain in sorted(DOMAINS):
        span = Span(region_code, domain, _moment(first), _moment(last + timedelta(days=1)))
        for one in suspicions(span):
            if not any(_is_known(one, domain, known) for known in kept):
                found.append(
                    Finding(
                        kind=one.kind,
                        domain=domain,
                        unit_id=one.unit,
                        region_code=units[one.unit],
                        first=first,
                        last=last,
                        cases=list(one.cases),
                        figures=dict(one.figures),
                        found_at=now,
                    )
                )
    Finding.objects.bulk_create(found)
    log.info("checked %s up to %s: %s findings", region_code, last, len(found))
    return len(found)


def suspicions(span: Span) -> Iterator[Suspicion]:
    """Yield what every detector finds."""
    yield from closed_just_before_due(collecting.closings(span))
    yield from copied_replies(collecting.replies(span))
    yield from one_photo_for_many(collecting.photos(span))
    yield from ratings_from_office(collecting.ratings(span))


def _is_known(one: Suspicion, domain: str, known: Finding) -> bool:
    """Say whether a suspicion was written down before: it rests on the same matters for the most part."""
    same = (one.kind, one.unit, domain) == (known.kind, known.unit_id, known.domain)
    return same and len(set(one.cases) & set(known.cases)) * 2 > len(known.cases)


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter of a day."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, month_after(month_after(month_after(first))) - timedelta(days=1)


def month_after(day: date) -> date:
    """Return the first day of the next month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def month_before(day: date) -> date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _moment(day: date) -> datetime:
    return make_aware(datetime.combine(day, of_day.min))
