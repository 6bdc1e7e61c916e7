"""Count the facts of a day into the rows that pages add up; a day counted again gives the same rows."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as of_day
from typing import Any, Final, LiteralString

from django.db import connection, transaction
from django.utils.timezone import localdate, make_aware

from gongzhi.insight.statistics.models import CountedDay, DailyCount
from gongzhi.kernel.cases.models import Step
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import DOMAINS

#: Today is counted anew when the last count is older than this.
FRESH: Final = timedelta(minutes=5)
#: What is written down late, as from a file, is still counted for this many days; for older ones count by hand.
LATE: Final = 3
NAMED_LATELY: Final = timedelta(days=LATE)
AT_ONCE: Final = 20.0  # seconds that a worker gives to days that wait

# Every fact of a day has a step of that day: the opening, the answer that stops a clock, the closing, the rating.
_COUNT: LiteralString = """
WITH touched AS (
    SELECT DISTINCT case_id FROM cases_step WHERE at >= %(begin)s AND at < %(end)s
), matters AS (
    SELECT c.id, c.opened_at, c.closed_at, c.outcome, left(c.region_code, 6) AS county, COALESCE(r.urban, 'unknown') AS urban,
           split_part(c.procedure, '.', 1) AS domain, COALESCE(two.parent_id, one.parent_id, one.id) AS category
    FROM touched t JOIN cases_case c ON c.id = t.case_id
    LEFT JOIN organisations_region r ON r.code = c.region_code
    LEFT JOIN organisations_mattercategory one ON one.id = c.category_id
    LEFT JOIN organisations_mattercategory two ON two.id = one.parent_id
    WHERE c.parent_id IS NULL AND c.against_unit_id IS NULL AND c.against_account_id IS NULL
      AND (%(named)s <> ALL (c.flags) OR EXISTS (
          SELECT FROM cases_step s WHERE s.case_id = c.id AND s.move = ANY (%(naming)s)))
), answers AS (
    SELECT DISTINCT ON (d.case_id) d.case_id, 1 AS answered, (d.stopped_at <= d.due_at)::int AS on_time,
           round(extract(epoch FROM d.stopped_at - m.opened_at) / 3600)::bigint AS hours
    FROM matters m JOIN cases_deadline d ON d.case_id = m.id
    JOIN cases_case c ON c.id = m.id
    WHERE d.stopped_at >= %(begin)s AND d.stopped_at < %(end)s AND d.binds_office
      AND c.procedure || ':' || d.clock || ':' || d.stopped_by = ANY (%(answers)s)
      AND NOT EXISTS (
          SELECT FROM cases_deadline e WHERE e.case_id = d.case_id AND e.stopped_at < d.stopped_at
          AND c.procedure || ':' || e.clock || ':' || e.stopped_by = ANY (%(answers)s))
    ORDER BY d.case_id, d.stopped_at, d.id
), grades AS (
    SELECT DISTINCT ON (s.case_id) s.case_id, (s.answers->>'grade')::int AS grade
    FROM matters m JOIN cases_step s ON s.case_id = m.id
    WHERE s.at >= %(begin)s AND s.at < %(end)s AND s.answers ? 'grade'
    ORDER BY s.case_id, s.number DESC
), by_grade AS (
    SELECT case_id, count(*) FILTER (WHERE grade = 5) AS g5, count(*) FILTER (WHERE grade = 4) AS g4,
           count(*) FILTER (WHERE grade = 3) AS g3, count(*) FILTER (WHERE grade = 2) AS g2, count(*) FILTER (WHERE grade = 1) AS g1
    FROM grades GROUP BY case_id
), per_matter AS (
    SELECT m.*, opened_at >= %(begin)s AND opened_at < %(end)s AS is_opened,
           COALESCE(closed_at >= %(begin)s AND closed_at < %(end)s, false) AS is_closed
    FROM matters m
)
INSERT INTO statistics_dailycount (day, region_code, urban, domain, category_id, opened, closed, solved, explained,
    rejected, answered, on_time, hours, grade_5, grade_4, grade_3, grade_2, grade_1)
