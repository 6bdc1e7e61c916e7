"""Naming the unit or the official whom a letter complains of, so that it never reaches them."""

from datetime import datetime

from django.db import transaction

from gongzhi.domains.mailbox.events import LetterGoesAround
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.complaints import family_of, whom_named
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carried
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.notices.inbox import keep_messages_from
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def name_complained_of(
    *,
    actor: Actor,
    case_id: int,
    now: datetime,
    key: str,
    against_unit_id: int | None = None,
    official: str = "",
    nobody: bool = False,
) -> Case:
    """Name the unit, the official or both whom a letter complains of, or say that it is nobody of ours.

    From then on neither that unit and what is under it nor that person sees it (信访工作条例 art. 30): what they have in
    hand goes to those who dispatch, and what they were told is hidden.
    """
    authorise(actor, "mailbox.name")
    step = Step(
        move="name",
        service="name_complained_of",
        answers=whom_named(actor, against_unit_id, official, nobody),
    )
    before = Case.objects.filter(pk=case_id).values_list("stage", flat=True).first()
    done = carried(actor, case_id, step, now, key)
    case = done.case
    keep_messages_from(family_of(case.pk), unit_id=case.against_unit_id, account_id=case.against_account_id)
    if not done.replayed and before != case.stage:
        publish(LetterGoesAround(case_id=case.pk, region_code=case.region_code), now=now)
    return case
