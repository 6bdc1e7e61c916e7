"""The mailboxes of a place: which there are, and one by the name in its address."""

from datetime import date

from django.db.models import Q, QuerySet

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.mailbox.models import Office
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Actor


def open_offices(on: date) -> QuerySet[Office]:
    """Return the mailboxes that take letters on a day, those of the wider area first."""
    lasting = Q(closed_on=None) | Q(closed_on__gt=on)
    return (
        Office.objects.filter(lasting, opened_on__lte=on)
        .select_related("unit")
        .order_by("region_code", "title")
    )


def offices_of_unit(unit_id: int | None, on: date) -> list[Office]:
    """Return the mailboxes of a unit that take letters on a day."""
    return list(open_offices(on).filter(unit_id=unit_id)) if unit_id is not None else []


def has_mailbox(unit_id: int | None, on: date) -> bool:
    """Say whether a unit has a mailbox, as of a few seconds ago at most: menus ask it on every page."""
    return unit_id is not None and _with_mailbox((unit_id, on))


def _find_mailbox(asked: tuple[int, date]) -> bool:
    unit_id, on = asked
    return open_offices(on).filter(unit_id=unit_id).exists()


_with_mailbox: Remembered[tuple[int, date], bool] = Remembered(_find_mailbox)


def offices_kept_by(actor: Actor) -> list[Office]:
    """Return every mailbox of the area that an administrator keeps, closed ones too."""
    if not may(actor, "mailbox.keep_office") or not actor.region_code:
        return []
    low, high = prefix_range(actor.region_code)
    found = Office.objects.filter(region_code__gte=low, region_code__lt=high)
    return list(found.select_related("unit").order_by("region_code", "title"))


def units_kept_by(actor: Actor, on: date) -> list[Unit]:
    """Return the units of that area, to open a mailbox for."""
    low, high = prefix_range(actor.region_code) if actor.region_code else ("", "")
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return list(Unit.objects.filter(lasting, region_id__gte=low, region_id__lt=high).order_by("name"))


def office_by_key(key: str) -> Office | None:
    """Return a mailbox, also one that is closed: what it published can still be read."""
    return Office.objects.select_related("unit").filter(key=key).first()
