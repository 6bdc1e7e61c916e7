"""What happens after the answer: rating, call-back, contest, and handling again."""

from dataclasses import replace
from datetime import datetime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.events import (
    ReplyContested,
    ReplyUpheld,
    RequestRated,
    RequestReopened,
)
from gongzhi.domains.hotline.models import Grade
from gongzhi.domains.hotline.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.people.actor import Actor


def rate_request(
    *,
    actor: Actor,
    case_id: int,
    grade: int,
    words: str,
    now: datetime,
    key: str,
    from_office: bool = False,
) -> Case:
    """Let the person rate the answer in five grades; a bad grade is called back within one working day.

    *from_office* says that the rating came from a device or network of an office (国办发〔2019〕51号: 防止弄虚作假); nothing
    else is kept of where it came from.
    """
    authorise(actor, "hotline.rate")
    move = "rate_badly" if _grade(grade).is_bad else "rate"
    step = _rating(move, "rate_request", grade, words, now)
    if from_office:
        step = replace(step, complete=lambda case: {"from_office": True})  # a retry may come from elsewhere
    return carry(actor, case_id, step, now, key)


def record_call_back(*, actor: Actor, case_id: int, grade: int, words: str, now: datetime, key: str) -> Case:
    """Write down how the person rates the answer when called back (回访)."""
    authorise(actor, "hotline.call_back")
    move = "call_back_badly" if _grade(grade).is_bad else "call_back"
    return carry(actor, case_id, _rating(move, "record_call_back", grade, words, now), now, key)


def contest_reply(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let the person refuse the answer; someone who had no hand in it looks again."""
    authorise(actor, "hotline.contest")
    step = Step(move="contest", service="contest_reply", answers={"note": note}, fact=ReplyContested)
    return carry(actor, case_id, step, now, key)


def uphold_reply(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Keep the answer after a second look by another person, and say why."""
    authorise(actor, "hotline.uphold")
    step = Step(move="uphold", service="uphold_reply", answers={"note": note}, fact=ReplyUpheld)
    return carry(actor, case_id, step, now, key)


def reopen_request(*, actor: Actor, case_id: int, unit_id: int, note: str, now: datetime, key: str) -> Case:
    """Give a contested request to a unit again: another one, or the same under a new clock."""
    authorise(actor, "hotline.reopen")
    return carry(actor, case_id, _handling_again("reopen", "reopen_request", unit_id, note), now, key)


def revisit_request(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Record the call that follows a bad rating when nothing more is to be done (安阳 art. 52)."""
    authorise(actor, "hotline.revisit")
    step = Step(move="revisit", service="revisit_request", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def rework_request(*, actor: Actor, case_id: int, unit_id: int, note: str, now: datetime, key: str) -> Case:
    """Have a badly rated request handled again when the complaint is clear and reasonable (安阳 art. 52)."""
    authorise(actor, "hotline.rework")
    return carry(actor, case_id, _handling_again("rework", "rework_request", unit_id, note), now, key)


def _grade(grade: int) -> Grade:
    try:
        return Grade(grade)
    except ValueError as fault:
        raise NotPossible("请在五档评价中选择一档：非常满意、满意、基本满意、不满意、非常不满意。") from fault


def _rating(move: str, service: str, grade: int, words: str, now: datetime) -> Step:
    return Step(
        move=move,
        service=service,
        answers={"grade": grade, "words": words},
        changes={
            "grade": grade,
            "grade_words": words,
            "rated_at": now,
            "rated_by_call": service == "record_call_back",
        },
        fact=RequestRated,
        facts=lambda case: {"grade": grade},
    )


def _handling_again(move: str, service: str, unit_id: int, note: str) -> Step:
    return Step(
        move=move,
        service=service,
        answers={"unit_id": unit_id, "note": note},
        changes={"replied_at": None, "grade": None, "grade_words": "", "rated_at": None},
        fact=RequestReopened,
        facts=lambda case: {"unit_id": unit_id},
    )
