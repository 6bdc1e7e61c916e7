"""What everybody may read: requests whose writers agreed and that an official has cleared, and the announced samples."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from gongzhi.base.masking import mask_numbers
from gongzhi.base.regioncodes import COUNTY, TOWNSHIP, prefix_range
from gongzhi.domains.hotline.models import Draw, Published, PublishedLot, Request
from gongzhi.insight.triage.leaks import leaks_in, masked
from gongzhi.insight.triage.subject import shared_words, subject_words
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.categories import catalogue

PAGE = 20
SHORTEST = 2
#: So often the next page is looked at in place of what would be found by crossed-out words alone.
LOOKS = 5
#: Where no unit has taken a request yet: nobody has to read it there.
UNREAD = frozenset({"received", "dispatched", "disputed"})
#: So many texts are kept as everybody reads them, since the same few are read again and again.
READ_LATELY: Final = 500
_FOUND = "SELECT hotline_published_found(%s, %s, %s, %s::bigint[], %s, %s, %s)"
_NEAR = "SELECT hotline_published_near(%s, %s, %s, %s, %s)"
#: Weeks looked back for likes of a new request, and how many are then compared with it, of each sort.
WEEKS, CANDIDATES = 13, 30
LATELY = timedelta(days=30)
#: At least so many words in common, and so much likeness: the share of the words, plus what the same kind and township add.
FEWEST_WORDS, ALIKE, SAME_KIND, SAME_PLACE = 2, 0.3, 0.15, 0.1


def public_requests(
    *, region_code: str = "", category_id: int | None = None, words: str = "", before: int | None = None
) -> list[Published]:
    """Return answered requests whose writers agreed to publish them, newest first, a page before key *before*.

    *words*, with blanks between them, stand in title or text as everybody reads them: what is crossed out there is not found
    either, or it could be guessed sign by sign. A single sign finds nothing, for it would find too much.
    """
    asked = words.split()
    if any(len(word) < SHORTEST for word in asked):
        return []
    below = _narrower(category_id) if category_id is not None else None
    shown: list[Published] = []
    for _again in range(LOOKS):
        page = _page_before(before, asked, region_code, below)
        shown += [one for one in page if _says(one, asked)]
        if len(page) < PAGE or len(shown) >= PAGE:
            break
        before = page[-1].pk
    return shown[:PAGE]


def _page_before(
    before: int | None, asked: Sequence[str], region_code: str, below: Sequence[int] | None
) -> list[Published]:
    mark = (
        Published.objects.filter(pk=before).values_list("replied_at", flat=True).first() if before else None
    )
    found = Published.objects.filter(replied_at__isnull=False)
    if asked:
        low, high = prefix_range(region_code) if region_code else ("", "")
        given = [list(asked), low, high, below, mark, before if mark else None, PAGE]
        found = found.filter(pk__in=RawSQL(_FOUND, given))  # noqa: S611 - a constant with placeholders
    else:
        found = found.filter(_within(region_code)) if region_code else found
        found = found.filter(category_id__in=below) if below is not None else found
        found = found.filter(Q(replied_at__lt=mark) | Q(replied_at=mark, pk__lt=before)) if mark else found
    return list(found.select_related("unit", "category").order_by("-replied_at", "-pk")[:PAGE])


def _says(one: Published, asked: Sequence[str]) -> bool:
    """Say whether every word stands in what everybody reads of a request, whatever its case."""
    if not asked:
        return True
    title, text = for_everybody(one.title).upper(), for_everybody(one.text).upper()
    return all(word.upper() in title or word.upper() in text for word in asked)


def public_request(case_id: int) -> Published | None:
    """Return one request whose writer agreed to show it, answered or not; None when it is not public."""
    found = Published.objects.filter(pk=case_id).exclude(stage="withdrawn")
    return found.select_related("unit", "category").first()


def similar_public_requests(
    text: str, *, region_code: str, category_id: int | None, now: datetime, limit: int = 3
) -> list[Published]:
    """Return public requests of the same county that are much like *text*, the likest first, for a look before sending.

    Candidates are answers of the last months with some of its rare words, and what was asked in the last month of the same kind,
    answered or not. Two words in common are the least; the same kind and the same township speak for it too. They are looked for in what
    everybody reads, so that nobody finds out by trying whom or which door a text names.
    """
    words = subject_words(text)
    shown = Published.objects.exclude(stage="withdrawn").select_related("unit")
    given = [list(words), region_code[:COUNTY], now, WEEKS, CANDIDATES]
    by_words = shown.filter(pk__in=RawSQL(_NEAR, given))  # noqa: S611 - a constant with placeholders
    lately = _within(region_code[:COUNTY]) & Q(opened_at__gte=now - LATELY)
    of_kind = shown.filter(lately, category_id=category_id).order_by("-opened_at")
    candidates = [*by_words, *(of_kind[:CANDIDATES] if category_id is not None else ())]
    weighed: dict[Published, float] = {}
    for one in candidates:
        if _likeness(one, f"{one.title} {one.text}", words, region_code, category_id) >= ALIKE:
            read = f"{for_everybody(one.title)} {for_everybody(one.text)}"
            weighed[one] = _likeness(one, read, words, region_code, category_id)
    alike = [one for one, likeness in weighed.items() if likeness >= ALIKE]
    return sorted(alike, key=lambda one: (-weighed[one], -one.pk))[:limit]


def _likeness(
    one: Published, said: str, words: Mapping[str, float], region_code: str, category_id: int | None
) -> float:
    """Return how much a published request, by what it *said*, is like what is about to be sent: the share of its words, and kind and place."""
    number, share = shared_words(words, said)
    if number < FEWEST_WORDS:
        return 0.0
    same_kind = category_id is not None and one.category_id == category_id
    same_place = one.region_code == region_code[:TOWNSHIP]
    return share + SAME_KIND * same_kind + SAME_PLACE * same_place


@lru_cache(maxsize=READ_LATELY)
def for_everybody(words: str) -> str:
    """Return a person's words with what tells who somebody is or where they live crossed out."""
    return mask_numbers(
        masked(words, leaks_in(words))
    )  # a number half masked would no longer be known as one


def as_shown(title: str, text: str) -> dict[str, str]:
    """Return title and text exactly as everybody would read them, for a look before they are shown."""
    return {"title": for_everybody(title), "text": for_everybody(text)}


def waits_to_be_cleared(case: Case) -> bool:
    """Say whether a public request, in hand or answered, waits for an official to say that it may be shown."""
    said = Request.objects.filter(pk=case.pk, cleared_at=None).first() if case.public else None
    if said is None:
        return False
    return said.replied_at is not None or not (case.is_closed or case.stage in UNREAD)


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
