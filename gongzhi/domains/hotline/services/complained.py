"""Naming the unit or the official whom a request complains of, so that it never reaches them."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import Q

from gongzhi.domains.hotline.events import RequestTakenBack
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.complaints import Whom, whom_named
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carried
from gongzhi.kernel.notices.naming import keep_from_named
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def name_complained_of(*, actor: Actor, case_id: int, now: datetime, key: str, **whom: Unpack[Whom]) -> Case:
    """Name the unit, the official or both whom a request complains of, or say that it is nobody of ours.

    From then on neither that unit and what is under it nor that person sees it (信访工作条例 art. 30): a request they have
    in hand goes back to the centre, their co-handling ends, what they were told is hidden, links to others are cut.
    Naming again replaces what was named before.
    """
    authorise(actor, "hotline.name")
    step = Step(move="name", service="name_complained_of", answers=whom_named(actor, whom))
    case = keep_from_named(
        case_id=case_id,
        name=lambda: carried(actor, case_id, step, now, key),
        taken_back=RequestTakenBack,
        now=now,
    )
    if case.against_unit_id is not None or case.against_account_id is not None:
        _cut_links(case.pk)
    return case


def _cut_links(case_id: int) -> None:
    """Leave no link from other requests to a complaint or back: it would tell that the complaint is there."""
    Request.objects.filter(Q(pk=case_id) | Q(duplicate_of_id=case_id)).update(duplicate_of=None)
