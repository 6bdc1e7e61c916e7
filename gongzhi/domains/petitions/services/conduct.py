"""What is written down beside the way of a petition: whom a major or urgent matter was reported to, and incidents."""

from datetime import datetime
from typing import Any

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.events import PetitionUrgent
from gongzhi.domains.petitions.services.step import Step, carry
from gongzhi.kernel.access.decide import authorise, units_kept_out
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.units import units_over
from gongzhi.kernel.people.actor import Actor


def report_urgent(*, actor: Actor, case_id: int, note: str, told: str, now: datetime, key: str) -> Case:
    """Report a major or urgent matter at once, and write down whom it was reported to (信访工作条例 art. 25).

    The units above the office and the competent unit are told here in the same moment; who stands outside the platform
    (联席会议办公室, 国家信访局) is reported to by other means, which *told* names. No unit complained of is told.
    """
    authorise(actor, "petitions.report_urgent")
    if not told.strip():
        raise NotPossible("请写明已经向哪些机关报告、什么时候报告的（信访工作条例第二十五条）。")
    step = Step(
        move="report_urgent",
        service="report_urgent",
        answers={"note": note, "told": told},
        complete=lambda case: _whom_to_tell(actor, case),
        fact=PetitionUrgent,
        facts=lambda case: {"units": _units_to_tell(actor, case)},
    )
    return carry(actor, case_id, step, now, key)


def record_incident(*, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str) -> Case:
    """Write down prohibited conduct in one matter (art. 26): its stage, its clocks and what is owed stay as they are.

    It is never a reason to refuse or to end the matter, and there is no list of persons by it.
    """
    authorise(actor, "petitions.record_incident")
    answers = {"reason": reason, "note": note}
    step = Step(move="record_incident", service="record_incident", answers=answers)
    return carry(actor, case_id, step, now, key)


def _units_to_tell(actor: Actor, case: Case) -> list[int]:
    above = units_over(actor.unit_id) - {actor.unit_id} if actor.unit_id is not None else frozenset()
    competent = {case.unit_id} if case.unit_id is not None else set()
    return sorted((above | competent) - units_kept_out(case))


def _whom_to_tell(actor: Actor, case: Case) -> dict[str, Any]:
    names = Unit.objects.filter(pk__in=_units_to_tell(actor, case)).order_by("pk")
    return {"units_told": [unit.name for unit in names]}
