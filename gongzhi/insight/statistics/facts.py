"""The facts that figures are made of: a row for each matter and each day on which something happened to it."""

from datetime import date, datetime, timedelta
from datetime import time as of_day
from typing import Any, LiteralString

from django.utils.timezone import make_aware

from gongzhi.insight.statistics.declared import answers, naming
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY

#: Names the rows `matter_days` for the statement that follows; its values are those of `matter_days_of`.
#: Every fact of a day has a step of that day: the opening, the answer that stops a clock, the closing, the rating.
MATTER_DAYS: LiteralString = """
WITH touched AS (
    SELECT DISTINCT case_id, (at AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM cases_step WHERE at >= %(begin)s AND at < %(end)s
), matters AS (
    SELECT t.day, c.id, c.opened_at, c.closed_at, c.outcome, left(c.region_code, 6) AS county,
           left(c.region_code, 9) AS township, COALESCE(r.urban, 'unknown') AS urban, split_part(c.procedure, '.', 1) AS domain,
           COALESCE(two.parent_id, one.parent_id, one.id) AS category_id
    FROM touched t JOIN cases_case c ON c.id = t.case_id
    LEFT JOIN organisations_region r ON r.code = c.region_code
    LEFT JOIN organisations_mattercategory one ON one.id = c.category_id
    LEFT JOIN organisations_mattercategory two ON two.id = one.parent_id
    WHERE c.parent_id IS NULL AND c.against_unit_id IS NULL AND c.against_account_id IS NULL
      AND (%(named)s <> ALL (c.flags) OR EXISTS (
          SELECT FROM cases_step s WHERE s.case_id = c.id AND s.move = ANY (%(naming)s)))
), answers AS (
    SELECT DISTINCT ON (d.case_id) d.case_id, m.day, 1 AS answered, (d.stopped_at <= d.due_at)::int AS on_time,
           round(extract(epoch FROM d.stopped_at - m.opened_at) / 3600)::bigint AS hours
    FROM matters m JOIN cases_deadline d ON d.case_id = m.id
    JOIN cases_case c ON c.id = m.id
    WHERE d.stopped_at >= %(begin)s AND d.stopped_at < %(end)s AND d.binds_office
      AND m.day = (d.stopped_at AT TIME ZONE 'Asia/Shanghai')::date
      AND c.procedure || ':' || d.clock || ':' || d.stopped_by = ANY (%(answers)s)
      AND NOT EXISTS (
          SELECT FROM cases_deadline e WHERE e.case_id = d.case_id AND e.stopped_at < d.stopped_at
          AND c.procedure || ':' || e.clock || ':' || e.stopped_by = ANY (%(answers)s))
    ORDER BY d.case_id, d.stopped_at, d.id
), grades AS (
    SELECT DISTINCT ON (s.case_id, m.day) s.case_id, m.day, (s.answers->>'grade')::int AS grade
    FROM matters m JOIN cases_step s ON s.case_id = m.id
    WHERE s.at >= %(begin)s AND s.at < %(end)s AND s.answers ? 'grade'
      AND m.day = (s.at AT TIME ZONE 'Asia/Shanghai')::date
    ORDER BY s.case_id, m.day, s.number DESC
), per_matter AS (
    SELECT m.*, m.day = (opened_at AT TIME ZONE 'Asia/Shanghai')::date AS is_opened,
           COALESCE(m.day = (closed_at AT TIME ZONE 'Asia/Shanghai')::date, false) AS is_closed
    FROM matters m
), matter_days AS (
    SELECT m.day, m.county, m.township, m.urban, m.domain, m.category_id, is_opened::int AS opened, is_closed::int AS closed,
           (is_closed AND outcome = 'solved')::int AS solved, (is_closed AND outcome = 'explained')::int AS explained,
           (is_closed AND outcome = 'rejected')::int AS rejected, COALESCE(a.answered, 0) AS answered,
           COALESCE(a.on_time, 0) AS on_time, COALESCE(a.hours, 0) AS hours,
           COALESCE((g.grade = 5)::int, 0) AS grade_5, COALESCE((g.grade = 4)::int, 0) AS grade_4,
           COALESCE((g.grade = 3)::int, 0) AS grade_3, COALESCE((g.grade = 2)::int, 0) AS grade_2,
           COALESCE((g.grade = 1)::int, 0) AS grade_1
    FROM per_matter m LEFT JOIN answers a ON a.case_id = m.id AND a.day = m.day
    LEFT JOIN grades g ON g.case_id = m.id AND g.day = m.day
)
"""


def matter_days_of(first: date, last: date) -> dict[str, Any]:
    """Return the values that `MATTER_DAYS` asks for, for the days from *first* to *last*."""
    return {
        "begin": moments_of(first)[0],
        "end": moments_of(last)[1],
        "answers": answers(),
        "naming": naming(),
        "named": NAMES_SOMEBODY,
    }


def moments_of(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day, official time, and the first of the next."""
    return make_aware(datetime.combine(day, of_day.min)), make_aware(
        datetime.combine(day + timedelta(days=1), of_day.min)
    )
