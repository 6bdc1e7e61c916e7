"""What the petition office does: forward, assign, pass accusations on, divert, refuse, decide objections, hand over."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.events import (
    AcceptanceRefused,
    AccusationPassed,
    ObjectionDecided,
    PetitionDiverted,
    PetitionForwarded,
    PetitionSupervised,
    RecommendationMade,
)
from gongzhi.domains.petitions.models import Kind, Petition, Recommendation
from gongzhi.domains.petitions.services.levels import wrong_level
from gongzhi.domains.petitions.services.step import Step, carried, carry
from gongzhi.kernel.access.decide import authorise, may
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.organisations.responsibilities import responsible_for
from gongzhi.kernel.people.actor import Actor

PATHS = {"justice": 1, "arbitration": 2, "party": 3, "administrative": 4}


def forward_petition(
    *, actor: Actor, case_id: int, unit_id: int, now: datetime, key: str, note: str = ""
) -> Case:
    """Forward a petition to the unit that is competent, within fifteen days (信访工作条例 art. 22)."""
    authorise(actor, "petitions.forward")
    return carry(actor, case_id, _sending("forward", "forward_petition", unit_id, note, now), now, key)


def assign_petition(
    *, actor: Actor, case_id: int, unit_id: int, report_by: date, now: datetime, key: str, note: str = ""
) -> Case:
    """Assign it: the unit reports the result back until the day that the sender names (art. 22 para. 1 no. 3)."""
    authorise(actor, "petitions.assign")
    more = {"report_by": report_by.isoformat()}
    return carry(actor, case_id, _sending("assign", "assign_petition", unit_id, note, now, more), now, key)


def pass_accusation(*, actor: Actor, case_id: int, unit_id: int, now: datetime, key: str) -> Case:
    """Pass an accusation to the body that has authority over whom it names; its own rules apply there (art. 22, 30)."""
    authorise(actor, "petitions.pass_accusation")
    step = Step(
        move="pass_accusation",
        service="pass_accusation",
        answers={"unit_id": unit_id},
        complete=lambda case: _of_kind(case, Kind.ACCUSATION) | _route(case, now),
        fact=AccusationPassed,
    )
    return carry(actor, case_id, step, now, key)


def divert_petition(*, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str) -> Case:
    """Tell the person the lawful route of what is no ordinary petition (诉访分离, art. 22 and 31): no sixty days run."""
    authorise(actor, "petitions.divert")
    step = Step(
        move="divert",
        service="divert_petition",
        answers={"reason": reason, "note": note, "outcome": "transferred"},
        complete=lambda case: _of_kind(case, Kind.APPEAL),
        changes={"path": PATHS.get(reason), "reply": note, "replied_at": now},
        fact=PetitionDiverted,
        facts=lambda case: {"route": reason},
    )
    return carry(actor, case_id, step, now, key)


def refuse_acceptance(
    *,
    actor: Actor,
    case_id: int,
    reason: str,
    note: str,
    now: datetime,
    key: str,
    live_id: int | None = None,
    competent_id: int | None = None,
) -> Case:
    """Refuse what is being handled already, and tell the person which matter is live (art. 19 para. 3), or what came
    to the wrong level in person (art. 20 para. 1), and tell them which unit decides.
    """
    authorise(actor, "petitions.not_accept")
    live = _live(actor, case_id, live_id) if reason == "live" else None
    decides = {"competent_id": competent_id} if reason == "wrong_level" else {}
    step = Step(
        move="not_accept",
        service="refuse_acceptance",
        answers={"reason": reason, "note": note, "outcome": "rejected", **decides},
        complete=lambda case: wrong_level(actor, case, competent_id) if decides else {},
        changes={"reply": note, "replied_at": now, **({"live": live.pk} if live else {})},
        fact=AcceptanceRefused,
        facts=lambda case: {"reason": reason},
    )
    return carry(actor, case_id, step, now, key)


def accept_no_longer(*, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str) -> Case:
    """Accept no longer what was re-reviewed and is raised again on the same facts and reasons (art. 36 para. 3)."""
    authorise(actor, "petitions.no_longer_accept")
    step = Step(
        move="no_longer_accept",
        service="accept_no_longer",
        answers={"reason": reason, "note": note, "outcome": "rejected"},
        complete=_finished_before,
        changes={"reply": note, "replied_at": now},
        fact=AcceptanceRefused,
        facts=lambda case: {"reason": reason},
    )
    return carry(actor, case_id, step, now, key)


def classify_petition(*, actor: Actor, case_id: int, kind: str, now: datetime, key: str) -> Case:
    """Put a petition into the class that it belongs to, whatever the person ticked (art. 29-31).

    What was sealed as an accusation stays sealed.
    """
    authorise(actor, "petitions.classify")
    if kind not in Kind.values:
        raise NotPossible("请选择类别：建议意见、检举控告或申诉求决。")
    step = Step(move="classify", service="classify_petition", answers={"kind": kind}, changes={"kind": kind})
    return carry(actor, case_id, step, now, key)


def agree_to_objection(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Agree, after verification, that the unit is not competent: only then does the file come back (art. 23)."""
    authorise(actor, "petitions.agree")
    step = Step(
        move="agree",
        service="agree_to_objection",
        answers={"note": note},
        fact=ObjectionDecided,
        facts=lambda case: {"agreed": True},
    )
    return carry(actor, case_id, step, now, key)


