"""Write the audit record: one row for each change and each read of personal data."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, LiteralString

from django.db.models import Q, QuerySet
from psycopg.types.json import Jsonb

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel import prepared
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.people.actor import Actor

_COLUMNS: LiteralString = "at, action, role, account_id, person_id, post_id, unit_id, region_code, case_id, subject, purpose, details"
INSERT: LiteralString = f"""
INSERT INTO audit_entry ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
#: The row of a step, as a part of the statement that writes the step; its values are those of `done_by`.
OF_STEP: LiteralString = f"""
    INSERT INTO audit_entry ({_COLUMNS})
    SELECT %s::timestamptz, %s, %s, %s::bigint, %s::bigint, %s::bigint, %s::bigint, %s, step.case_id, '', '', '{{}}'::jsonb
    FROM step
"""


def record(
    *,
    actor: Actor,
    action: str,
    now: datetime,
    case_id: int | None = None,
    subject: str = "",
    purpose: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one row in the running transaction: *actor* did *action* to *subject*, for *purpose*."""
    prepared.run(
        INSERT, (*done_by(actor, action, now), case_id, subject, purpose, Jsonb(dict(details or {})))
    )


def done_by(actor: Actor, action: str, now: datetime) -> tuple[Any, ...]:
    """Return when somebody did what, and who it was: the first values of a row."""
    who = (actor.account_id, actor.person_id, actor.post_id, actor.unit_id, actor.region_code)
    return (now, action, actor.role.value, *who)


def entries_in(region_code: str) -> QuerySet[Entry]:
    """Return what officials of an area did, and what was done to cases that arose in it, newest first."""
    if len(region_code) < 2:
        return Entry.objects.none()
    low, high = prefix_range(region_code[:6])
    of_cases = Q(case_id__gte=_first_key(low), case_id__lt=_first_key(high))
    by_officials = Q(region_code__gte=low, region_code__lt=high)
    return Entry.objects.filter(of_cases | by_officials).order_by("-id")


def _first_key(prefix: str) -> int:
    """Return the smallest key of a case in an area: keys begin with the six digits of the county."""
    return int(prefix.ljust(6, "0")) * 10**13 if prefix.isdigit() else 2**63 - 1


def entries_of_case(case_id: int) -> QuerySet[Entry]:
    """Return what was done to a case and who looked at it, newest first."""
    return Entry.objects.filter(case_id=case_id).order_by("-id")
