"""What the office does with a letter: take in, mark, assign, answer, hand over; what those who supervise do."""

from datetime import datetime
from typing import Any

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.events import (
    LetterAnswered,
    LetterAssigned,
    LetterHandedOver,
    LetterMarked,
    LetterSupervised,
    LetterTakenIn,
)
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.services.checking import asked_of
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.insight.triage.reply_door import Reading
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.people.actor import Actor


def take_in_letter(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Say that the office has read it: the response owed within 24 hours (GB/T 33358-2016)."""
    authorise(actor, "mailbox.take_in")
    return carry(actor, case_id, Step(move="take_in", service="take_in_letter", fact=LetterTakenIn), now, key)


def mark_letter(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Write down what the leader says should be done (批示), by the leader or by the staff for them.

    The words stay in the offices; the writer learns that the letter was marked.
    """
    authorise(actor, "mailbox.mark")
    step = Step(move="mark", service="mark_letter", answers={"note": note}, fact=LetterMarked)
    return carry(actor, case_id, step, now, key)


def assign_letter(
    *, actor: Actor, case_id: int, unit_id: int, now: datetime, key: str, note: str = ""
) -> Case:
    """Give it to a unit; the period for the answer goes on."""
    authorise(actor, "mailbox.assign")
    step = Step(
        move="assign",
        service="assign_letter",
        answers={"unit_id": unit_id, "note": note},
        complete=_looked_into,
        fact=LetterAssigned,
        facts=lambda case: {"unit_id": unit_id},
    )
    return carry(actor, case_id, step, now, key)


def answer_letter(
    *,
    actor: Actor,
    case_id: int,
    outcome: str,
    reply: str,
    now: datetime,
    key: str,
    despite: str | None = None,
) -> Case:
    """Answer it: the office what it knows itself, the head of the unit what was handled there."""
    authorise(actor, "mailbox.answer")
    reading = Reading(reply, despite, asked_of)
    step = Step(
        move="answer",
        service="answer_letter",
        answers={"outcome": outcome, "reply": reply, **reading.reason},
        complete=reading.read_through,
        changes={"reply": reply, "replied_at": now},
        fact=LetterAnswered,
        beside=lambda case: reading.notes(case, now),
    )
    return carry(actor, case_id, step, now, key)


def hand_to_petitions(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Hand what is a petition to the petition office with the writer's words: nobody types it again (art. 17, 21)."""
    authorise(actor, "mailbox.hand_to_petitions")
    return carry(actor, case_id, _handing("petitions", "appeal"), now, key)


def hand_to_hotline(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Hand a plain request to the hotline with the writer's words."""
    authorise(actor, "mailbox.hand_to_hotline")
    return carry(actor, case_id, _handing("hotline", "help"), now, key)


def supervise_letter(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Put a letter under supervision (督办)."""
    authorise(actor, "mailbox.supervise")
    step = Step(
        move="supervise",
        service="supervise_letter",
        answers={"note": note},
        changes={"supervised_at": now},
        fact=LetterSupervised,
    )
    return carry(actor, case_id, step, now, key)


def _handing(to: str, kind: str) -> Step:
    return Step(
        move=f"hand_to_{to}",
        service=f"hand_to_{to}",
        answers={"outcome": "transferred"},
        fact=LetterHandedOver,
        facts=lambda case: {"to": to},
        handed=lambda case: _words_of(case, kind),
    )


def _words_of(case: Case, kind: str) -> Handed:
    """Return what goes along; not the unit of the office, which has no more part in it."""
    letter = Letter.objects.get(pk=case.pk)
    words = {
        "text": letter.text,
        "place": letter.place,
        "complained_of": letter.complained_of,
        "by_post": letter.by_post,
        "kind": kind,
    }
    return Handed(to_centre=True, words=words)


def _looked_into(case: Case) -> dict[str, Any]:
    """Refuse to give away what names somebody nobody has looked into: it might land with those it complains of."""
    named = case.against_unit_id is not None or case.against_account_id is not None
    if not named and NAMES_SOMEBODY in case.flags:
        named = Passed.objects.filter(case_id=case.pk, move="name").exists()
        if not named:
            raise NotPossible(
                "来信人写明了反映的对象。请先「登记被反映的单位或人」，再交办，以免交到被反映的一方。"
            )
    return {}
