"""When the clocks of a case start, stop, pause and are extended; each due day keeps its article."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils.timezone import localtime
from psycopg.types.json import Jsonb

from gongzhi.base.calendar import Calendar, Counting, Due, day_of
from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases.calendars import calendar_in_force
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.statements import STARTED
from gongzhi.kernel.declare.clock import Before, Clock, Extension
from gongzhi.kernel.declare.procedure import Move, Procedure
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.prepared import Part, as_read


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The length of a period in force on a day, with the article that sets it."""

    amount: int
    basis: str


def term_of(procedure: Procedure, clock: Clock, region_code: str, now: datetime) -> Term:
    """Return the length of *clock*: the city's own figure where the clock is local, else the declared one."""
    day = day_of(now)
    if clock.local and (own := local_value(region_code, f"{procedure.key}.{clock.key}", day)) is not None:
        return Term(amount=int(own.value), basis=own.basis)
    since = clock.amount.at(day)
    return Term(amount=int(since.value), basis=since.basis)


def started(
    procedure: Procedure,
    case: Case,
    move: str,
    now: datetime,
    running: Iterable[str],
    answers: Mapping[str, Any] = MappingProxyType({}),
) -> list[Deadline]:
    """Return the deadlines that begin when *move* with its *answers* has brought *case* to its stage."""
    already = set(running)
    return [
        _start(procedure, clock, case, now, answers)
        for clock in procedure.clocks
        if clock.key not in already
        and _starts(clock, case, move)
        and (not clock.named_by or answers.get(clock.named_by))
    ]


def stopped(procedure: Procedure, case: Case, move: str, running: Iterable[Deadline]) -> list[Deadline]:
    """Return the running deadlines that end when *move* has brought *case* to its stage."""
    return [
        deadline
        for deadline in running
        if move in (clock := procedure.clock_by_key[deadline.clock]).stops or case.stage not in clock.stages
    ]


def show_on(case: Case, running: Iterable[Deadline]) -> None:
    """Set on the case row what lists need: the next moment that binds the responsible office, and the next warning."""
    binding = [deadline for deadline in running if deadline.binds_office and deadline.paused_at is None]
    case.due_at = min((deadline.due_at for deadline in binding), default=None)
    case.warn_at = min((deadline.warn_at for deadline in binding if deadline.warn_at), default=None)


def refuse_after_lapse(procedure: Procedure, move: Move, running: Iterable[Deadline], now: datetime) -> None:
    """Raise NotPossible when the period in which *move* could be made is over."""
    for deadline in running:
        clock = procedure.clock_by_key[deadline.clock]
        if move.key in clock.bars and deadline.paused_at is None and now > deadline.due_at:
            raise NotPossible(
                "%(period)s已于 %(end)s 届满（%(basis)s），不能再%(move)s。如有特殊情况，请联系派单员或督办员。",
                period=clock.label,
                end=f"{localtime(deadline.due_at):%Y-%m-%d %H:%M}",
                basis=deadline.basis,
                move=move.label,
            )


def pause(procedure: Procedure, deadline: Deadline, reason: str, now: datetime) -> None:
    """Stop counting for a reason of the clock's closed list."""
    if reason not in {r.key for r in procedure.clock_by_key[deadline.clock].pauses}:
        raise NotPossible("这个理由不能中止期限。请在法定情形中选择。")
    if deadline.paused_at is not None:
        raise NotPossible("期限已经中止。请先恢复。")
    deadline.paused_at, deadline.pause_reason = now, reason


def resume(procedure: Procedure, deadline: Deadline, now: datetime) -> None:
    """Go on counting: the due moment moves by the time that was not counted."""
    if deadline.paused_at is None:
        raise NotPossible("期限没有中止，不需要恢复。")
    calendar = calendar_in_force()
    due = _resumed(_due_of(deadline), Counting(deadline.counting), deadline.paused_at, now, calendar)
    _set_due(procedure, deadline, due, calendar)
    deadline.paused_at, deadline.pause_reason = None, ""


