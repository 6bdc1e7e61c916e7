"""Open a case: the row, its first step and its first clocks, in one statement."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from psycopg.types.json import Jsonb

from gongzhi.base.calendar import day_of
from gongzhi.kernel import prepared
from gongzhi.kernel.audit.record import done_by
from gongzhi.kernel.cases import clocks
from gongzhi.kernel.cases.keys import fingerprint, key_of, replayed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import county_key, new_query_code
from gongzhi.kernel.cases.statements import OPEN, OPENED_WITH
from gongzhi.kernel.declare.procedure import OPEN as OPENING
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.holding import reader_named
from gongzhi.kernel.prepared import Part
from gongzhi.kernel.registry.api import procedure as declared

#: The flag of a case whose writer names somebody: until the office has registered whom, it is in no count.
NAMES_SOMEBODY: Final = "names_somebody"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a case is opened with. `region_code` is the place of the matter, as exact as it is known.

    `received_at` is when it reached us, where that was before it is opened: the case and its clocks begin then.
    `complained_of` is whom it is about in the person's words, `accuses` the text of a complaint: what is about those who would
    read it first lies with the level above from the first moment (see `reader_named`).
    """

    procedure: str
    title: str
    region_code: str
    channel: str
    opened_by_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    arbiter_unit_id: int | None = None
    against_unit_id: int | None = None
    against_account_id: int | None = None
    involved_units: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    sealed: bool = False
    public: bool = False
    parent_id: int | None = None
    handed_from_id: int | None = None
    received_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    complained_of: str = ""
    accuses: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A case after a write; `replayed` says that the write had been made before and changed nothing now."""

    case: Case
    replayed: bool = False


def open_case(
    *,
    actor: Actor,
    opening: Opening,
    body: Mapping[str, Any],
    now: datetime,
    key: str,
    along: Sequence[Part] = (),
    ends: int = 0,
) -> Result:
    """Open a case at the first stage of its procedure and start its first clocks.

    *body* is everything the domain was asked to write: with the same key it must be the same again. *along* is what
    the domain itself writes then, as its own row and the fact; replayed, it is not written again.
    *ends* promises that so many of the blocks around write nothing after it (`prepared.run_with`).
    The case keeps the version of the procedure that is in force for its region now. The audit record says when it
    was opened, never when it was received: a row that bears an old time counts as slipped in.
    """
    step_key, mark, opening = key_of(key), fingerprint(actor, OPENING, body), _past_readers(opening, now)
    with transaction.atomic(savepoint=False):
        written = done_by(actor, f"{opening.procedure}.open", now)
        begun, marks = opening.received_at or now, (step_key, mark)
        case = _insert(actor, opening, begun, marks, written, along, ends=ends + 1)
        if case is not None:
            return Result(case)
    return Result(Case.objects.get(pk=replayed(step_key, mark) or 0), replayed=True)


def _past_readers(opening: Opening, now: datetime) -> Opening:
    """Name the unit that would read it and that it is about, unless one is named; then it is shown to nobody else either."""
    if opening.against_unit_id is not None:
        return opening
    today, told = day_of(now), {"complained_of": opening.complained_of, "text": opening.accuses}
    reader = reader_named(opening.region_code, today, **told)
    if reader is None:
        return opening
    named = () if NAMES_SOMEBODY in opening.flags else (NAMES_SOMEBODY,)
    return replace(opening, against_unit_id=reader, flags=opening.flags + named, public=False)


def _insert(
    actor: Actor,
    opening: Opening,
    now: datetime,
    marks: tuple[uuid.UUID, bytes],
    written: tuple[Any, ...],
    along: Sequence[Part],
    *,
    ends: int,
) -> Case | None:
    """Write the rows, the audit record's among them; return None when a twin with the same key was faster."""
    procedure = declared(opening.procedure, region_code=opening.region_code)
    case = _at_first_stage(procedure, opening, now)
    deadlines = clocks.started(procedure, case, OPENING, now, running=(), answers=opening.answers)
    clocks.show_on(case, deadlines)
    who = (actor.role.value, actor.person_id, actor.account_id, actor.post_id, actor.unit_id)
    rows = prepared.run_with(
        OPEN,
        (
            *(county_key(case.region_code), case.stage, now, *who, Jsonb(dict(opening.answers)), *marks),
            *(getattr(case, name) for name in OPENED_WITH),
            *written,
        ),
        (*clocks.written(deadlines), *along),
        ends=ends,
    )
    if not rows:
        return None
    case.pk = rows[0][0]
    case._state.adding = False
    case._state.db = "default"
    return case


def _at_first_stage(procedure: Procedure, opening: Opening, now: datetime) -> Case:
    return Case(
        procedure=procedure.key,
        version=procedure.version,
        stage=procedure.first.key,
        title=opening.title,
        category_id=opening.category_id,
        region_code=opening.region_code,
        unit_id=opening.unit_id,
        arbiter_unit_id=opening.arbiter_unit_id,
        against_unit_id=opening.against_unit_id,
        against_account_id=opening.against_account_id,
        involved_units=list(opening.involved_units),
        channel=opening.channel,
        opened_at=now,
        opened_by_id=opening.opened_by_id,
        query_code=new_query_code(opening.region_code),
        flags=list(opening.flags),
        sealed=opening.sealed,
        public=opening.public,
        parent_id=opening.parent_id,
        handed_from_id=opening.handed_from_id,
    )
