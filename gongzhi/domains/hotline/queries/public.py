"""What everybody may read: answered requests whose writers agreed, and the announced samples."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Drawn, Request
from gongzhi.kernel.organisations.categories import catalogue

PAGE = 20


def public_requests(
    *, region_code: str = "", category_id: int | None = None, words: str = "", before: int | None = None
) -> Sequence[Request]:
    """Return answered requests whose writers agreed to publish them, newest first, a page before key *before*."""
    low, high = prefix_range(region_code) if region_code else ("", "")
    below = _narrower(category_id) if category_id is not None else None
    mark = Request.objects.filter(pk=before).values_list("replied_at", flat=True).first() if before else None
    if words:
        asked = [words, low, high, below, mark, before if mark else None, PAGE]
        found = Request.objects.filter(
            pk__in=RawSQL("SELECT hotline_public_matching(%s, %s, %s, %s, %s, %s, %s)", asked)
        )
    else:
        found = Request.objects.filter(case__public=True, case__sealed=False, replied_at__isnull=False)
        if region_code:
            found = found.filter(case__region_code__gte=low, case__region_code__lt=high)
        if below is not None:
            found = found.filter(case__category_id__in=below)
        if mark:
            found = found.filter(Q(replied_at__lt=mark) | Q(replied_at=mark, pk__lt=before))
    return list(found.select_related("case__unit", "case__category").order_by("-replied_at", "-pk")[:PAGE])


def public_request(case_id: int) -> Request | None:
    """Return one request whose writer agreed to show it, answered or not; None when it is not public."""
    found = Request.objects.filter(pk=case_id, case__public=True, case__sealed=False)
    found = found.exclude(case__stage="withdrawn")
    return found.select_related("case__unit", "case__category").first()


def similar_public_requests(
    *, region_code: str, category_id: int | None, limit: int = 3
) -> Sequence[Request]:
    """Return public requests of the same kind of matter in the same county, to look at before writing a new one."""
    low, high = prefix_range(region_code[:6])
    found = Request.objects.filter(
        case__public=True,
        case__sealed=False,
        case__region_code__gte=low,
        case__region_code__lt=high,
        case__category_id=category_id,
    ).exclude(case__stage="withdrawn")
    return list(found.select_related("case__unit").order_by("-case__opened_at")[:limit])


def published_draws() -> QuerySet[Draw]:
    """Return every announced sample: the hash of the seed before the draw, the seed itself only after it.

    A lot that turned out to be a complaint about a unit or an official is no longer listed (信访工作条例 art. 30).
    """
    lots = Drawn.objects.filter(case__against_unit=None, case__against_account=None).order_by("position")
    return Draw.objects.order_by("-announced_at").prefetch_related(Prefetch("drawn", lots))


def _narrower(category_id: int) -> list[int]:
    """Return a category and all below it."""
    known = catalogue()
    return [one for one in known.by_id if category_id in known.way_up(one)]
