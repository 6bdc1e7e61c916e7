"""What a legal hold keeps, as SQL: one question for a case, one for a person, one for a moment of the log."""

from datetime import datetime

from django.db import connection

#: Whoever sets a hold takes this lock alone, a batch of forgetting shares it: a batch sees every hold before it.
HOLDS_LOCK = 4_105_230_014

_NAMES_CASE = """
h.lifted_at IS NULL AND (h.case_id = c.id OR h.person_id = c.opened_by_id OR (
    h.unit_id IS NOT NULL
    AND (h.unit_id IN (c.unit_id, c.arbiter_unit_id, c.against_unit_id) OR h.unit_id = ANY (c.involved_units))
    AND (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN h.opened_from AND h.opened_to))
"""
HELD_CASE = f"EXISTS (SELECT FROM retention_legalhold h WHERE {_NAMES_CASE})"


def held_case(column: str) -> str:
    """Say that the case numbered in a column is under a hold."""
    return f"EXISTS (SELECT FROM cases_case c WHERE c.id = {column} AND {HELD_CASE})"


def held_person(column: str) -> str:
    """Say that the person numbered in a column is under a hold."""
    return f"EXISTS (SELECT FROM retention_legalhold h WHERE h.lifted_at IS NULL AND h.person_id = {column})"


def earliest_held() -> datetime | None:
    """Return when the oldest matter under a hold began; no row of the log before it can concern one."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT least(
                (SELECT min(c.opened_at) FROM cases_case c WHERE {HELD_CASE}),
                (SELECT min(p.created_at) FROM retention_legalhold h JOIN people_person p ON p.id = h.person_id
                  WHERE h.lifted_at IS NULL),
                (SELECT min(opened_from AT TIME ZONE 'Asia/Shanghai') FROM retention_legalhold
                  WHERE lifted_at IS NULL))
        """)
        moment: datetime | None = cursor.fetchone()[0]
    return moment
