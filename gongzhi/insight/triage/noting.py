"""Writes down what was suggested beside what was chosen, in the statement of the step by which it was chosen, if there is one.

So there is no choice without its row and no row without a choice, the model is asked only by the official at work, and
whoever writes to an office never waits for it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from django.db import connection

from gongzhi.kernel.prepared import Part

NOTE: Final[LiteralString] = """
INSERT INTO triage_suggestion
    (case_id, region_code, kind, suggested, second, confidence, decision, model, chosen, chosen_at, shadow, reason, urban)
SELECT step.case_id, %s::text, %s::text, %s::text, %s::text, %s::float8, %s::text, %s::text, %s::text, %s::timestamptz,
       %s::boolean, %s::text, COALESCE((SELECT urban FROM organisations_region WHERE code = %s::text), 'unknown')
FROM step
ON CONFLICT (case_id, kind) DO UPDATE SET
    suggested = excluded.suggested, second = excluded.second, confidence = excluded.confidence,
    decision = excluded.decision, model = excluded.model, chosen = excluded.chosen, chosen_at = excluded.chosen_at,
    shadow = excluded.shadow, reason = excluded.reason
"""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was suggested and what was chosen; the fields are those of `models.Suggestion`."""

    kind: str
    suggested: str
    chosen: str
    second: str = ""
    confidence: float | None = None
    decision: str = ""
    model: str = ""
    shadow: bool = False
    reason: str = ""


def noted(note: Note, *, region_code: str, now: datetime) -> Part:
    """Return the part of a step's statement that writes a note; a later choice takes the place of an earlier one."""
    return Part(
        NOTE,
        (
            *(
                region_code,
                note.kind,
                note.suggested,
                note.second,
                note.confidence,
                note.decision,
                note.model,
            ),
            *(note.chosen, now, note.shadow, note.reason, region_code),
        ),
    )


def keep(note: Note, *, case_id: int, region_code: str, now: datetime) -> None:
    """Write a note by itself, of a choice that is no step. Belongs into the transaction of the choice."""
    part = noted(note, region_code=region_code, now=now)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH step AS (SELECT %s::bigint AS case_id) {part.sql}", [case_id, *part.values])
