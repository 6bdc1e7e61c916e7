"""What the unit does that has a letter: draft, approve, answer, tell how far it is, extend, give back."""

from datetime import datetime
from typing import Any

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.events import AnswerDrafted, LetterAnswered, LetterExtended, LetterReturned
from gongzhi.domains.mailbox.services.checking import asked_of
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.insight.triage.reply_door import Reading
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.people.actor import Actor


def draft_answer(
    *,
    actor: Actor,
    case_id: int,
    outcome: str,
    reply: str,
    now: datetime,
    key: str,
    despite: str | None = None,
) -> Case:
    """Draft an answer; the writer does not see it until the head of the unit lets it go."""
    authorise(actor, "mailbox.draft_answer")
    reading = Reading(reply, despite, asked_of)
    step = Step(
        move="draft_answer",
        service="draft_answer",
        answers={"outcome": outcome, "reply": reply, **reading.reason},
        complete=reading.read_through,
        changes={"reply": reply},
        fact=AnswerDrafted,
        beside=lambda case: reading.notes(case, now),
    )
    return carry(actor, case_id, step, now, key)


def approve_answer(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let the answer go, by the head who did not draft it."""
    authorise(actor, "mailbox.approve_answer")
    step = Step(
        move="approve_answer", service="approve_answer", changes={"replied_at": now}, fact=LetterAnswered
    )
    return carry(actor, case_id, step, now, key)


def send_back_answer(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Send a draft back to be changed."""
    authorise(actor, "mailbox.send_back")
    step = Step(move="send_back", service="send_back_answer", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def report_progress(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Tell the writer how far it is."""
    authorise(actor, "mailbox.report_progress")
    step = Step(move="report_progress", service="report_progress", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def extend_letter(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let the head of the unit extend the period once, for a reason that the writer is told."""
    authorise(actor, "mailbox.extend")
    step = Step(move="extend", service="extend_letter", answers={"note": note}, fact=LetterExtended)
    return carry(actor, case_id, step, now, key)


def return_letter(*, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str) -> Case:
    """Give it back to the office, for a reason of the list; the period for the answer goes on."""
    authorise(actor, "mailbox.return")
    step = Step(
        move="return",
        service="return_letter",
        answers={"reason": reason, "note": note},
        complete=_office_has_part,
        fact=LetterReturned,
        facts=lambda case: {"reason": reason},
    )
    return carry(actor, case_id, step, now, key)


def _office_has_part(case: Case) -> dict[str, Any]:
    if not case.involved_units:
        raise NotPossible("这封信绕开了收信单位，不能退回信箱。确实办不了的，请联系交办它的部门。")
    return {}
