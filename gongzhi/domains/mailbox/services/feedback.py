"""How the writer rates the answer."""

from datetime import datetime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.models import Grade
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.people.actor import Actor


def rate_letter(*, actor: Actor, case_id: int, grade: int, words: str, now: datetime, key: str) -> Case:
    """Let the writer rate the answer in five grades, once (信访工作条例 art. 21: 可评价)."""
    authorise(actor, "mailbox.rate")
    if grade not in Grade.values:
        raise NotPossible("请在五档评价中选择一档：非常满意、满意、基本满意、不满意、非常不满意。")
    step = Step(
        move="rate",
        service="rate_letter",
        answers={"grade": grade, "note": words},
        changes={"grade": grade, "grade_words": words, "rated_at": now},
    )
    return carry(actor, case_id, step, now, key)