SELECT %(day)s, m.county, m.urban, m.domain, m.category, count(*) FILTER (WHERE is_opened),
       count(*) FILTER (WHERE is_closed), count(*) FILTER (WHERE is_closed AND outcome = 'solved'),
       count(*) FILTER (WHERE is_closed AND outcome = 'explained'), count(*) FILTER (WHERE is_closed AND outcome = 'rejected'),
       COALESCE(sum(a.answered), 0), COALESCE(sum(a.on_time), 0), COALESCE(sum(a.hours), 0), COALESCE(sum(g.g5), 0),
       COALESCE(sum(g.g4), 0), COALESCE(sum(g.g3), 0), COALESCE(sum(g.g2), 0), COALESCE(sum(g.g1), 0)
FROM per_matter m LEFT JOIN answers a ON a.case_id = m.id LEFT JOIN by_grade g ON g.case_id = m.id
GROUP BY m.county, m.urban, m.domain, m.category
"""

# What is named today was counted on the days before.
_NAMED_SINCE: LiteralString = """
SELECT DISTINCT d.day FROM cases_step n JOIN cases_step s ON s.case_id = n.case_id
JOIN statistics_countedday d ON d.day = (s.at AT TIME ZONE 'Asia/Shanghai')::date
WHERE n.move = ANY (%(naming)s) AND n.at >= %(after)s AND d.counted_at < n.at
"""


def moments_of(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day, official time, and the first of the next."""
    return make_aware(datetime.combine(day, of_day.min)), make_aware(
        datetime.combine(day + timedelta(days=1), of_day.min)
    )


@transaction.atomic
def count_day(day: date, now: datetime) -> None:
    """Count one day anew from the facts; two at once count it one after the other."""
    CountedDay.objects.update_or_create(day=day, defaults={"counted_at": now})  # holds the day until the end
    begin, end = moments_of(day)
    given: dict[str, Any] = {
        "day": day,
        "begin": begin,
        "end": end,
        "answers": _answers(),
        "naming": _naming(),
        "named": NAMES_SOMEBODY,
    }
    DailyCount.objects.filter(day=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)


def count_due(now: datetime) -> int:
    """Count the days that wait, the newest first, for some seconds; return how many. A duty of the worker."""
    until, done = time.monotonic() + AT_ONCE, 0
    for day in days_waiting(now):
        count_day(day, now)
        done += 1
        if time.monotonic() > until:
            break
    return done


def count_from(first: date, now: datetime, tell: Callable[[int, int], None]) -> int:
    """Count every day from *first* to today anew; return how many.

    What is forgotten keeps its course, its outcome and its grade, so that old days give the same again.
    """
    days = [first + timedelta(days=number) for number in range((localdate(now) - first).days + 1)]
    for number, day in enumerate(days, start=1):
        count_day(day, now)
        tell(number, len(days))
    return len(days)


def days_waiting(now: datetime) -> Iterator[date]:
    """Yield today when its count is not fresh, then days not counted since they ended, or while they could change.

    Last come the days of matters of which it was registered since whom they complain of.
    """
    first = Step.objects.order_by("pk").values_list("at", flat=True).first()
    if first is None:
        return
    counted = dict(CountedDay.objects.values_list("day", "counted_at"))
    day, today = localdate(now), localdate(now)
    while day >= localdate(first):
        last = counted.get(day)
        settled = moments_of(day)[1] + timedelta(days=LATE)
        pause = FRESH if day == today else timedelta(days=1)
        ended_since = last is not None and last < moments_of(day)[1] <= now
        if last is None or ended_since or (last < settled and now - last >= pause):
            yield day
        day -= timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_SINCE, {"naming": _naming(), "after": now - NAMED_LATELY})
        yield from [day for (day,) in cursor.fetchall()]


def _naming() -> list[str]:
    """Return the moves by which it is registered whom a matter complains of, or that it is nobody."""
    procedures = [procedure for domain in DOMAINS.values() for procedure in domain.procedures]
    return sorted({move.key for one in procedures for move in one.moves if move.names})


def _answers() -> list[str]:
    """Return what answers a person, as procedure:clock:move: what stops a clock that runs until then.

    Not what the person does themselves, nor sending the matter elsewhere.
    """
    procedures = [procedure for domain in DOMAINS.values() for procedure in domain.procedures]
    return [
        f"{one.key}:{clock.key}:{move.key}"
        for one in procedures
        for clock in one.clocks
        if clock.until_answer
        for stage in clock.stages
        for move in one.stage_by_key[stage].moves
        if move.to and move.to not in clock.stages
        if Role.CITIZEN not in move.rule.roles and Outcome.TRANSFERRED not in move.outcomes
    ]