def extend(procedure: Procedure, deadline: Deadline, now: datetime) -> None:
    """Lengthen a period once more, as its declaration allows."""
    extension = procedure.clock_by_key[deadline.clock].extension
    if extension is None or deadline.extensions >= extension.times:
        raise NotPossible("期限已经延长过，不能再延长。请按期答复，或告知群众进展、措施和预计时间。")
    if now > deadline.due_at:
        raise NotPossible("期限已经届满，不能再延长。请尽快答复，并向群众说明原因。")
    calendar = calendar_in_force()
    _set_due(procedure, deadline, _extended(_due_of(deadline), extension, now, calendar), calendar)
    deadline.extensions += 1
    deadline.basis = f"{deadline.basis}；延长：{extension.amount.at(day_of(now)).basis}"[:200]


def recounted(procedure: Procedure, deadline: Deadline, steps: Iterable[Step], calendar: Calendar) -> bool:
    """Count a deadline again with *calendar* from its first day; say whether its day has moved.

    *steps* are those of its case since then, in their order: what they paused, resumed and extended is done again.
    """
    clock, counting = procedure.clock_by_key[deadline.clock], Counting(deadline.counting)
    due = calendar.add(deadline.started_at, deadline.amount, counting)
    paused_at, extensions = None, 0
    for step, move in _turning(procedure, clock, steps):
        if move.pauses:
            paused_at = step.at
        elif move.resumes and paused_at is not None:
            due, paused_at = _resumed(due, counting, paused_at, step.at, calendar), None
        elif clock.extension and extensions < deadline.extensions:  # one more may have come too late
            due, extensions = _extended(due, clock.extension, step.at, calendar), extensions + 1
    return _set_due(procedure, deadline, due, calendar)


def written(deadlines: list[Deadline]) -> list[Part]:
    """Return the part of a step's statement that writes these deadlines, where there are any."""
    return [Part(STARTED, (Jsonb([_row(deadline) for deadline in deadlines]),))] if deadlines else []


def _row(deadline: Deadline) -> dict[str, Any]:
    return {
        "clock": deadline.clock,
        "rule": deadline.rule,
        "kind": deadline.kind,
        "binds_office": deadline.binds_office,
        "unit_id": deadline.unit_id,
        "amount": deadline.amount,
        "counting": deadline.counting,
        "basis": deadline.basis,
        "started_at": deadline.started_at.isoformat(),
        "due_at": deadline.due_at.isoformat(),
        "raw_on": deadline.raw_on.isoformat(),
        "provisional": deadline.provisional,
        "warn_at": deadline.warn_at.isoformat() if deadline.warn_at else None,
    }


def read(kept: dict[str, Any]) -> Deadline:
    """Return a deadline from its row as JSON, which is how `cases_hold` gives those that run."""
    moments = {
        name: datetime.fromisoformat(value) for name, value in kept.items() if value and name.endswith("_at")
    }
    return as_read(Deadline, kept | moments | {"raw_on": date.fromisoformat(kept["raw_on"])})


def _starts(clock: Clock, case: Case, move: str) -> bool:
    if case.stage not in clock.stages or (clock.only_for and clock.only_for not in case.flags):
        return False
    if clock.not_for and clock.not_for in case.flags:
        return False
    return move in clock.starts if clock.starts else True


def _start(
    procedure: Procedure, clock: Clock, case: Case, now: datetime, answers: Mapping[str, Any]
) -> Deadline:
    term = term_of(procedure, clock, case.region_code, now)
    calendar = calendar_in_force()
    if clock.named_by:
        day = _named_day(clock, answers, now)
        term = Term(amount=(day - day_of(now)).days, basis=term.basis)
        due = calendar.add(now, day, Counting.UNTIL)
    else:
        due = calendar.add(now, term.amount, clock.counting)
    return Deadline(
        case_id=case.pk,
        clock=clock.key,
        rule=clock.rule,
        kind=clock.kind.value,
        binds_office=clock.binds_office,
        unit_id=case.unit_id,
        amount=term.amount,
        counting=clock.counting.value,
        basis=term.basis,
        started_at=now,
        due_at=due.at,
        raw_on=due.raw_on,
        provisional=due.provisional,
        warn_at=_warn_at(clock.warnings, due, now, calendar),
    )


