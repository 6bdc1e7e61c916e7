"""Requests that are likely about the same matter as one in hand, each with why: what both say. Never by who wrote them.

Copies are found among all that are open, by the index that the worker keeps; what says the same in other words among the newest.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q, QuerySet

from gongzhi.base.regioncodes import COUNTY, VILLAGE, prefix_range
from gongzhi.domains.hotline.models import Request
from gongzhi.insight.triage.answers import joined
from gongzhi.insight.triage.likely import likely_duplicates, passage_in_common
from gongzhi.insight.triage.marks import another_thing, known_names, marks_of
from gongzhi.insight.triage.models import Kind, Suggestion
from gongzhi.insight.triage.shelf import Damaged
from gongzhi.insight.triage.shelved import current_shelf
from gongzhi.insight.triage.subject import shared_words, subject_words
from gongzhi.kernel.access.decide import reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.people.actor import Actor

log = logging.getLogger(__name__)

#: So far back, and so many of the newest of the kind in the county, are compared; so many are shown.
LOOK_BACK, COMPARED, SHOWN = timedelta(days=90), 60, 3
#: So many copies are named by the index, so that those that are linked already do not take the place of others.
COPIES: Final = 10
#: What an official said of those that were suggested, as it is kept: one of them is the same matter, or none is.
SAME, NONE_OF_THEM = "same", "none"
#: At least so many words in common, and so much likeness: the share of the words, plus what the same village adds.
FEWEST_WORDS, ALIKE, SAME_VILLAGE = 2, 0.25, 0.2
#: A passage in common of so many signs tells more than single words.
LONG_PASSAGE: Final = 8
WORDS_SHOWN: Final = 5


@dataclass(frozen=True)
class Alike:
    """A request that is likely about the same, and what both say: the passage in common, or words."""

    request: Request
    said: Sequence[str]


def likely_the_same(actor: Actor, case: Case, *, once_more: bool = False) -> list[Alike]:
    """Return recent requests of the county that *actor* may read and that are likely about the same: copies, then the likest.

    None for a complaint about somebody, which people alone read, and none that is one; none once an official has said that it is another
    matter than those suggested, unless asked *once_more*; what is linked already is left out, and of several that are linked
    with each other one is named. That a copy names another road, estate or number parts it. Nothing is changed here: an official links, or does not.
    """
    request = Request.objects.filter(pk=case.pk).first()
    complains = case.against_unit_id or case.against_account_id or NAMES_SOMEBODY in case.flags
    if not settings.TRIAGE_SUGGESTIONS or complains or request is None:
        return []
    if is_told_apart(case) and not once_more:
        return []
    text, others = joined(case.title, request.text), _others(actor, case, request)
    found = [*_copies(text, case, others), *_of_the_kind(text, case, others)]
    once: dict[int, Request] = {}
    for one in found:
        once.setdefault(one.duplicate_of_id or one.pk, one)
    return [Alike(one, _said(text, _text_of(one))) for one in list(once.values())[:SHOWN]]


def waiting_for_the_same(actor: Actor, request: Request) -> int:
    """Return how many other people wait for an answer to the same matter, of those requests that *actor* may read."""
    main = request.duplicate_of_id or request.pk
    linked = Request.objects.filter(Q(duplicate_of=main) | Q(pk=main), replied_at=None).exclude(pk=request.pk)
    readable = Case.objects.filter(reach(actor, "hotline.read"), closed_at=None)
    return linked.filter(case__in=readable).count()


def is_told_apart(case: Case) -> bool:
    """Say whether an official has said that a request is another matter than those suggested."""
    said = Suggestion.objects.filter(case=case, kind=Kind.DUPLICATE, chosen=NONE_OF_THEM)
    return said.exists()


def _others(actor: Actor, case: Case, request: Request) -> QuerySet[Request]:
    """Return the requests of the county that may be named to *actor*: recent, about nobody, not linked with this one already."""
    low, high = prefix_range(case.region_code[:COUNTY])
    readable = Case.objects.filter(
        reach(actor, "hotline.read"),
        region_code__gte=low,
        region_code__lt=high,
        opened_at__gte=case.opened_at - LOOK_BACK,
        sealed=False,
        against_unit=None,
        against_account=None,
    ).exclude(Q(flags__contains=[NAMES_SOMEBODY]) | Q(stage="withdrawn"))
    main = request.duplicate_of_id or request.pk
    found = Request.objects.filter(case__in=readable).exclude(pk__in=(request.pk, main))
    return found.exclude(duplicate_of=main).select_related("case__unit")


def _copies(text: str, case: Case, others: QuerySet[Request]) -> list[Request]:
    """Return the copies that the index knows, of whatever kind; none where there is no index, or one that cannot be read."""
    known: dict[int, Request] = {}

    def read(ids: Sequence[int]) -> Mapping[int, str]:
        known.update((one.pk, one) for one in others.filter(pk__in=ids))
        return {pk: _text_of(one) for pk, one in known.items()}

    try:
        shelf = current_shelf()
        if shelf is None:
            return []
        county, since = case.region_code[:COUNTY], case.opened_at - LOOK_BACK
        found = likely_duplicates(text, shelf=shelf, region=county, since=since, limit=COPIES, read=read)
    except Damaged as fault:
        log.warning("The index of duplicates in %s cannot be read: gongzhi triage index --from-cases", fault)
        return []
    return [known[one.id] for one in found]


def _of_the_kind(text: str, case: Case, others: QuerySet[Request]) -> list[Request]:
    """Return those of the newest of the same kind that say the same in other words, the likest first."""
    of_kind = others.filter(case__category_id=case.category_id).order_by("-case__opened_at")
    compared = list(of_kind[:COMPARED])
    weighed = _weighed(text, case, compared, {one.pk: _text_of(one) for one in compared})
    return [one for _, one in sorted(weighed, key=lambda pair: (-pair[0], -pair[1].pk))]


def _weighed(
    text: str, case: Case, compared: Iterable[Request], texts: Mapping[int, str]
) -> list[tuple[float, Request]]:
    words, here = subject_words(text), marks_of(text)
    known = known_names([text, *texts.values()])
    found = []
    for one in compared:
        number, share = shared_words(words, texts[one.pk])
        is_near = one.case.region_code[:VILLAGE] == case.region_code[:VILLAGE]
        likeness = share + SAME_VILLAGE * is_near
        if number < FEWEST_WORDS or likeness < ALIKE:
            continue
        if not another_thing(here, marks_of(texts[one.pk]), share, known):
            found.append((likeness, one))
    return found


def _text_of(request: Request) -> str:
    return joined(request.case.title, request.text)


def _said(text: str, other: str) -> list[str]:
    """Return what both say: a passage where one is long enough, else the rarest words in common."""
    passage = passage_in_common(text, other)
    if len(passage) >= LONG_PASSAGE:
        return [passage]
    return [word for word in subject_words(text) if word in other][:WORDS_SHOWN]
