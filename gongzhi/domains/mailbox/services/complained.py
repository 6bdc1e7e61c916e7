"""Naming the unit or the official whom a letter complains of, so that it never reaches them."""

from datetime import datetime
from typing import Unpack

from gongzhi.domains.mailbox.events import LetterGoesAround
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.complaints import Whom, whom_named
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carried
from gongzhi.kernel.notices.naming import keep_from_named
from gongzhi.kernel.people.actor import Actor


def name_complained_of(*, actor: Actor, case_id: int, now: datetime, key: str, **whom: Unpack[Whom]) -> Case:
    """Name the unit, the official or both whom a letter complains of, or say that it is nobody of ours.

    From then on neither that unit and what is under it nor that person sees it (信访工作条例 art. 30): what they have in
    hand goes to those who dispatch, and what they were told is hidden.
    """
    authorise(actor, "mailbox.name")
    step = Step(move="name", service="name_complained_of", answers=whom_named(actor, whom))
    return keep_from_named(
        case_id=case_id,
        name=lambda: carried(actor, case_id, step, now, key),
        taken_back=LetterGoesAround,
        now=now,
    )
