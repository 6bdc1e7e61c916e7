"""Keeps account of likely duplicates: whether an official linked what was suggested, something else, or nothing of it."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.duplicates import NONE_OF_THEM, SAME, is_told_apart, likely_the_same
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, keep
from gongzhi.kernel.access.decide import authorise, is_kept, may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.people.actor import Actor

#: Another request than those suggested was linked.
OTHER: Final = "other"
#: Where duplicates are suggested: before the dispatch.
SUGGESTED_AT: Final = "received"


@transaction.atomic
def tell_apart(*, actor: Actor, case_id: int, now: datetime) -> Case:
    """Say that a request is about another matter than all that is suggested for it; nothing more is suggested then.

    Said again it changes nothing. It may still be linked by its number, and the last word counts.
    """
    authorise(actor, "hotline.link")
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id, request__isnull=False).first()
    if case is None or is_kept(actor, case):
        raise NotPossible(NOT_FOUND)
    if not may(actor, "hotline.link", case):
        raise NotPossible("只能判断本辖区内的事。请核对编号。")
    if case.stage == SUGGESTED_AT and likely_the_same(actor, case):
        _keep(case, NONE_OF_THEM, now)
        record(actor=actor, action="hotline.apart", now=now, case_id=case.pk)
    return case


def note_of_link(*, actor: Actor, request: Request, main: Request, picked: int, now: datetime) -> None:
    """Write down whether the one *picked*, or its *main* one, was suggested; nothing where nothing was.

    Belongs before the link, since what is linked is no longer suggested.
    """
    authorise(actor, "hotline.link")
    case = request.case
    if case.stage != SUGGESTED_AT and not is_told_apart(case):
        return
    suggested = [one.request for one in likely_the_same(actor, case, once_more=True)]
    near = {pk for one in suggested for pk in (one.pk, one.duplicate_of_id)}
    if near:
        _keep(case, SAME if near & {picked, main.pk} else OTHER, now)


def _keep(case: Case, chosen: str, now: datetime) -> None:
    """Keep one row a request. No number of another stands in it: the other may turn out to be a complaint about somebody."""
    note = Note(kind=Kind.DUPLICATE, suggested=SAME, chosen=chosen, shadow=settings.TRIAGE_SHADOW)
    keep(note, case_id=case.pk, region_code=case.region_code, now=now)
