"""Tables about to grow manifold do without their other indexes and without housekeeping meanwhile, and are put right at the end."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

_OTHERS: Final = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid::regclass::text = ANY (%s) AND NOT i.indisunique ORDER BY i.indrelid, i.indexrelid
"""
At_once = Callable[[list[str]], None]


@contextmanager
def without_other_indexes(tables: list[str], build: At_once) -> Iterator[None]:
    """Drop the indexes of *tables* that keep nothing unique, and build them again at the end, come what may.

    A run that was killed leaves what is missing in a file; the next one, or `build_left_over`, builds it.
    """
    kept = _kept()
    found = json.loads(kept.read_text("utf-8")) if kept.exists() else {"tables": [], "indexes": {}}
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [tables])
        dropped = dict(cursor.fetchall())
    found = {"tables": sorted({*found["tables"], *tables}), "indexes": found["indexes"] | dropped}
    kept.write_text(json.dumps(found), "utf-8")
    with transaction.atomic(), connection.cursor() as cursor:
        for name in dropped:
            cursor.execute(f"DROP INDEX {name}")
        _housekeeping(tables, "SET (autovacuum_enabled = off)")
    try:
        yield
    finally:
        build_left_over(build)


def build_left_over(build: At_once) -> None:
    """Build what an interrupted run left unbuilt, and let the server keep house in its tables again."""
    kept = _kept()
    if not kept.exists():
        return
    found = json.loads(kept.read_text("utf-8"))
    build(_missing(found["indexes"]))
    _housekeeping(found["tables"], "RESET (autovacuum_enabled)")
    kept.unlink()


def _kept() -> Path:
    """Return where the definitions lie as long as the indexes are gone."""
    return Path(settings.HOME) / "indexes-to-build.json"


def _missing(found: dict[str, str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index")
        there = {name for (name,) in cursor.fetchall()}
    return [definition for name, definition in found.items() if name not in there]


def _housekeeping(tables: list[str], setting: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {setting}")
