"""The periods of a case as every domain shows them: what each is, its day, its article, how it stands."""

from datetime import datetime
from typing import Any

from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.reading import deadlines_of, is_late, procedure_of
from gongzhi.kernel.declare.clock import Clock, Kind, Lapse


def periods_of(case: Case, now: datetime) -> list[dict[str, Any]]:
    """Return every run of every period of the case, the running ones first and of these the next to end.

    Late is only what binds an office and can be overrun: a right that has lapsed, or a chance to object, is not; it is `over`.
    Drawn by `web/parts/periods.html` for staff and `web/parts/own_periods.html` for the person.
    """
    clocks = procedure_of(case).clock_by_key
    rows = [_row(one, clocks[one.clock], now) for one in deadlines_of(case) if one.clock in clocks]
    return sorted(rows, key=lambda row: (row["deadline"].stopped_at is not None, row["deadline"].due_at))


def _row(one: Deadline, clock: Clock, now: datetime) -> dict[str, Any]:
    has_ended = is_late(one, now)
    return {
        "label": clock.label,
        "deadline": one,
        "late": has_ended and clock.binds_office and clock.lapse is not Lapse.DUTY_STAYS,
        "over": has_ended and not clock.binds_office and one.stopped_at is None,
        "mine": clock.is_of_person,
        "is_statute": one.kind == Kind.STATUTE,
    }
