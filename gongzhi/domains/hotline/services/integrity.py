"""What follows from a check of the hotline's figures: the unit says how it was, somebody else decides."""

from datetime import datetime

from gongzhi.insight.integrity import deciding
from gongzhi.insight.integrity.models import Finding
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.people.actor import Actor


def decide_finding(*, actor: Actor, finding_id: int, state: str, reason: str, now: datetime) -> Finding:
    """Say whether a finding is true, with a reason; nobody decides about their own unit, and nothing follows by itself."""
    authorise(actor, "hotline.decide_finding")
    return deciding.decide(
        actor=actor, domain="hotline", finding_id=finding_id, state=state, reason=reason, now=now
    )


def answer_finding(*, actor: Actor, finding_id: int, note: str, now: datetime) -> Finding:
    """Let the head of the unit concerned say how it was: whoever is suspected is heard."""
    authorise(actor, "hotline.answer_finding")
    return deciding.answer(actor=actor, domain="hotline", finding_id=finding_id, note=note, now=now)
