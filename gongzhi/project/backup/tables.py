"""What is compared between a backup and what was restored from it: rows of each table, and the root of the log."""

from typing import Any

import psycopg
from psycopg import sql

Database = psycopg.Connection[tuple[Any, ...]]

#: Its rows are never taken along: whoever held the file could be whoever was signed in.
SESSIONS = "django_session"


def names_of(db: Database) -> list[str]:
    """Return every table that is not part of an extension."""
    rows = db.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"
    )
    return [name for (name,) in rows]


def counted(db: Database) -> dict[str, int]:
    """Return how many rows each table holds, as whoever sees them all."""
    return {name: _count(db, name) for name in names_of(db) if name != SESSIONS}


def _count(db: Database, name: str) -> int:
    row = db.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
    return int(row[0]) if row else 0


def latest_root(db: Database) -> dict[str, Any] | None:
    """Return number, size and root of the newest checkpoint of the sealed log; None when nothing was sealed yet."""
    row = db.execute(
        "SELECT id, size, encode(root, 'hex') FROM audit_checkpoint ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return {"number": row[0], "size": row[1], "root": row[2]} if row else None
