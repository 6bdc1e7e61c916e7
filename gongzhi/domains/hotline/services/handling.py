"""What the responsible unit does: return, respond, report, extend, invite others, reply, check a reply."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.events import (
    ProgressReported,
    ReplySubmitted,
    RequestExtended,
    RequestReplied,
    RequestReturned,
    UnitsInvited,
)
from gongzhi.domains.hotline.fitting import is_reply_reviewed
from gongzhi.domains.hotline.services.checking import asked_of
from gongzhi.domains.hotline.services.publishing import Clearing, Read
from gongzhi.domains.hotline.services.step import Step
from gongzhi.insight.triage.reply_door import Reading
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.people.actor import Actor


def return_request(*, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str) -> Case:
    """Refuse a dispatch that is not the unit's duty, with a reason, within 24 hours (安阳市政务服务条例 art. 50)."""
    authorise(actor, "hotline.return")
    step = Step(
        move="return",
        service="return_request",
        answers={"reason": reason, "note": note},
        fact=RequestReturned,
        facts=lambda case: {"reason": reason, "disputed": case.stage == "disputed"},
    )
    return carry(actor, case_id, step, now, key)


def respond_at_once(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Record that the unit has called the person or is on site: the answer to an instant matter (即办)."""
    authorise(actor, "hotline.respond")
    step = Step(move="respond", service="respond_at_once", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def report_progress(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Tell the person progress, measures and expected date of what cannot be solved now (安阳 art. 50)."""
    authorise(actor, "hotline.report_progress")
    step = Step(
        move="report_progress", service="report_progress", answers={"note": note}, fact=ProgressReported
    )
    return carry(actor, case_id, step, now, key)


def extend_request(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let the head of the unit extend the handling period once, for a complex matter (安阳 art. 50)."""
    authorise(actor, "hotline.extend")
    step = Step(move="extend", service="extend_request", answers={"note": note}, fact=RequestExtended)
    return carry(actor, case_id, step, now, key)


def invite_units(
    *, actor: Actor, case_id: int, units: Sequence[int], note: str, now: datetime, key: str
) -> Case:
    """Ask other units to help; the answer waits for them, and whoever is late is named."""
    authorise(actor, "hotline.invite")
    if actor.unit_id in units:
        raise NotPossible("不能邀请本单位协办。请选择其他单位。")
    step = Step(
        move="invite",
        service="invite_units",
        answers={"units": sorted(set(units)), "note": note},
        fact=UnitsInvited,
    )
    return carry(actor, case_id, step, now, key)


def reply_to_request(
    *,
    actor: Actor,
    case_id: int,
    reply: str,
    outcome: str,
    now: datetime,
    key: str,
    despite: str | None = None,
    **read: Unpack[Read],
) -> Case:
    """Answer the person; where the city asks for it, a second person checks the answer first.

    What in it tells of persons is crossed out where everybody reads it (see `answer_for_everybody`); who asked reads all of it.
    A page gives `despite`: the reply is read through, and refused with what it leaves open (`NeedsReason`) until `despite` says
    why it goes out all the same. Without it nothing is checked, as for replies that come from elsewhere. What the person wrote is
    shown to everybody only once an official has said, here or by `clear_request`, that they have *read* it.
    """
    authorise(actor, "hotline.reply")
    reading = Reading(reply, despite, asked_of)
    clearing = Clearing(actor, read.get("cleared", False), now)
    reviewed = is_reply_reviewed(case_id, localdate(now))
    step = Step(
        move="submit_reply" if reviewed else "reply",
        service="reply_to_request",
        answers={
            "reply": reply,
            "outcome": outcome,
            **reading.reason,
            **clearing.answers,
        },
        complete=reading.read_through,
        changes={"reply": reply} | ({} if reviewed else {"replied_at": now}) | clearing.changes,
        fact=ReplySubmitted if reviewed else RequestReplied,
        facts=lambda case: {} if reviewed else {"outcome": outcome},
        beside=lambda case: (*reading.notes(case, now), *clearing.noted(case)),
    )
    return carry(actor, case_id, step, now, key)


def approve_reply(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let a second person release the answer; the one who wrote it cannot."""
    authorise(actor, "hotline.approve")
    step = Step(
        move="approve",
        service="approve_reply",
        changes={"replied_at": now},
        fact=RequestReplied,
        facts=lambda case: {"outcome": case.outcome},
    )
    return carry(actor, case_id, step, now, key)
