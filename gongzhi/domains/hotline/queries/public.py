"""What everybody may read: answered requests whose writers agreed, and the announced samples."""

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.base.masking import mask_numbers
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Published, PublishedLot
from gongzhi.insight.triage.leaks import leaks_in, masked
from gongzhi.kernel.organisations.categories import catalogue

PAGE = 20
SHORTEST = 2
_FOUND = "SELECT hotline_published_found(%s, %s, %s, %s::bigint[], %s, %s, %s)"


def public_requests(
    *, region_code: str = "", category_id: int | None = None, words: str = "", before: int | None = None
) -> list[Published]:
    """Return answered requests whose writers agreed to publish them, newest first, a page before key *before*.

    *words*, with blanks between them, stand in title or text; a single sign finds nothing, for it would find too much.
    """
    asked = words.split()
    if any(len(word) < SHORTEST for word in asked):
        return []
    mark = (
        Published.objects.filter(pk=before).values_list("replied_at", flat=True).first() if before else None
    )
    below = _narrower(category_id) if category_id is not None else None
    found = Published.objects.filter(replied_at__isnull=False)
    if asked:
        low, high = prefix_range(region_code) if region_code else ("", "")
        given = [asked, low, high, below, mark, before if mark else None, PAGE]
        found = found.filter(pk__in=RawSQL(_FOUND, given))  # noqa: S611 - a constant with placeholders
    else:
        found = found.filter(_within(region_code)) if region_code else found
        found = found.filter(category_id__in=below) if below is not None else found
        found = found.filter(Q(replied_at__lt=mark) | Q(replied_at=mark, pk__lt=before)) if mark else found
    return list(found.select_related("unit", "category").order_by("-replied_at", "-pk")[:PAGE])


def public_request(case_id: int) -> Published | None:
    """Return one request whose writer agreed to show it, answered or not; None when it is not public."""
    found = Published.objects.filter(pk=case_id).exclude(stage="withdrawn")
    return found.select_related("unit", "category").first()


def similar_public_requests(*, region_code: str, category_id: int | None, limit: int = 3) -> list[Published]:
    """Return public requests of the same kind of matter in the same county, to look at before writing a new one."""
    found = Published.objects.filter(_within(region_code[:6]), category_id=category_id)
    return list(found.exclude(stage="withdrawn").select_related("unit").order_by("-opened_at")[:limit])


def for_everybody(words: str) -> str:
    """Return a person's words with what tells who somebody is or where they live crossed out."""
    numbered = mask_numbers(words)
    return masked(numbered, leaks_in(numbered))


def published_draws() -> QuerySet[Draw]:
    """Return every announced sample: the hash of the seed before the draw, the seed itself only after it.

    A lot that turned out to be a complaint about a unit or an official is no longer listed (信访工作条例 art. 30).
    """
    lots = PublishedLot.objects.order_by("position")
    return Draw.objects.order_by("-announced_at").prefetch_related(Prefetch("published", lots))


def _within(region_code: str) -> Q:
    low, high = prefix_range(region_code)
    return Q(region_code__gte=low, region_code__lt=high)


def _narrower(category_id: int) -> list[int]:
    """Return a category and all below it."""
    known = catalogue()
    return [one for one in known.by_id if category_id in known.way_up(one)]
