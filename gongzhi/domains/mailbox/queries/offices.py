"""The mailboxes of a place: which there are, and one by the name in its address."""

from datetime import date

from django.db.models import Q, QuerySet

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.mailbox.models import Office


def open_offices(on: date) -> QuerySet[Office]:
    """Return the mailboxes that take letters on a day, those of the wider area first."""
    lasting = Q(closed_on=None) | Q(closed_on__gt=on)
    return (
        Office.objects.filter(lasting, opened_on__lte=on)
        .select_related("unit")
        .order_by("region_code", "title")
    )


def offices_around(region_code: str, on: date) -> list[Office]:
    """Return the mailboxes of a region and below it, and those above it: people may write to any of them."""
    low, high = prefix_range(region_code)
    above = [region_code[:length] for length in (2, 4, 6, 9) if length < len(region_code)]
    return list(
        open_offices(on).filter(Q(region_code__gte=low, region_code__lt=high) | Q(region_code__in=above))
    )


def office_by_key(key: str) -> Office | None:
    """Return a mailbox, also one that is closed: what it published can still be read."""
    return Office.objects.select_related("unit").filter(key=key).first()
