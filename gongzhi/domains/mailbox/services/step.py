"""One step of a letter: the move, what it changes on the letter, and the fact it makes true, in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.cases.children import Handed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.events.publish import Event, told
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.prepared import Part, changed

Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a use case wants to happen: `move` made by `service` with `answers`, completed from the case in hand.

    `changes` are set on the letter. `fact` is a class of event and `facts` its fields. `handed` goes along to the
    procedure that takes over.
    """

    move: str
    service: str
    answers: Answers = field(default_factory=dict)
    complete: Callable[[Case], Answers] = lambda case: {}
    changes: Answers = field(default_factory=dict)
    fact: type[Event] | None = None
    facts: Answers = field(default_factory=dict)
    handed: Callable[[Case], Handed] = lambda case: Handed()


def carry(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    return carried(actor, case_id, step, now, key).case


def carried(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Result:
    """Make the step, and say whether it had been made before."""
    wanted = Wanted(
        case_id=case_id,
        move=step.move,
        answers=step.answers,
        complete=step.complete,
        along=lambda case: _along(step, case, now),
        handed=step.handed,
    )
    return advance(actor=actor, wanted=wanted, service=step.service, now=now, key=key)


def _along(step: Step, case: Case, now: datetime) -> Iterator[Part]:
    if step.changes:
        yield changed(Letter, step.changes)
    if step.fact is not None:
        yield told(step.fact, region_code=case.region_code, now=now, **step.facts)
