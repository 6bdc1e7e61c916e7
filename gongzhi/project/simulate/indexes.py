"""Tables filled for the first time do without their other indexes meanwhile: building them at the end takes half the time."""

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


def _kept() -> Path:
    """Return where the definitions lie as long as the indexes are gone: a killed run leaves them for the next."""
    return Path(settings.HOME) / "indexes-to-build.json"


def build_left_over(build: At_once) -> None:
    """Build what an interrupted run left unbuilt."""
    if _kept().exists():
        build(_missing(json.loads(_kept().read_text("utf-8"))))
        _kept().unlink()


@contextmanager
def without_other_indexes(tables: list[str], build: At_once) -> Iterator[None]:
    """Drop the indexes of empty *tables* that keep nothing unique, and build them again at the end, come what may."""
    if not _are_empty(tables):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [tables])
        found = dict(cursor.fetchall())
    _kept().write_text(json.dumps(found), "utf-8")
    with transaction.atomic(), connection.cursor() as cursor:
        for name in found:
            cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        build_left_over(build)


def _missing(found: dict[str, str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index")
        there = {name for (name,) in cursor.fetchall()}
    return [definition for name, definition in found.items() if name not in there]


def _are_empty(tables: list[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT EXISTS (SELECT FROM {table})" for table in tables))
        return not any(row for (row,) in cursor.fetchall())
