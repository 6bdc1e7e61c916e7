"""One step of a matter, which nobody makes who has withdrawn from it (回避, art. 28 para. 3)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Model

from gongzhi.base.declined import NotAllowed
from gongzhi.domains.petitions.models import Petition
from gongzhi.domains.petitions.queries.letters import OF_STEPS
from gongzhi.kernel.cases import steps
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import changed

#: The steps that write down how an opinion reached the person.
SERVING: Final = frozenset({"serve", "receive"})


@dataclass(frozen=True, kw_only=True)
class Step(steps.WantedStep):
    """What a use case wants to happen to a petition, or to another row of its case."""

    model: type[Model] = Petition


def carry(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    return carried(actor, case_id, step, now, key).case


def carried(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Result:
    """Make the step, and say whether it had been made before."""

    def complete(case: Case) -> steps.Answers:
        _refuse_withdrawn(actor, case)
        return step.complete(case)

    wanted = replace(_marked(step, now), complete=complete)
    return steps.carried(actor, case_id, wanted, now, key)


def _marked(step: Step, now: datetime) -> Step:
    """Note with a step that gives a notice in writing that it waits to be posted, should the person have no phone; and with one
    by which the last is served that nothing waits any more.
    """
    if step.move not in OF_STEPS and step.move not in SERVING:
        return step
    mark = {"to_post_at": None if step.move in SERVING else now}
    if step.model is Petition:
        return replace(step, changes={**step.changes, **mark})
    return replace(step, beside=lambda case: (*step.beside(case), changed(Petition, mark)))


def _refuse_withdrawn(actor: Actor, case: Case) -> None:
    if actor.account_id is None:
        return
    if Passed.objects.filter(case_id=case.pk, move="recuse", account_id=actor.account_id).exists():
        raise NotAllowed("您已在这件事中回避（信访工作条例第二十八条第三款）。请由本单位其他人员办理。")
