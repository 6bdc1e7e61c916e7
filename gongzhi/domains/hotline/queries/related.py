"""Requests that hang together: likely duplicates, linked ones, earlier ones of the same person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.base.regioncodes import TOWNSHIP, prefix_range
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.access.decide import reach, told_to
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import exact_places_told, may_see_requester, place_shown
from gongzhi.kernel.people.actor import Actor

LOOK_BACK = timedelta(days=30)  # the rolling window for duplicates; no law fixes it
MOST = 20


def likely_duplicates(actor: Actor, request: Request, limit: int = 5) -> Sequence[Request]:
    """Return other requests of the same matter and place, or of the same person, that *actor* may read."""
    case = request.case
    region, _place = place_shown(actor, case)
    low, high = prefix_range(region)
    window = Q(opened_at__gte=case.opened_at - LOOK_BACK, opened_at__lte=case.opened_at + LOOK_BACK)
    requests = Case.objects.filter(window, procedure="hotline.request").exclude(pk=case.pk)
    readable = requests.filter(reach(actor, "hotline.read"))
    near = readable.filter(region_code__gte=low, region_code__lt=high, category_id=case.category_id)
    if len(region) > TOWNSHIP:
        near = near.filter(exact_places_told(actor))
    theirs = readable.filter(_of_the_same(actor, case)) if _may_join(actor, case) else Case.objects.none()
    # Each by its own index: asked for one or the other, the database reads all that is readable.
    numbers = {
        pk
        for some in (near, theirs)
        for pk in some.order_by("-opened_at").values_list("pk", flat=True)[:limit]
    }
    found = Request.objects.filter(pk__in=numbers).select_related("case__unit", "case__category")
    return list(found.order_by("-case__opened_at")[:limit])


def related_requests(actor: Actor, request: Request) -> dict[str, Sequence[Any]]:
    """Return what hangs together with a request, as far as the actor may read it: linked, helping, earlier."""
    main = request.duplicate_of or request
    linked = Request.objects.filter(Q(duplicate_of=main) | Q(pk=main.pk)).exclude(pk=request.pk)
    case = request.case
    earlier = Request.objects.filter(case__in=Case.objects.filter(_of_the_same(actor, case))).exclude(
        pk=request.pk
    )
    can_know = _may_join(actor, case)
    return {
        "linked": _readable(actor, linked),
        "children": list(case.children.select_related("unit").order_by("pk")),
        "earlier": _readable(actor, earlier) if can_know else [],
    }


def beside(actor: Actor, request: Request) -> Sequence[Request]:
    """Return the requests that were made of the same message, as far as the actor may read them."""
    first = request.split_from_id or request.pk
    found = Request.objects.filter(Q(split_from_id=first) | Q(pk=first)).exclude(pk=request.pk)
    readable = found.filter(case__in=Case.objects.filter(reach(actor, "hotline.read")))
    return list(readable.select_related("case__unit").order_by("pk")[:MOST])


def same_in_unit(actor: Actor, case: Case) -> Sequence[Request]:
    """Return linked requests that the actor's unit handles too and that are still to be answered."""
    request = Request.objects.filter(pk=case.pk).first()
    if request is None or actor.unit_id is None:
        return []
    main_id = request.duplicate_of_id or request.pk
    linked = Request.objects.filter(Q(duplicate_of_id=main_id) | Q(pk=main_id), case__stage=case.stage)
    mine = linked.exclude(pk=case.pk).filter(case__unit_id=actor.unit_id).select_related("case")
    return list(mine.filter(told_to(actor, "case__against_unit_id", "case__against_account_id")))


def _may_join(actor: Actor, case: Case) -> bool:
    """Say whether other requests of the same person may be shown beside one: they tell who asked, to who may learn that.

    A unit that helps may not, though it may in its own matters; and a confidential request never points to its writer.
    """
    return case.opened_by_id is not None and not case.sealed and may_see_requester(actor, case)


def _of_the_same(actor: Actor, case: Case) -> Q:
    """Return the filter over requests of whoever opened a case, of which the actor may learn that they are theirs."""
    return Q(opened_by_id=case.opened_by_id, sealed=False) & reach(actor, "hotline.see_requester")


def _readable(actor: Actor, found: QuerySet[Request], most: int = MOST) -> list[Request]:
    """What may not be read is left out before the newest are taken, so that it does not take their place."""
    readable = Case.objects.filter(reach(actor, "hotline.read"), sealed=False)
    rows = found.filter(case__in=readable).select_related("case__unit", "case__category")
    return list(rows.order_by("-case__opened_at")[:most])