def _named_day(clock: Clock, answers: Mapping[str, Any], now: datetime) -> date:
    try:
        day = date.fromisoformat(str(answers[clock.named_by]))
    except ValueError as fault:
        raise NotPossible(
            "%(period)s要写成日期，如 2026-03-31。请更正后再提交。", period=clock.label
        ) from fault
    if day <= day_of(now):
        raise NotPossible("%(period)s要晚于今天。请更正后再提交。", period=clock.label)
    return day


def _warn_at(warnings: tuple[Before, ...], due: Due, now: datetime, calendar: Calendar) -> datetime | None:
    """Return the first warning still ahead, counted back from the raw day: officials see no roll-forward."""
    raw_end = due.at.replace(year=due.raw_on.year, month=due.raw_on.month, day=due.raw_on.day)
    moments = (calendar.subtract(raw_end, before.amount, before.counting) for before in warnings)
    return min((moment for moment in moments if moment > now), default=None)


def _set_due(procedure: Procedure, deadline: Deadline, due: Due, calendar: Calendar) -> bool:
    """Give a deadline its end; say whether that is another one, of which the office is warned anew."""
    moved = due.at != deadline.due_at
    deadline.due_at, deadline.raw_on, deadline.provisional = due.at, due.raw_on, due.provisional
    if moved:
        clock = procedure.clock_by_key[deadline.clock]
        deadline.warn_at = _warn_at(clock.warnings, due, deadline.started_at, calendar)
        deadline.warned_at = deadline.lapse_seen_at = None
    return moved


def _due_of(deadline: Deadline) -> Due:
    at = localtime(deadline.due_at)
    return Due(at=at, raw_on=deadline.raw_on, on=at.date(), provisional=deadline.provisional)


def _resumed(due: Due, counting: Counting, paused_at: datetime, now: datetime, calendar: Calendar) -> Due:
    """Return when a period ends that was not counted from *paused_at* until *now*."""
    if counting in (Counting.HOURS, Counting.MINUTES, Counting.WORKING_HOURS):
        at = localtime(due.at + (now - paused_at))
        return Due(at=at, raw_on=at.date(), on=at.date(), provisional=due.provisional)
    begun, ended = day_of(paused_at), day_of(now)
    if counting is Counting.WORKING_DAYS:
        days, start = calendar.working_days_between(begun, ended), due.on
    else:
        days, start, counting = (ended - begun).days, due.raw_on, Counting.CALENDAR_DAYS
    return _longer(due, calendar.add(start, days, counting)) if days else due


def _extended(due: Due, extension: Extension, now: datetime, calendar: Calendar) -> Due:
    """Return when a period ends that was extended at *now*, by the length in force that day."""
    start = due.raw_on if extension.counting is Counting.CALENDAR_DAYS else due.at
    amount = int(extension.amount.at(day_of(now)).value)
    return _longer(due, calendar.add(start, amount, extension.counting))


def _longer(due: Due, then: Due) -> Due:
    """Return the later end; it is provisional when any part of the way to it was."""
    return replace(then, provisional=due.provisional or then.provisional)


def _turning(procedure: Procedure, clock: Clock, steps: Iterable[Step]) -> Iterator[tuple[Step, Move]]:
    """Yield the steps that paused, resumed or extended a clock, each with its move."""
    for step in steps:
        stage = procedure.stage_by_key.get(step.from_stage)
        move = stage.by_key.get(step.move) if stage else None
        if move and clock.key in (*move.extends, move.pauses, move.resumes):
            yield step, move
