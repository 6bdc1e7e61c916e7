"""What everybody may read: answered requests whose writers agreed, and the announced samples."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.base.masking import mask_numbers
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Published, PublishedLot
from gongzhi.insight.triage.leaks import leaks_in, masked
from gongzhi.insight.triage.subject import shared_words, subject_words
from gongzhi.kernel.organisations.categories import catalogue

PAGE = 20
SHORTEST = 2
_FOUND = "SELECT hotline_published_found(%s, %s, %s, %s::bigint[], %s, %s, %s)"
_ALIKE = "SELECT hotline_published_alike(%s, %s, %s, %s, %s, %s)"
#: Weeks looked back for likes of a new request, and how many are then compared with it, of each sort.
WEEKS, CANDIDATES = 13, 30
LATELY = timedelta(days=30)
#: At least so many words in common, and so much likeness: the share of the words, plus what the same kind and township add.
FEWEST_WORDS, ALIKE, SAME_KIND, SAME_PLACE = 2, 0.3, 0.15, 0.1
COUNTY, TOWNSHIP = 6, 9


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


def similar_public_requests(
    text: str, *, region_code: str, category_id: int | None, now: datetime, limit: int = 3
) -> list[Published]:
    """Return public requests of the same county that are much like *text*, the likest first, for a look before sending.

    Candidates are answers of the last months with some of its rare words, and what was asked in the last month of the same kind,
    answered or not. Two words in common are the least; the same kind and the same township speak for it too.
    """
    words = subject_words(text)
    low, high = prefix_range(region_code[:COUNTY])
    shown = Published.objects.exclude(stage="withdrawn").select_related("unit")
    given = [list(words), low, high, now, WEEKS, CANDIDATES]
    by_words = shown.filter(pk__in=RawSQL(_ALIKE, given))  # noqa: S611 - a constant with placeholders
    lately = _within(region_code[:COUNTY]) & Q(opened_at__gte=now - LATELY)
    of_kind = shown.filter(lately, category_id=category_id).order_by("-opened_at")
    candidates = [*by_words, *(of_kind[:CANDIDATES] if category_id is not None else ())]
    weighed = {one: _likeness(one, words, region_code, category_id) for one in candidates}
    alike = [one for one, likeness in weighed.items() if likeness >= ALIKE]
    return sorted(alike, key=lambda one: (-weighed[one], -one.pk))[:limit]


def _likeness(one: Published, words: Mapping[str, float], region_code: str, category_id: int | None) -> float:
    """Return how much a published request is like what is about to be sent: the share of its words, and kind and place."""
    number, share = shared_words(words, f"{one.title} {one.text}")
    if number < FEWEST_WORDS:
        return 0.0
    same_kind = category_id is not None and one.category_id == category_id
    same_place = one.region_code == region_code[:TOWNSHIP]
    return share + SAME_KIND * same_kind + SAME_PLACE * same_place


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
