"""What a database holds, asked from PostgreSQL itself: tables in the order of their references, sequences, triggers."""

from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

Database = psycopg.Connection[tuple[Any, ...]]

#: Compared, never copied: the state of the migrations. Never copied either: sessions, since whoever held the file
#: could be whoever was signed in.
LEFT_OUT = frozenset({"django_migrations", "django_session"})

#: Filled by the migrations themselves, and replaced by what the backup holds.
FILLED_BY_MIGRATIONS = ("auth_permission", "django_content_type")

_TABLES: LiteralString = """
SELECT c.relname,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
       (SELECT coalesce(array_agg(DISTINCT t.relname::text), '{}') FROM pg_constraint f
          JOIN pg_class t ON t.oid = f.confrelid
         WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid)
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
 ORDER BY c.relname
"""


@dataclass(frozen=True)
class Table:
    """A table, the columns that are written, and the tables it refers to."""

    name: str
    columns: tuple[str, ...]
    refers_to: frozenset[str]

    @property
    def listed(self) -> sql.Composed:
        """The columns, quoted, for a statement."""
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))


def tables_of(db: Database) -> list[Table]:
    """Return every table, each after those it refers to; where references run in a circle, in some order."""
    found = {
        name: Table(name, tuple(columns), frozenset(refers_to))
        for name, columns, refers_to in db.execute(_TABLES)
    }
    ordered: dict[str, Table] = {}
    begun: set[str] = set()

    def visit(name: str) -> None:
        if name in begun:
            return
        begun.add(name)
        for other in sorted(found[name].refers_to & found.keys()):
            visit(other)
        ordered[name] = found[name]

    for name in found:
        visit(name)
    return list(ordered.values())


def copied_tables(db: Database) -> list[Table]:
    """Return the tables whose rows a backup takes along."""
    return [table for table in tables_of(db) if table.name not in LEFT_OUT]


def refer_in_a_circle(tables: list[Table]) -> bool:
    """Say whether no order of the tables puts each after those it refers to."""
    seen: set[str] = set()
    known = {table.name for table in tables}
    for table in tables:
        if (table.refers_to & known) - seen:
            return True
        seen.add(table.name)
    return False


def count(db: Database, name: str) -> int:
    """Return how many rows a table holds."""
    row = db.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
    return int(row[0]) if row else 0


def has_rows(db: Database, name: str) -> bool:
    """Say whether a table holds any row."""
    query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(sql.Identifier(name))
    row = db.execute(query).fetchone()
    return bool(row and row[0])


def sequences_of(db: Database) -> dict[str, list[Any]]:
    """Return for each sequence its last value and whether that was given out."""
    names = db.execute(
        "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        query = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(name))
        found[name] = list(db.execute(query).fetchone() or ())
    return found


def migrations_in(db: Database) -> list[str]:
    """Return which migrations a database has been brought through; none when it has no tables yet."""
    (exists,) = db.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone() or (False,)
    if not exists:
        return []
    rows = db.execute("SELECT DISTINCT app || '.' || name FROM django_migrations ORDER BY 1")
    return [name for (name,) in rows]


def latest_root(db: Database) -> dict[str, Any] | None:
    """Return the newest checkpoint of the sealed log, or None where nothing was sealed yet."""
    (exists,) = db.execute("SELECT to_regclass('public.audit_checkpoint') IS NOT NULL").fetchone() or (False,)
    if not exists:
        return None
    row = db.execute("SELECT to_jsonb(c) FROM audit_checkpoint c ORDER BY id DESC LIMIT 1").fetchone()
    return dict(row[0]) if row else None
