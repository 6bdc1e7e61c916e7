"""One step of a request: the move, what it changes on the request, and the fact it makes true, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.events.publish import Event, told
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import Part, changed


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a use case wants to happen: `move` made by `service` with `answers`; `changes` are set on the request.

    `complete` adds to the answers what is read from the case in hand or noted beside them; a repeated request need not
    find the same again. `counts` is a column of the request that goes up by one.
    `fact` is a class of event and `facts` its fields; a callable may read the case as the move left it. `handed` goes
    along to the procedure that takes over. `beside` is what else is written with the step, from the case as it left it.
    """

    move: str
    service: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    complete: Callable[[Case], Mapping[str, Any]] = lambda case: {}
    changes: Mapping[str, Any] = field(default_factory=dict)
    counts: str = ""
    fact: type[Event] | None = None
    facts: Callable[[Case], Mapping[str, Any]] = lambda case: {}
    handed: Callable[[Case], Handed] = lambda case: Handed()
    beside: Callable[[Case], Iterable[Part]] = lambda case: ()


def carry(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    wanted = Wanted(
        case_id=case_id,
        move=step.move,
        answers=step.answers,
        complete=step.complete,
        along=lambda case: _along(step, case, now),
        handed=step.handed,
    )
    return advance(actor=actor, wanted=wanted, service=step.service, now=now, key=key).case


def _along(step: Step, case: Case, now: datetime) -> Iterator[Part]:
    if step.changes or step.counts:
        yield changed(Request, step.changes, step.counts)
    if step.fact is not None:
        yield told(step.fact, region_code=case.region_code, now=now, **step.facts(case))
    yield from step.beside(case)
