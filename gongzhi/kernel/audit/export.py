"""The whole log as lines for the verifier, and the same comparison inside the house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from gongzhi.kernel.audit.canonical import COLUMNS, canonical, fields_of
from gongzhi.kernel.audit.merkle import leaf_hash
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.sealing import hash_name, tree

SEALED = f"""
SELECT l.index, l.hash, {COLUMNS} FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE l.index > %s ORDER BY l.index LIMIT %s
"""
LOOSE = f"""
SELECT {COLUMNS} FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)
ORDER BY e.id
"""
FORGOTTEN = """
SELECT (r->>0)::bigint, (r->>1)::bigint FROM audit_entry e, jsonb_array_elements(e.details->'ranges') r
WHERE e.action = 'audit.forgotten'
"""
HEAD = {"kind": "gongzhi-log-export-v1"}
AT_ONCE = 5_000


@dataclass
class Findings:
    """What a look at rows, leaves and checkpoints found; the numbers are places in the log."""

    rows: int = 0
    edited: list[int] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    forgotten: int = 0
    checkpoints: list[int] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether every row is as it was sealed."""
        return not (self.edited or self.deleted or self.checkpoints)


def lines() -> Iterator[dict[str, Any]]:
    """Yield every sealed row in the order of the log, then the rows not sealed yet.

    A forgotten or deleted row has its leaf and no fields.
    """
    yield HEAD
    for index, leaf, fields in _sealed():
        yield {"index": index, "leaf": leaf.hex(), "fields": fields}
    with connection.cursor() as cursor:
        cursor.execute(LOOSE)
        for row in cursor:
            yield {"index": None, "leaf": None, "fields": fields_of(row)}


def check() -> Findings:
    """Compare each row with its leaf, and the tree with every checkpoint."""
    found, name, forgotten = Findings(), hash_name(), _forgotten()
    for index, leaf, fields in _sealed():
        found.rows += 1
        if fields is None:
            if any(low <= index <= high for low, high in forgotten):
                found.forgotten += 1
            else:
                found.deleted.append(index)
        elif leaf_hash(name, canonical(fields)) != leaf:
            found.edited.append(index)
    for checkpoint in Checkpoint.objects.order_by("number").iterator():
        try:
            agrees = tree().root(checkpoint.size) == bytes(checkpoint.root)
        except LookupError:  # leaves or nodes are gone
            agrees = False
        if not agrees:
            found.checkpoints.append(checkpoint.number)
    return found


def _sealed() -> Iterator[tuple[int, bytes, dict[str, Any] | None]]:
    after = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(SEALED, (after, AT_ONCE))
            rows = cursor.fetchall()
        for row in rows:
            yield row[0], bytes(row[1]), fields_of(row[2:]) if row[2] is not None else None
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]


def _forgotten() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN)
        return [(low, high) for low, high in cursor.fetchall()]
