"""Collects what the detectors read: the facts of the units of an area in a time, of one domain.

Complaints about units and officials, and all that names somebody, are left out: a finding would tell the unit of them
(信访工作条例 art. 30). What is forgotten has no words and no files any more, and is left out by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString

from django.db import connection

from gongzhi.base.calendar import Counting
from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.integrity.facts import Closing, Matter, Photo, Rating, Reply
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.declare.clock import Clock, Kind
from gongzhi.kernel.declare.procedure import Outcome, Procedure
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import DOMAINS

ANSWERS: Final = frozenset({Outcome.SOLVED, Outcome.EXPLAINED, Outcome.REJECTED})
IN_DAYS: Final = [str(Counting.WORKING_DAYS), str(Counting.CALENDAR_DAYS)]
#: What a step of rating notes when it came from an office; see `gongzhi.web.accounts.office`.
FROM_OFFICE: Final = "from_office"


@dataclass(frozen=True, slots=True)
class Span:
    """Whose facts of when: the units of a region with all below it, one domain, from a moment to before another."""

    region_code: str
    domain: str
    begin: datetime
    end: datetime


_TOLD: LiteralString = """
    c.against_unit_id IS NULL AND c.against_account_id IS NULL AND %(named)s <> ALL (c.flags)
    AND c.procedure LIKE %(domain)s
"""
_UNITS: LiteralString = (
    "SELECT id FROM organisations_unit WHERE region_id >= %(low)s AND region_id < %(high)s"
)
_CLOSINGS: LiteralString = f"""
SELECT d.case_id, d.unit_id, d.clock || ':' || d.amount, extract(epoch FROM d.due_at - d.stopped_at) / 3600
FROM cases_deadline d JOIN cases_case c ON c.id = d.case_id
WHERE d.unit_id IN ({_UNITS}) AND d.kind = 'statute' AND d.stopped_at >= %(begin)s AND d.stopped_at < %(end)s
  AND d.binds_office AND d.extensions = 0 AND d.counting = ANY (%(in_days)s)
  AND c.procedure || ':' || d.clock || ':' || d.stopped_by = ANY (%(answers)s) AND {_TOLD}
"""
_REPLIES: LiteralString = f"""
SELECT COALESCE(c.parent_id, c.id), s.unit_id, c.category_id, c.region_code, c.opened_at,
       s.answers->>'reply', s.answers->>'outcome', s.at::text || ' ' || COALESCE(s.post_id, 0)
FROM cases_step s JOIN cases_case c ON c.id = s.case_id
WHERE s.at >= %(begin)s AND s.at < %(end)s AND s.unit_id IN ({_UNITS}) AND s.answers ? 'reply' AND {_TOLD}
"""
_PHOTOS: LiteralString = f"""
SELECT COALESCE(c.parent_id, c.id), p.unit_id, c.category_id, c.region_code, c.opened_at, f.sha256, f.fingerprint
FROM documents_document f JOIN cases_case c ON c.id = f.case_id JOIN people_post p ON p.id = f.uploaded_by_post_id
WHERE f.uploaded_at >= %(begin)s AND f.uploaded_at < %(end)s AND f.from_office AND NOT f.handed_on
  AND f.kind = 'photo' AND p.unit_id IN ({_UNITS}) AND {_TOLD}
"""
_RATINGS: LiteralString = f"""
SELECT s.case_id, c.unit_id, COALESCE((s.answers->>%(from_office)s)::boolean, false)
FROM cases_step s JOIN cases_case c ON c.id = s.case_id
WHERE s.at >= %(begin)s AND s.at < %(end)s AND s.answers ? 'grade' AND s.role = 'citizen' AND c.unit_id IN ({_UNITS})
  AND {_TOLD}
"""


def closings(span: Span) -> list[Closing]:
    """Return the answers of units that stopped a statutory clock in days; extended ones were looked at by the head."""
    answers = [one for procedure in DOMAINS[span.domain].procedures for one in _answering(procedure)]
    rows = _rows(_CLOSINGS, span, answers=answers, in_days=IN_DAYS)
    return [
        Closing(case=case, unit=unit, period=period, left=float(left)) for case, unit, period, left in rows
    ]


def replies(span: Span) -> list[Reply]:
    """Return what units answered; what one post sent in one moment was sent together."""
    return [
        Reply(matter=_matter(row), text=row[5], outcome=row[6] or "", act=row[7])
        for row in _rows(_REPLIES, span)
    ]


def photos(span: Span) -> list[Photo]:
    """Return the pictures that units filed, never those that people sent."""
    return [Photo(matter=_matter(row), sha256=row[5], fingerprint=row[6]) for row in _rows(_PHOTOS, span)]


def ratings(span: Span) -> list[Rating]:
    """Return the ratings that people filed themselves; those a call-taker wrote down are another channel."""
    rows = _rows(_RATINGS, span, from_office=FROM_OFFICE)
    return [Rating(case=case, unit=unit, from_office=office) for case, unit, office in rows]


def _matter(row: tuple[Any, ...]) -> Matter:
    case, unit, category, region_code, at = row[:5]
    return Matter(case=case, unit=unit, category=category, region_code=region_code, at=at)


def _rows(statement: LiteralString, span: Span, **more: Any) -> list[tuple[Any, ...]]:
    low, high = prefix_range(span.region_code)
    given: dict[str, Any] = {
        "low": low,
        "high": high,
        "begin": span.begin,
        "end": span.end,
        "named": NAMES_SOMEBODY,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, {**given, "domain": f"{span.domain}.%", **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _answering(procedure: Procedure) -> Iterator[str]:
    """Return which moves of an office stop which statutory clock by an answer, as procedure:clock:move.

    Such a clock runs where an answer can be given; the 24 hours for a return do not.
    """
    for clock in procedure.clocks:
        if clock.kind is Kind.STATUTE and _runs_until_answer(procedure, clock):
            for stage in clock.stages:
                for move in procedure.stage_by_key[stage].moves:
                    leaves = move.to and move.to not in clock.stages
                    by_office = not move.rule.roles & {Role.CITIZEN, Role.SYSTEM}
                    if leaves and by_office and not move.names and Outcome.TRANSFERRED not in move.outcomes:
                        yield f"{procedure.key}:{clock.key}:{move.key}"


def _runs_until_answer(procedure: Procedure, clock: Clock) -> bool:
    moves = (move for stage in clock.stages for move in procedure.stage_by_key[stage].moves)
    return any(ANSWERS & set(move.outcomes) for move in moves)
