"""How an opinion is reviewed and re-reviewed: asked for by the person, one level up each, with hearings in the last."""

from datetime import datetime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.models import Opinion, Petition, Review
from gongzhi.domains.petitions.services.step import Step, carry
from gongzhi.kernel.access.decide import authorise, units_kept_out
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor


def ask_review(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Ask the unit one level up for a review, within thirty days of having the opinion (信访工作条例 art. 35)."""
    authorise(actor, "petitions.ask_review")
    step = Step(
        move="ask_review",
        service="ask_review",
        answers={"note": note},
        handed=lambda case: _first_file(case, note),
    )
    return carry(actor, case_id, step, now, key)


def ask_rereview(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Ask for a re-review one level further up, within thirty days of having the review opinion (art. 36)."""
    authorise(actor, "petitions.ask_rereview")
    step = Step(
        move="ask_rereview",
        service="ask_rereview",
        answers={"note": note},
        handed=lambda case: _second_file(case, note),
    )
    return carry(actor, case_id, step, now, key)


def open_hearing(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Hold a hearing in a re-review: the time it needs is not counted (art. 36)."""
    authorise(actor, "petitions.open_hearing")
    step = Step(move="open_hearing", service="open_hearing", answers={"reason": "hearing"})
    return carry(actor, case_id, step, now, key)


def close_hearing(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """End the hearing: the period goes on."""
    authorise(actor, "petitions.close_hearing")
    return carry(actor, case_id, Step(move="close_hearing", service="close_hearing"), now, key)


def superior_of(case: Case) -> Unit:
    """Return the unit one level above the one that decided; never one of which the matter complains (art. 30, 35, 36)."""
    out = units_kept_out(case)
    above = Unit.objects.select_related("parent").get(pk=case.unit_id or 0).parent
    while above is not None and above.pk in out:
        above = above.parent
    if above is None:
        raise NotPossible(
            "系统里没有登记作出意见的单位的上一级机关，暂时不能在网上申请。请拨打 12345 或到信访接待场所书面提出，期限不变。"
        )
    return above


def _first_file(case: Case, grounds: str) -> Handed:
    petition = Petition.objects.get(pk=case.pk)
    return _file(case, grounds, petition.demand, petition.facts)


def _second_file(case: Case, grounds: str) -> Handed:
    review = Review.objects.get(pk=case.pk)
    return _file(case, grounds, review.demand, review.facts, before=f"{review.earlier_opinion}\n\n")


def _file(case: Case, grounds: str, demand: str, facts: str, before: str = "") -> Handed:
    opinion = Opinion.objects.select_related("unit").get(pk=case.pk)
    told = f"{opinion.unit.name} {opinion.number}\n{opinion.facts}\n{opinion.decision}\n{opinion.basis}"
    words = {"grounds": grounds, "demand": demand, "facts": facts, "earlier_opinion": before + told}
    return Handed(unit_id=superior_of(case).pk, words=words)