def refuse_objection(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Refuse an objection after verification: the unit handles it (art. 23)."""
    authorise(actor, "petitions.refuse_objection")
    step = Step(
        move="refuse_objection",
        service="refuse_objection",
        answers={"note": note},
        fact=ObjectionDecided,
        facts=lambda case: {"agreed": False},
    )
    return carry(actor, case_id, step, now, key)


def settle_competence(
    *, actor: Actor, case_id: int, unit_id: int, note: str, now: datetime, key: str
) -> Case:
    """Let the common superior name the unit where they do not agree (art. 24)."""
    authorise(actor, "petitions.settle")
    step = Step(
        move="settle",
        service="settle_competence",
        answers={"unit_id": unit_id, "note": note},
        fact=PetitionForwarded,
        facts=lambda case: {"unit_id": unit_id},
    )
    return carry(actor, case_id, step, now, key)


def hand_to_hotline(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Hand what is a plain request to the hotline, with the person's words: nobody types it again."""
    authorise(actor, "petitions.hand_to_hotline")
    step = Step(
        move="hand_to_hotline",
        service="hand_to_hotline",
        answers={"outcome": "transferred"},
        complete=_not_accusation,
        handed=_for_hotline,
    )
    return carry(actor, case_id, step, now, key)


def supervise_petition(
    *, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str
) -> Case:
    """Put a petition under supervision for one of the reasons of art. 40 (督办)."""
    authorise(actor, "petitions.supervise")
    step = Step(
        move="supervise",
        service="supervise_petition",
        answers={"reason": reason, "note": note},
        fact=PetitionSupervised,
    )
    return carry(actor, case_id, step, now, key)


@transaction.atomic
def recommend_to_unit(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Recommend to the unit what it should put right; it answers in writing with what became of it (art. 40)."""
    authorise(actor, "petitions.recommend")
    step = Step(move="recommend", service="recommend_to_unit", answers={"note": note}, complete=_with_unit)
    done = carried(actor, case_id, step, now, key)
    if not done.replayed and done.case.unit_id is not None:
        Recommendation.objects.create(case_id=case_id, unit_id=done.case.unit_id, text=note, made_at=now)
        publish(RecommendationMade(case_id=case_id, region_code=done.case.region_code), now=now)
    return done.case


def _sending(
    move: str, service: str, unit_id: int, note: str, now: datetime, more: dict[str, Any] | None = None
) -> Step:
    return Step(
        move=move,
        service=service,
        answers={"unit_id": unit_id, "note": note, **(more or {})},
        complete=lambda case: _not_accusation(case) | _route(case, now),
        fact=PetitionForwarded,
        facts=lambda case: {"unit_id": unit_id},
    )


def _route(case: Case, now: datetime) -> dict[str, Any]:
    """Return the common superior of the responsibility list; refuse what names somebody nobody has looked into."""
    named = Passed.objects.filter(case_id=case.pk, move="name").exists()
    if NAMES_SOMEBODY in case.flags and not named:
        said = Petition.objects.get(pk=case.pk)
        raise NotPossible(
            "信访人写明了反映的对象：%(words)s。请先「登记被反映的单位或人」，再转送，以免转到被反映的一方。",
            words=said.complained_of,
        )
    listed = responsible_for(case.category_id, case.region_code, localdate(now)) if case.category_id else None
    return {"arbiter_unit_id": listed.arbiter_unit_id if listed else None}


def _of_kind(case: Case, kind: Kind) -> dict[str, Any]:
    if Petition.objects.get(pk=case.pk).kind != kind:
        raise NotPossible("这一步只适用于「%(kind)s」。类别不对的话，请先更正类别。", kind=kind.label)
    return {}


def _not_accusation(case: Case) -> dict[str, Any]:
    if Petition.objects.get(pk=case.pk).kind == Kind.ACCUSATION:
        raise NotPossible(
            "检举控告要按干部管理权限转送纪检监察或有权机关（信访工作条例第二十二条、第三十条），不能普通转送，也不能转热线。"
        )
    return {}


def _live(actor: Actor, case_id: int, live_id: int | None) -> Petition:
    """Return the other matter of the same person, to who may know of both whose they are (art. 30)."""
    mine = Case.objects.filter(pk=case_id).first()
    live = Petition.objects.select_related("case").filter(pk=live_id).exclude(pk=case_id).first()
    if mine is None or live is None or not may(actor, "petitions.read", live.case):
        raise NotPossible(NOT_FOUND)
    if not (may_see_requester(actor, mine) and may_see_requester(actor, live.case)):
        raise NotPossible(NOT_FOUND)
    if live.case.closed_at is not None or live.case.opened_by_id != mine.opened_by_id:
        raise NotPossible(
            "只有同一人的、还在办理的事项才能作为不予受理的理由（信访工作条例第十九条第三款）。"
        )
    return live


def _finished_before(case: Case) -> dict[str, Any]:
    """Refuse to turn away what this person never had re-reviewed: without the third opinion nothing is finished."""
    finished = Case.objects.filter(
        procedure="petitions.rereview", stage="final", opened_by_id=case.opened_by_id
    )
    if case.opened_by_id is None or not finished.exists():
        raise NotPossible("这位信访人没有复核终结的事项，不能不再受理（信访工作条例第三十六条）。")
    return {}


def _with_unit(case: Case) -> dict[str, Any]:
    if case.unit_id is None:
        raise NotPossible("还没有承办单位，没有可以提建议的对象。请先转送或交办。")
    return {}


def _for_hotline(case: Case) -> Handed:
    petition = Petition.objects.get(pk=case.pk)
    text = "\n\n".join(part for part in (petition.demand, petition.facts) if part)
    return Handed(
        words={
            "text": text,
            "place": petition.place,
            "complained_of": petition.complained_of,
            "by_post": petition.by_post,
            "kind": "suggestion" if petition.kind == Kind.SUGGESTION else "help",
        }
    )
