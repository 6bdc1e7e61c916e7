"""What must not be published is stopped here: a text with particulars of a person, unless an official says why it may stay."""

from collections.abc import Callable, Mapping

from gongzhi.base.declined import NotPossible
from gongzhi.insight.triage.leaks import passages
from gongzhi.kernel.cases.models import Case


def public_reason(reason: str) -> dict[str, str]:
    """Return the reason as the step keeps it, where one was given; it is part of what was sent."""
    return {"public_because": reason.strip()} if reason.strip() else {}


def publishable(reply: str, reason: str) -> Callable[[Case], Mapping[str, str]]:
    """Return what refuses a reply that everybody will read and that tells who or where somebody is, unless a reason is given.

    The step is refused with the passages (政府信息公开条例 art. 15: 个人隐私不得公开). The reason stays with the step.
    """

    def checked(case: Case) -> Mapping[str, str]:
        found = passages(reply) if case.public and not reason.strip() else []
        if found:
            raise NotPossible(
                "这件诉求的答复会公开，里面有：%(passages)s。请去掉或改写；确实可以公开的，请写明理由。",
                passages="、".join(found),
            )
        return {}

    return checked
