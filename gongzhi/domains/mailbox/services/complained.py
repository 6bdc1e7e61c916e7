"""Naming the unit or the official whom a letter complains of, so that it never reaches them."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.events import LetterGoesAround
from gongzhi.domains.mailbox.services.step import Step, carried
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.complaints import family_of, official_named
from gongzhi.kernel.cases.models import Case
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
    if nobody and (against_unit_id or official.strip()):
        raise NotPossible("您既填写了被反映的对象，又勾选了「不是反映本系统的单位或人员」。请只保留一项。")
    account = official_named(actor, official, against_unit_id) if official.strip() else None
    if not (nobody or against_unit_id or account):
        raise NotPossible("请选择被反映的单位，或填写被反映的工作人员；都不是的话，请勾选最后一项。")
    step = Step(
        move="name",
        service="name_complained_of",
        answers={"against_unit_id": against_unit_id, "against_account_id": account.pk if account else None},
    )
    before = Case.objects.filter(pk=case_id).values_list("stage", flat=True).first()
    done = carried(actor, case_id, step, now, key)
    case = done.case
    keep_messages_from(family_of(case.pk), unit_id=case.against_unit_id, account_id=case.against_account_id)
    if not done.replayed and before != case.stage:
        publish(LetterGoesAround(case_id=case.pk, region_code=case.region_code), now=now)
    return case
