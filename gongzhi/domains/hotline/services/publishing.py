"""What a person wrote is shown to the public once an official has read it and said so, and taken out of public sight again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.events import RequestTakenDown
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.public import waits_to_be_cleared
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import OF_STEP, done_by, record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.publicity import take_out_of_sight
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import Part

CLEARED: Final = "hotline.cleared"
TAKEN_BACK: Final = "本人收回公开的同意"


class Read(TypedDict, total=False):
    """What an official says with an answer: *cleared*, that they read title and text, and that nothing in them tells of persons."""

    cleared: bool


@dataclass(frozen=True)
class Clearing:
    """Whether an official has *said*, with an answer, that what the person wrote may be shown; the answer goes out either way."""

    actor: Actor
    said: bool
    now: datetime

    @property
    def answers(self) -> dict[str, bool]:
        """What the step keeps; it is part of what was sent."""
        return {"cleared": True} if self.said else {}

    @property
    def changes(self) -> dict[str, datetime]:
        """What the request keeps."""
        return {"cleared_at": self.now} if self.said else {}

    def noted(self, case: Case) -> Iterator[Part]:
        """Yield the audit row: who said it."""
        if self.said and case.public:
            yield Part(OF_STEP, done_by(self.actor, CLEARED, self.now))


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


@transaction.atomic
def clear_request(*, actor: Actor, case_id: int, now: datetime) -> Case:
    """Let everybody read a request: an official has read title and text and says that nothing in them tells of persons.

    The writer agreed for themselves alone, third parties to nothing (民法典 art. 1032-1034; 政府信息公开条例 art. 15). Twice is
    once.
    """
    authorise(actor, "hotline.clear")
    case = case_for(actor, "hotline.clear", case_id)
    request = Request.objects.select_for_update().filter(pk=case.pk).first()
    if request is None or not case.public:
        raise NotPossible("这件诉求不公开：本人没有同意、收回了同意，或者已经撤下。")
    if request.cleared_at is not None:
        return case
    if not waits_to_be_cleared(case):
        raise NotPossible("这件诉求还没有签收，或者没有答复就结束了，现在不能公开。")
    Request.objects.filter(pk=case.pk).update(cleared_at=now)
    record(actor=actor, action=CLEARED, now=now, case_id=case.pk)
    return case


@transaction.atomic
def take_back_leave(*, actor: Actor, case_id: int, now: datetime) -> Case:
    """Let who wrote take back the leave to publish, at any time and without a reason (个人信息保护法 art. 15); twice is once.

    It is out of public sight at once; handling and answer stay as they are.
    """
    authorise(actor, "hotline.take_back_leave")
    case = case_for(actor, "hotline.take_back_leave", case_id)
    if not Request.objects.filter(pk=case.pk, may_publish=True).update(may_publish=False):
        return case
    if take_out_of_sight(case):
        Request.objects.filter(pk=case.pk).update(taken_down_at=now, taken_down_why=TAKEN_BACK)
    record(actor=actor, action="hotline.leave_taken_back", now=now, case_id=case.pk)
    return case
