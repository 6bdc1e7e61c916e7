"""One step of a domain's matter: the move, what it changes on the matter's row, and the fact it makes true, at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.events.publish import Event, told
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import Part, changed

Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WantedStep:
    """What a use case wants to happen: `move` made by `service` with `answers`; `changes` are set on the row of `model`.

    `model` is one-to-one with the case; a domain's own subclass names it once. `counts` is a column of the row that
    goes up by one. `complete` adds to the answers what is read from the case in hand or noted beside them; a repeated
    request need not find the same again. `fact` is a class of event and `facts` its fields, from the case as the move
    left it. `handed` goes along to the procedure that takes over. `beside` is what else is written with the step.
    """

    move: str
    service: str
    answers: Answers = field(default_factory=dict)
    complete: Callable[[Case], Answers] = lambda case: {}
    model: type[Model]
    changes: Answers = field(default_factory=dict)
    counts: str = ""
    fact: type[Event] | None = None
    facts: Callable[[Case], Answers] = lambda case: {}
    handed: Callable[[Case], Handed] = lambda case: Handed()
    beside: Callable[[Case], Iterable[Part]] = lambda case: ()


def carry(actor: Actor, case_id: int, step: WantedStep, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    return carried(actor, case_id, step, now, key).case


def carried(actor: Actor, case_id: int, step: WantedStep, now: datetime, key: str) -> Result:
    """Make the step in one transaction, and say whether it had been made before. It is refused as `advance` refuses."""
    wanted = Wanted(
        case_id=case_id,
        move=step.move,
        answers=step.answers,
        complete=step.complete,
        along=lambda case: _along(step, case, now),
        handed=step.handed,
    )
    return advance(actor=actor, wanted=wanted, service=step.service, now=now, key=key)


def _along(step: WantedStep, case: Case, now: datetime) -> Iterator[Part]:
    if step.changes or step.counts:
        yield changed(step.model, step.changes, step.counts)
    if step.fact is not None:
        yield told(step.fact, region_code=case.region_code, now=now, **step.facts(case))
    yield from step.beside(case)
