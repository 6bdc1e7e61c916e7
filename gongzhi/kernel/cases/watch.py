"""What the clock does by itself: warn, let a period lapse, and count again when holidays are announced.

Each function is safe to run at any time and by several workers at once. A night without a worker loses nothing:
what fell due is found at the next run, and lateness is always asked of the deadline, never of these marks.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from gongzhi.base.calendar import ZONE, Calendar
from gongzhi.kernel.cases import clocks
from gongzhi.kernel.cases.calendars import calendar_in_force, forget_calendar
from gongzhi.kernel.cases.events import ClockLapsed, ClockWarned, DeadlineMoved
from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.declare.clock import Clock
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.people.actor import SYSTEM
from gongzhi.kernel.registry.api import procedure as declared

log = logging.getLogger(__name__)

BATCH = 200


def warn_due(now: datetime) -> int:
    """Tell those responsible about periods that end soon; return how many."""
    running = Deadline.objects.filter(stopped_at=None, paused_at=None, warned_at=None, warn_at__lte=now)
    return _each(running.order_by("warn_at"), lambda deadline: _warn(deadline, now))


def lapse_due(now: datetime) -> int:
    """Let periods lapse that have ended, with what the law attaches to it; return how many.

    Nobody is told of a right that was not used: nothing is late.
    """
    running = Deadline.objects.filter(stopped_at=None, paused_at=None, lapse_seen_at=None, due_at__lt=now)
    return _each(running.order_by("due_at"), lambda deadline: _lapse(deadline, now))


def recount_provisional(now: datetime) -> int:
    """Count again what was counted without a calendar that is announced by now; return how many."""
    forget_calendar()
    calendar, year = calendar_in_force(), localdate(now).year
    while calendar.is_announced(year):
        year += 1
    unknown = datetime(year, 1, 1, tzinfo=ZONE)  # what ends later stays as it is until that year is announced
    running = Deadline.objects.filter(stopped_at=None, provisional=True, due_at__lt=unknown)
    return _each(running.order_by("id"), lambda deadline: _recount(deadline, calendar, now), at_once=None)


def _each(waiting: QuerySet[Deadline], act: Callable[[Deadline], None], at_once: int | None = BATCH) -> int:
    """Act on each deadline by itself: one that fails is logged, tried again next time, and holds up no other."""
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)[:at_once]):
        try:
            done += _one(waiting, pk, act)
        except Exception:  # whatever is wrong with one case, the clocks of the others go on
            log.exception("Deadline %s could not be turned", pk)
    return done


def _one(waiting: QuerySet[Deadline], pk: int, act: Callable[[Deadline], None]) -> bool:
    with transaction.atomic():
        case_id = Deadline.objects.values_list("case_id", flat=True).get(pk=pk)
        Case.objects.select_for_update().get(pk=case_id)  # as a move locks, so no deadlock
        deadline = waiting.filter(pk=pk).select_related("case").first()
        if deadline is None:
            return False
        act(deadline)
        return True


def _warn(deadline: Deadline, now: datetime) -> None:
    deadline.warned_at = now
    deadline.save(update_fields=["warned_at"])
    publish(
        ClockWarned(
            case_id=deadline.case_id,
            region_code=deadline.case.region_code,
            procedure=deadline.case.procedure,
            clock=deadline.clock,
            rule=deadline.rule,
            due_at=localtime(deadline.due_at).isoformat(),
        ),
        now=now,
    )


def _lapse(deadline: Deadline, now: datetime) -> None:
    case = deadline.case
    clock = declared(case.procedure, case.version).clock_by_key[deadline.clock]
    deadline.lapse_seen_at = now
    deadline.save(update_fields=["lapse_seen_at"])
    if deadline.binds_office:
        _tell_lapsed(case, clock, deadline, now)
    if clock.lapse_move:
        advance(
            actor=SYSTEM,
            wanted=Wanted(case_id=case.pk, move=clock.lapse_move),
            service="",
            now=now,
            key=str(uuid.uuid5(uuid.NAMESPACE_URL, f"lapse:{deadline.pk}:{deadline.due_at.isoformat()}")),
        )


def _tell_lapsed(case: Case, clock: Clock, deadline: Deadline, now: datetime) -> None:
    publish(
        ClockLapsed(
            case_id=case.pk,
            region_code=case.region_code,
            procedure=case.procedure,
            clock=clock.key,
            rule=clock.rule,
            due_at=localtime(deadline.due_at).isoformat(),
            lapse=clock.lapse.value,
        ),
        now=now,
    )


def _recount(deadline: Deadline, calendar: Calendar, now: datetime) -> None:
    case, before = deadline.case, deadline.due_at
    procedure = declared(case.procedure, case.version)
    steps = case.steps.filter(at__gte=deadline.started_at).order_by("number")
    moved = clocks.recounted(procedure, deadline, steps, calendar)
    deadline.save()
    if moved:
        _tell_moved(case, procedure, deadline, before, now)


def _tell_moved(
    case: Case, procedure: Procedure, deadline: Deadline, before: datetime, now: datetime
) -> None:
    running = list(Deadline.objects.filter(case=case, stopped_at=None))
    clocks.show_on(case, running)
    case.save(update_fields=["due_at", "warn_at"])
    publish(
        DeadlineMoved(
            case_id=case.pk,
            region_code=case.region_code,
            procedure=procedure.key,
            clock=deadline.clock,
            due_before=localtime(before).isoformat(),
            due_at=localtime(deadline.due_at).isoformat(),
        ),
        now=now,
    )
