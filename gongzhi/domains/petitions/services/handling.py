"""What the competent unit does before it decides: take up, accept by path, object, extend, hear, invite, withdraw itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.events import (
    PetitionAccepted,
    PetitionAnswered,
    PetitionExtended,
    PetitionObjected,
)
from gongzhi.domains.petitions.models import Kind, Petition, Recommendation, TakeUp
from gongzhi.domains.petitions.services.checking import asked_of
from gongzhi.domains.petitions.services.step import Step, carried, carry
from gongzhi.insight.triage.reply_door import Reading
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.people.actor import Actor

ANSWERS = {"performing": "answer_duty", "studying": "answer_suggestion", "investigating": "conclude"}


def take_up(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Take up what was put directly to the unit; its fifteen days go on (信访工作条例 art. 23 para. 2)."""
    authorise(actor, "petitions.take_up")
    return carry(actor, case_id, Step(move="take_up", service="take_up"), now, key)


def accept_petition(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Accept a matter of the sixth path: sixty days to an opinion in writing (art. 31 no. 6, 34)."""
    authorise(actor, "petitions.accept")
    return carry(actor, case_id, _accepting("accept", "accept_petition", Kind.APPEAL, 6), now, key)


def perform_duty(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Take a matter of the fifth path: the unit performs its duty or answers, by the law of that duty (art. 31 no. 5)."""
    authorise(actor, "petitions.perform")
    return carry(actor, case_id, _accepting("perform", "perform_duty", Kind.APPEAL, 5), now, key)


def study_suggestion(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Take a suggestion up for study; no sixty days run (art. 29)."""
    authorise(actor, "petitions.study")
    return carry(actor, case_id, _accepting("study", "study_suggestion", Kind.SUGGESTION, None), now, key)


def object_to_petition(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Object with detailed reasons, within five working days, that the unit is not competent (art. 23 para. 3)."""
    authorise(actor, "petitions.object")
    step = Step(
        move="object",
        service="object_to_petition",
        answers={"note": note},
        complete=_not_refused_before,
        fact=PetitionObjected,
    )
    return carry(actor, case_id, step, now, key)


def extend_petition(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let the head extend the sixty days once by thirty, for a reason that the person is told (art. 34)."""
    authorise(actor, "petitions.extend")
    step = Step(move="extend", service="extend_petition", answers={"note": note}, fact=PetitionExtended)
    return carry(actor, case_id, step, now, key)


def record_hearing(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Write down a hearing on a major, complex or difficult matter (art. 31 no. 6); the sixty days go on."""
    authorise(actor, "petitions.hold_hearing")
    step = Step(move="hold_hearing", service="record_hearing", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def report_progress(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Tell the person how far it is."""
    authorise(actor, "petitions.report_progress")
    step = Step(move="report_progress", service="report_progress", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def report_back(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Report the result to the office that assigned the matter, until the day it named (art. 22)."""
    authorise(actor, "petitions.report_back")
    step = Step(move="report_back", service="report_back", answers={"note": note}, complete=_was_assigned)
    return carry(actor, case_id, step, now, key)


def invite_units(
    *, actor: Actor, case_id: int, units: Sequence[int], now: datetime, key: str, note: str = ""
) -> Case:
    """Ask the other competent units to say their opinion; the answer waits for them (art. 24)."""
    authorise(actor, "petitions.invite")
    if actor.unit_id in units:
        raise NotPossible("不能邀请本单位。请选择其他有权处理的单位。")
    answers = {"units": sorted(set(units)), "note": note}
    return carry(actor, case_id, Step(move="invite", service="invite_units", answers=answers), now, key)


def contribute_opinion(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Say the opinion of another competent unit (art. 24)."""
    authorise(actor, "petitions.contribute")
    step = Step(move="contribute", service="contribute_opinion", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def answer_petition(
    *,
    actor: Actor,
    case_id: int,
    reply: str,
    outcome: str,
    now: datetime,
    key: str,
    despite: str | None = None,
) -> Case:
    """Answer a suggestion, a duty that was performed, or an accusation (art. 29, 30, 31 no. 5).

    A page gives `despite`: the answer is read through, and comes back with what it leaves open until `despite` says why not.
    """
    authorise(actor, "petitions.answer")
    reading = Reading(reply, despite, asked_of)
    stage = Case.objects.filter(pk=case_id).values_list("stage", flat=True).first() or ""
    given = Passed.objects.filter(case_id=case_id, move__in=ANSWERS.values()).values_list("move", flat=True)
    move = ANSWERS.get(stage) or given.first() or "answer_duty"
    step = Step(
        move=move,
        service="answer_petition",
        answers={"reply": reply, "outcome": outcome, **reading.reason},
        complete=reading.read_through,
        changes={"reply": reply, "replied_at": now},
        fact=PetitionAnswered,
        beside=lambda case: reading.notes(case, now),
    )
    return carry(actor, case_id, step, now, key)


def recuse_official(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Withdraw from a matter in which one has an interest of one's own; from then on others handle it (art. 28 para. 3)."""
    authorise(actor, "petitions.recuse")
    step = Step(move="recuse", service="recuse_official", answers={"note": note})
    return carry(actor, case_id, step, now, key)


@transaction.atomic
def answer_recommendation(
    *, actor: Actor, case_id: int, note: str, take_up: str, now: datetime, key: str
) -> Case:
    """Answer in writing what was recommended, and whether it is taken up (art. 40)."""
    authorise(actor, "petitions.answer_recommendation")
    if take_up not in TakeUp.values:
        raise NotPossible("请说明建议的采纳情况：采纳、部分采纳还是未采纳。")
    step = Step(
        move="answer_recommendation",
        service="answer_recommendation",
        answers={"note": note, "take_up": take_up},
        complete=_was_recommended,
    )
    done = carried(actor, case_id, step, now, key)
    if not done.replayed:
        waiting = Recommendation.objects.filter(case_id=case_id, answered_at=None)
        waiting.update(answer=note, take_up=take_up, answered_at=now)
    return done.case


def _accepting(move: str, service: str, kind: Kind, path: int | None) -> Step:
    return Step(
        move=move,
        service=service,
        complete=lambda case: _of_kind(case, kind),
        changes={"path": path},
        fact=PetitionAccepted,
        facts=lambda case: {"path": path or 0},
    )


def _of_kind(case: Case, kind: Kind) -> dict[str, Any]:
    found = Kind(Petition.objects.get(pk=case.pk).kind)
    if found != kind:
        raise NotPossible(
            "这件是「%(kind)s」，不能按「%(other)s」办理。类别不对请提出异议并写明。",
            kind=found.label,
            other=kind.label,
        )
    return {}


def _not_refused_before(case: Case) -> dict[str, Any]:
    sent = ("forward", "assign", "settle")
    last = Passed.objects.filter(case_id=case.pk, move__in=sent).order_by("-number").first()
    refused = Passed.objects.filter(case_id=case.pk, move="refuse_objection")
    if last is not None and refused.filter(number__gt=last.number).exists():
        raise NotPossible("转送机关已核实，异议不成立（信访工作条例第二十三条）。请按期办理。")
    return {}


def _was_assigned(case: Case) -> dict[str, Any]:
    if not Passed.objects.filter(case_id=case.pk, move="assign").exists():
        raise NotPossible("这件是转送的，不需要报结。")
    return {}


def _was_recommended(case: Case) -> dict[str, Any]:
    if not Recommendation.objects.filter(case_id=case.pk, answered_at=None).exists():
        raise NotPossible("没有等待答复的建议。")
    return {}
