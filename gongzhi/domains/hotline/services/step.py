"""One step of a request: the move, what it changes on the request, and the fact it makes true, in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import advance
from gongzhi.kernel.events.publish import Event, publish
from gongzhi.kernel.people.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a use case wants to happen: `move` made by `service` with `answers`; `changes` are set on the request.

    `fact` is a class of event and `facts` its fields; a callable may read the case as the move left it.
    """

    move: str
    service: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    fact: Callable[..., Event] | None = None
    facts: Callable[[Case], Mapping[str, Any]] = lambda case: {}


@transaction.atomic
def carry(actor: Actor, case_id: int, step: Step, now: datetime, key: str) -> Case:
    """Make the step once: replayed with the same key it changes nothing and tells nobody."""
    moved = advance(
        actor=actor,
        case_id=case_id,
        move=step.move,
        service=step.service,
        now=now,
        key=key,
        **step.answers,
    )
    if moved.replayed:
        return moved.case
    if step.changes:
        Request.objects.filter(pk=case_id).update(**step.changes)
    if step.fact is not None:
        region_code = moved.case.region_code
        publish(step.fact(case_id=case_id, region_code=region_code, **step.facts(moved.case)), now=now)
    return moved.case
