"""What must not be published is stopped here, or taken out of public sight: particulars of a person, unless an official says why they may stay."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.events import RequestTakenDown
from gongzhi.domains.hotline.models import Request
from gongzhi.insight.triage.leaks import passages
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.publicity import take_out_of_sight
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.people.actor import Actor


def public_reason(reason: str) -> dict[str, str]:
    """Return the reason as the step keeps it, where one was given; it is part of what was sent."""
    return {"public_because": reason.strip()} if reason.strip() else {}


def publishable(reply: str, reason: str) -> Callable[[Case], Mapping[str, str]]:
    """Return what refuses a reply that everybody will read and that tells who or where somebody is, unless a reason is given.

    The step is refused with the passages (政府信息公开条例 art. 15: 个人隐私不得公开). The reason stays with the step.
    """

    def checked(case: Case) -> Mapping[str, str]:
        found = passages(reply) if case.public and not reason.strip() else []
        if found:
            raise NotPossible(
                "这件诉求的答复会公开，里面有：%(passages)s。请去掉或改写；确实可以公开的，请写明理由。",
                passages="、".join(found),
            )
        return {}

    return checked


@transaction.atomic
def take_down_request(*, actor: Actor, case_id: int, note: str, now: datetime) -> Case:
    """Show a request and its answer to the public no longer, also when it is closed (政府信息公开条例 art. 15; 个人信息保护法 art. 47).

    Who asked is told, and reads why; handling and answer stay as they are. Twice is once; another reason afterwards
    is refused, for the first one was told.
    """
    authorise(actor, "hotline.take_down")
    case = case_for(actor, "hotline.take_down", case_id)
    why = note.strip()[:200]
    if not why:
        raise NotPossible("请写明撤下的原因，本人会看到。")
    if not take_out_of_sight(case):
        if not Request.objects.filter(pk=case.pk, taken_down_why=why).exists():
            raise NotPossible("这件诉求没有公开，不用撤下。")
        return case
    Request.objects.filter(pk=case.pk).update(taken_down_at=now, taken_down_why=why)
    record(actor=actor, action="hotline.taken_down", now=now, case_id=case.pk, purpose=why[:100])
    publish(RequestTakenDown(case_id=case.pk, region_code=case.region_code), now=now)
    return case
