"""What must not be published is stopped here: a text with particulars of a person, unless an official says why it may stay."""

from collections.abc import Callable, Mapping

from gongzhi.base.declined import NotPossible
from gongzhi.insight.triage.leaks import passages
from gongzhi.kernel.cases.models import Case


def publishable(reply: str, reason: str) -> Callable[[Case], Mapping[str, str]]:
    """Return what a step records of a reply that everybody will read: nothing, or why its particulars may stay.

    The step is refused, with the passages, when the case is public, the reply tells who or where somebody is, and no
    reason is given (政府信息公开条例 art. 15: 个人隐私不得公开). The reason stays with the step.
    """

    def recorded(case: Case) -> Mapping[str, str]:
        found = passages(reply) if case.public else []
        if not found:
            return {}
        if not reason.strip():
            raise NotPossible(
                "这件诉求的答复会公开，里面有：%(passages)s。请去掉或改写；确实可以公开的，请写明理由。",
                passages="、".join(found),
            )
        return {"public_because": reason.strip()}

    return recorded
