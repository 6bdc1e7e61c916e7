"""Papers go along when a matter goes on as another case: that case names the same contents, and no byte is kept twice."""

from datetime import datetime
from typing import Final, LiteralString

from django.db import connection

from gongzhi.kernel.audit.record import record
from gongzhi.kernel.people.actor import Actor

_KEPT: Final[LiteralString] = (
    "kind, secrecy, name, media_type, size, sha256, received_sha256, fingerprint, from_office,"
    " uploaded_by_person_id, uploaded_by_post_id, uploaded_at, retention_until"
)
_HAND_ON: Final[LiteralString] = f"""
INSERT INTO documents_document (case_id, handed_on, {_KEPT})
SELECT %s, true, {_KEPT} FROM documents_document WHERE case_id = %s AND from_office <= %s ORDER BY id
ON CONFLICT DO NOTHING RETURNING sha256
"""


def hand_on_papers(
    *, actor: Actor, from_case: int, to_case: int, now: datetime, of_offices: bool = True
) -> None:
    """Let a case hold every paper of the one that it goes on from, as sent by whoever sent it and as secret as it was.

    Where it is a matter of its own and no file, those *of_offices* stay where they are. Who may open one is asked of the case that holds it; a content stays in the store until no case names it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAND_ON, (to_case, from_case, of_offices))
        contents = [row[0] for row in cursor.fetchall()]
    if contents:
        record(
            actor=actor,
            action="documents.handed_on",
            now=now,
            case_id=to_case,
            details={"sha256": contents},
        )
