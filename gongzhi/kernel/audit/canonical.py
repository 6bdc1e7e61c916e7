"""The exact bytes of an audit row that are sealed: the one place that says so, described in the handbook.

JSON in UTF-8 with the keys in alphabetical order and no blanks; the time in UTC with six decimals; `details` as the
text that PostgreSQL writes for jsonb, so that no number is rounded; `salt`, random for each row, so that nobody can
find out what a row says by trying possible rows against a published hash.
"""

import json
from typing import Any

FIELDS = (
    "id",
    "at",
    "action",
    "role",
    "account_id",
    "person_id",
    "post_id",
    "unit_id",
    "region_code",
    "case_id",
    "subject",
    "purpose",
    "details",
    "salt",
)
COLUMNS = ", ".join(
    {
        "at": "to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        "details": "e.details::text",
        "salt": "e.salt::text",
    }.get(field, f"e.{field}")
    for field in FIELDS
)


def fields_of(row: tuple[Any, ...]) -> dict[str, Any]:
    """Name the values of a row read with COLUMNS."""
    return dict(zip(FIELDS, row, strict=True))


def canonical(fields: dict[str, Any]) -> bytes:
    """Return the bytes of a row."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
