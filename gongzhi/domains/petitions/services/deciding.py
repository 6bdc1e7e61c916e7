"""How it is decided: an opinion in writing drafted by one and issued by another, served, an agreement, the rating."""

import secrets
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localtime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.events import OpinionDrafted, OpinionIssued, OpinionServed
from gongzhi.domains.petitions.models import Grade, Opinion, Petition
from gongzhi.domains.petitions.services.step import Step, carried, carry
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor

#: What a number begins with: 处理, 复查, 复核. No text that we have read fixes the form of the number.
MARKS: Final = {"petitions.petition": "信处", "petitions.review": "信复查", "petitions.rereview": "信复核"}
SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@transaction.atomic
def draft_opinion(
    *,
    actor: Actor,
    case_id: int,
    outcome: str,
    facts: str,
    decision: str,
    basis: str,
    now: datetime,
    key: str,
) -> Case:
    """Draft an opinion: facts and reasons, what is decided, and the legal basis (信访工作条例 art. 32)."""
    authorise(actor, "petitions.draft_opinion")
    if not (facts.strip() and decision.strip() and basis.strip()):
        raise NotPossible("意见书要写明事实和理由、处理意见和法律依据（信访工作条例第三十二条）。")
    answers = {"outcome": outcome, "facts": facts, "decision": decision, "basis": basis}
    step = Step(move="draft_opinion", service="draft_opinion", answers=answers, fact=OpinionDrafted)
    done = carried(actor, case_id, step, now, key)
    if not done.replayed:
        values = {"unit_id": done.case.unit_id, **answers}
        Opinion.objects.update_or_create(case_id=case_id, defaults=values)
    return done.case


def send_back_opinion(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Send a draft back to be changed."""
    authorise(actor, "petitions.send_back")
    step = Step(move="send_back", service="send_back_opinion", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def issue_opinion(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Issue the opinion with number and code, by the head who did not draft it (art. 34-36)."""
    authorise(actor, "petitions.issue_opinion")
    found = Case.objects.filter(pk=case_id).first()
    mark = MARKS.get(found.procedure, "") if found else ""
    number = f"{mark}〔{localtime(now).year}〕{found.number if found else ''}号"
    step = Step(
        move="issue_opinion",
        service="issue_opinion",
        model=Opinion,
        changes={"number": number, "code": _code(), "issued_at": now},
        fact=OpinionIssued,
    )
    return carry(actor, case_id, step, now, key)


def serve_opinion(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Write down how the opinion reached the person: the day from which their thirty days run (art. 35, 36)."""
    authorise(actor, "petitions.serve")
    return carry(actor, case_id, _serving("serve", "serve_opinion", note, now), now, key)


def receive_opinion(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let a person confirm that they have the opinion; nobody else does it for them."""
    authorise(actor, "petitions.receive")
    return carry(actor, case_id, _serving("receive", "receive_opinion", "本人在网上确认收到", now), now, key)


def record_agreement(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Write down the agreement that the parties reached (art. 33)."""
    authorise(actor, "petitions.mediate")
    step = Step(
        move="mediate",
        service="record_agreement",
        answers={"note": note, "outcome": "agreed"},
        changes={"reply": note, "replied_at": now},
    )
    return carry(actor, case_id, step, now, key)


def rate_petition(
    *,
    actor: Actor,
    case_id: int,
    grade_office: int,
    grade_unit: int,
    words: str,
    now: datetime,
    key: str,
) -> Case:
    """Let a person rate the petition office and the unit, once, on what was registered for the first time.

    Rated are matters of the sixth path and suggestions; those with a lawful route of their own, accusations and
    repeated matters are not (国信发〔2014〕16号; 国信发〔2022〕11号).
    """
    authorise(actor, "petitions.rate")
    if grade_office not in Grade.values or grade_unit not in Grade.values:
        raise NotPossible("请分别选择满意、基本满意或不满意。")
    grades = {"grade_office": grade_office, "grade_unit": grade_unit}
    step = Step(
        move="rate",
        service="rate_petition",
        answers={**grades, "note": words},
        complete=_rated_once,
        changes={**grades, "grade_words": words, "rated_at": now},
    )
    return carry(actor, case_id, step, now, key)


def _serving(move: str, service: str, note: str, now: datetime) -> Step:
    return Step(
        move=move,
        service=service,
        answers={"note": note},
        model=Opinion,
        changes={"served_at": now, "served_how": note[:120]},
        fact=OpinionServed,
    )


def _code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(12))


def _rated_once(case: Case) -> dict[str, Any]:
    if Petition.objects.get(pk=case.pk).rated_at is not None:
        raise NotPossible("您已经评价过了，一件事只评价一次。")
    return {}
