"""One step of a matter: the move, what it changes on the petition, and the fact it makes true, in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from gongzhi.base.declined import NotAllowed
from gongzhi.domains.petitions.models import Petition
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.events.publish import Event, told
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import Part, changed

Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a use case wants to happen: `move` made by `service` with `answers`, completed from the case in hand.

    `changes` are set on the row of `model`. `fact` is a class of event and `facts` its fields; a callable may read
    the case as the move left it. `handed` goes along to the procedure that takes over.
    """

    move: str
    service: str
    answers: Answers = field(default_factory=dict)
    complete: Callable[[Case], Answers] = lambda case: {}
    changes: Answers = field(default_factory=dict)
    model: type[Model] = Petition
    fact: type[Event] | None = None
    facts: Callable[[Case], Answers] = lambda case: {}
    handed: Callable[[Case], Handed] = lambda case: Handed()


def carry(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    return carried(actor, case_id, step, now, key).case


def carried(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Result:
    """Make the step, and say whether it had been made before.

    An official who has withdrawn from the matter makes no step in it any more (回避, art. 28 para. 3).
    """
    wanted = Wanted(
        case_id=case_id,
        move=step.move,
        answers=step.answers,
        complete=lambda case: _completed(actor, case, step),
        along=lambda case: _along(step, case, now),
        handed=step.handed,
    )
    return advance(actor=actor, wanted=wanted, service=step.service, now=now, key=key)


def _completed(actor: Actor, case: Case, step: Step) -> Answers:
    if actor.account_id is not None:
        withdrawn = Passed.objects.filter(case_id=case.pk, move="recuse", account_id=actor.account_id)
        if withdrawn.exists():
            raise NotAllowed("您已在这件事中回避（信访工作条例第二十八条第三款）。请由本单位其他人员办理。")
    return step.complete(case)


def _along(step: Step, case: Case, now: datetime) -> Iterator[Part]:
    if step.changes:
        yield changed(step.model, step.changes)
    if step.fact is not None:
        yield told(step.fact, region_code=case.region_code, now=now, **step.facts(case))
