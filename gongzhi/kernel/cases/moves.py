"""Move a case along its declared procedure: check the rule of exactly this move, write the step, turn the clocks."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString

from django.db import transaction
from psycopg.types.json import Jsonb

from gongzhi.base.declined import Declined, NotAllowed, NotPossible
from gongzhi.kernel import prepared
from gongzhi.kernel.access.decide import is_kept, require, units_kept_out
from gongzhi.kernel.audit.record import done_by
from gongzhi.kernel.cases import clocks, statements
from gongzhi.kernel.cases.children import (
    Handed,
    open_children,
    open_successor,
    refuse_invited_twice,
    require_children_closed,
)
from gongzhi.kernel.cases.complaints import hide_family, name_complained_of
from gongzhi.kernel.cases.keys import fingerprint, key_of, replayed
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.declare.procedure import Move, Procedure
from gongzhi.kernel.people.actor import SYSTEM, Actor
from gongzhi.kernel.prepared import Part
from gongzhi.kernel.registry.api import procedure as declared

CASE_FIELDS = [name.strip() for name in statements.CASE_COLUMNS.split(",")]


class KeyUsed(Exception):
    """A step with this key is there already, so nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The move someone wants to make: which case, by which word, with which answers.

    `complete` adds to the answers what the use case reads from the case in hand; a repeated request need not find the
    same again. `along` says what the domain itself writes with the step, from the case as the move has left it;
    `handed`, what goes along to the case of another procedure that takes over.
    """

    case_id: int
    move: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    complete: Callable[[Case], Mapping[str, Any]] = lambda case: {}
    along: Callable[[Case], Iterable[Part]] = lambda case: ()
    handed: Callable[[Case], Handed] = lambda case: Handed()


def take(*, actor: Actor, case_id: int, move: str, now: datetime, key: str, **answers: Any) -> Result:
    """Make a plain move: one that its domain has not reserved for a use case of its own."""
    return _make(actor, Wanted(case_id=case_id, move=move, answers=answers), now, key, service="")


def advance(*, actor: Actor, wanted: Wanted, service: str, now: datetime, key: str) -> Result:
    """Make a move for the use case *service* of its domain.

    Raises NotAllowed when the move's own rule does not open the case to the actor; NotPossible when there is no such
    case or the actor must not learn of it, the stage has no such move, an answer is missing, its period has lapsed or
    a child case is open; Conflict when the key was used with other content.
    """
    return _make(actor, wanted, now, key, service)


def _make(actor: Actor, wanted: Wanted, now: datetime, key: str, service: str) -> Result:
    """Make the move, or find that it was made before: then it is refused or left unwritten, and the key tells why."""
    marks = key_of(key), fingerprint(actor, wanted.move, {"case_id": wanted.case_id, **wanted.answers})
    with transaction.atomic():
        case, running = _held(wanted.case_id)
        try:
            return Result(_made(actor, (case, running), wanted, now, service, marks))
        except (Declined, KeyUsed):
            if replayed(*marks) is None:
                raise
            return Result(_held(wanted.case_id)[0], replayed=True)


def _made(
    actor: Actor,
    held: tuple[Case, list[Deadline]],
    wanted: Wanted,
    now: datetime,
    service: str,
    marks: tuple[uuid.UUID, bytes],
) -> Case:
    case, running = held
    if is_kept(actor, case):
        raise NotPossible(NOT_FOUND)
    procedure = declared(case.procedure, case.version)
    move = _chosen(procedure, case, wanted.move, service)
    require(actor, move.rule, case)
    answers = {**wanted.answers, **wanted.complete(case)}
    _check(actor, procedure, case, move, answers)
    clocks.refuse_after_lapse(procedure, move, running, now)
    before = case.stage
    _apply(procedure, case, move, answers, now)
    turned = _turned(procedure, move, running, answers, now)
    if move.calls_off:
        _call_off(case, move.calls_off, now, marks[0], units_kept_out(case) if move.names else None)
    follows = bool(turned or move.names or move.leaves or move.opens or move.hands_to)
    written = answers, wanted.along(case)
    _write(actor, procedure, (case, before, move), running, written, now, marks, ends=0 if follows else 1)
    for deadline in turned:
        _save_clock(deadline)
    _follow_up(actor, case, move, answers, now, marks[0])
    if move.hands_to:
        handed = wanted.handed(case)
        open_successor(actor=actor, case=case, procedure=move.hands_to, handed=handed, now=now, key=marks[0])
    return case


def _held(case_id: int) -> tuple[Case, list[Deadline]]:
    """Return the case with its running clocks, held until the transaction ends, so that two moves never overlap."""
    [(*row, running)] = prepared.run(statements.HOLD_CASE, (case_id,), writes=False)
    if row[0] is None:
        raise NotPossible(NOT_FOUND)
    case = prepared.as_read(Case, dict(zip(CASE_FIELDS, row, strict=True)))
    return case, [clocks.read(deadline) for deadline in json.loads(running)]


def _chosen(procedure: Procedure, case: Case, key: str, service: str) -> Move:
    stage = procedure.stage_by_key.get(case.stage)
    if stage is None:
        raise NotPossible("这件事已经结束，不能再办理。如有新情况，请另行登记。")
    move = stage.by_key.get(key)
    if move is None:
        raise NotPossible(
            "这件事现在是「%(stage)s」，不能做这一步。请刷新页面查看最新进展。", stage=stage.label
        )
    if move.service != service:
        raise NotPossible("「%(move)s」要在专门的页面办理，不能直接流转。", move=move.label)
    return move


def _check(actor: Actor, procedure: Procedure, case: Case, move: Move, answers: Mapping[str, Any]) -> None:
    """Refuse a move whose answers or circumstances do not fit its declaration."""
    missing = [name for name in move.asks if not answers.get(name)]
    if missing:
        raise NotPossible(
            "「%(move)s」还缺：%(missing)s。请补充后再提交。", move=move.label, missing="、".join(missing)
        )
    if move.reasons and answers.get("reason") not in {reason.key for reason in move.reasons}:
        raise NotPossible("请从列出的理由中选择一项。")
    if move.outcomes and answers.get("outcome") not in {outcome.value for outcome in move.outcomes}:
        raise NotPossible("请说明办理结果：已解决、已解释还是不支持。")
    if move.assigns and not answers.get("unit_id"):
        raise NotPossible("请选择承办单位。")
    _refuse_unit_complained_of(case, move, answers)
    if move.not_by and actor.account_id is not None and _made_one_of(actor.account_id, case.pk, move.not_by):
        raise NotAllowed("这一步要由另一个人来做（经办与审核、复核不能是同一人）。请转给同事办理。")
    if (move.waits or move.to in procedure.end_by_key) and not move.calls_off:
        require_children_closed(case)
    if move.opens:
        refuse_invited_twice(case, answers["units"])


def _refuse_unit_complained_of(case: Case, move: Move, answers: Mapping[str, Any]) -> None:
    """Refuse to give a complaint to the unit complained of, one headed by the person, or one under it (art. 30)."""
    named = {int(answers["unit_id"])} if move.assigns else set()
    named |= {int(unit) for unit in answers.get("units", ())} if move.opens else set()
    if named & units_kept_out(case):
        raise NotPossible(
            "不能交给被反映的单位、被反映人主持的单位或其下属单位办理（信访工作条例第三十条）。请选择其他单位。"
        )


def _made_one_of(account_id: int, case_id: int, moves: tuple[str, ...]) -> bool:
    return Step.objects.filter(case_id=case_id, account_id=account_id, move__in=moves).exists()


def _apply(procedure: Procedure, case: Case, move: Move, answers: Mapping[str, Any], now: datetime) -> None:
    """Change the case row as the move declares."""
    stage = procedure.stage_by_key[case.stage]
    case.steps_taken += 1
    case.stage = move.to or case.stage
    if move.returned:
        case.returns += 1
        if case.returns >= move.returned.times and case.arbiter_unit_id is not None:
            case.stage = move.returned.to
    if move.assigns:
        case.unit_id = int(answers["unit_id"])
        arbiter = answers.get("arbiter_unit_id") or case.arbiter_unit_id
        case.arbiter_unit_id = None if arbiter in units_kept_out(case) else arbiter
    if move.opens:
        units = (int(unit) for unit in answers.get("units", ()))
        case.involved_units = sorted({*case.involved_units, *units})
    if move.names:
        name_complained_of(case, stage, move, answers)
    if move.outcomes:
        case.outcome = str(answers["outcome"])
    if move.reopens:
        case.outcome, case.returns = "", 0
    case.closed_at = now if case.stage in procedure.end_by_key else None


def _turned(
    procedure: Procedure, move: Move, running: list[Deadline], answers: Mapping[str, Any], now: datetime
) -> list[Deadline]:
    """Pause, resume or extend the clocks on which the move works, and return them to be saved."""
    keys = move.extends or tuple(key for key in (move.pauses, move.resumes) if key)
    found = [deadline for key in keys for deadline in running if deadline.clock == key]
    if not keys:
        return []
    if not found:
        raise NotPossible("这件事现在没有这个期限在计算。")
    if move.pauses:
        clocks.pause(procedure, found[0], str(answers.get("reason", "")), now)
    elif move.resumes:
        clocks.resume(procedure, found[0], now)
    else:
        clocks.extend(procedure, found[0], now)
        found = [found[0], *(other for other in found[1:] if now <= other.due_at)]
        for other in found[1:]:
            clocks.extend(procedure, other, now)
    return found


def _save_clock(deadline: Deadline) -> None:
    moments = (deadline.due_at, deadline.raw_on, deadline.provisional, deadline.warn_at, deadline.warned_at)
    rest = (
        deadline.lapse_seen_at,
        deadline.paused_at,
        deadline.pause_reason,
        deadline.extensions,
        deadline.basis,
    )
    prepared.run(statements.SET_CLOCK, (*moments, *rest, deadline.pk))


def _write(
    actor: Actor,
    procedure: Procedure,
    taken: tuple[Case, str, Move],
    running: list[Deadline],
    written: tuple[Mapping[str, Any], Iterable[Part]],
    now: datetime,
    marks: tuple[uuid.UUID, bytes],
    *,
    ends: int,
) -> None:
    """Write step, case, clocks, the audit record and what the domain writes along in one statement, which *ends* so many blocks."""
    (case, before, move), (answers, along) = taken, written
    ending = clocks.stopped(procedure, case, move.key, running)
    going_on = [deadline for deadline in running if deadline not in ending]
    beginning = clocks.started(procedure, case, move.key, now, (d.clock for d in going_on), answers)
    clocks.show_on(case, going_on + beginning)
    who = (actor.role.value, actor.person_id, actor.account_id, actor.post_id, actor.unit_id)
    is_new = prepared.run_with(
        statements.MOVE,
        (
            *(
                case.pk,
                case.steps_taken,
                move.key,
                before,
                case.stage,
                now,
                *who,
                Jsonb(answers),
                *marks,
            ),
            *(case.stage, case.unit_id, case.arbiter_unit_id, case.involved_units),
            *(case.against_unit_id, case.against_account_id, case.public),
            *(case.steps_taken, case.returns, case.due_at, case.warn_at, case.outcome, case.closed_at),
            *done_by(actor, f"{case.procedure}.{move.key}", now),
        ),
        (
            *_parts(statements.STOPPED, (now, move.key), ending),
            *_parts(statements.CARRIED, (case.unit_id,), going_on if move.assigns or move.names else []),
            *clocks.written(beginning),
            *along,
        ),
        ends=ends,
    )
    if not is_new:
        raise KeyUsed


def _parts(statement: LiteralString, values: tuple[Any, ...], deadlines: list[Deadline]) -> list[Part]:
    """Return the part of the statement that changes these deadlines, where there are any."""
    return [Part(statement, (*values, [deadline.pk for deadline in deadlines]))] if deadlines else []


def _follow_up(
    actor: Actor, case: Case, move: Move, answers: Mapping[str, Any], now: datetime, key: uuid.UUID
) -> None:
    """Do in other cases what the move declares: open those of co-handling units, hide, leave."""
    if move.names:
        hide_family(case)
    if move.leaves and case.parent_id is not None:
        prepared.run(statements.HOLD, (case.parent_id,))  # having left, the unit sees it no more
        prepared.run(statements.LEAVE, (case.unit_id, case.parent_id))
    if move.opens:
        open_children(
            actor=actor, parent=case, procedure=move.opens, units=answers["units"], now=now, key=key
        )


def _call_off(
    case: Case, move: str, now: datetime, key: uuid.UUID, units: frozenset[int] | None = None
) -> None:
    """End the child cases that are open, those of *units* only where given, by a move that the system makes.

    The units have no more part in the matter.
    """
    for child_id, unit_id in prepared.run(statements.OPEN_CHILDREN, (case.pk,)):
        if units is None or unit_id in units:
            prepared.run(statements.HOLD, (child_id,))
            child_key = str(uuid.uuid5(key, f"{move}:{child_id}"))
            take(actor=SYSTEM, case_id=child_id, move=move, now=now, key=child_key)
            case.involved_units = [unit for unit in case.involved_units if unit != unit_id]
