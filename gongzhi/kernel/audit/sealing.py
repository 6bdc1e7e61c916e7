"""Seal audit rows into the tree, in the order in which they are found; no row is missed and none waits for another.

A row is sealed when the transaction that wrote it is certainly over: its `xid` is smaller than that of every
transaction running when we look. Transactions below that mark can write no more rows, so the next look begins there.
A database restored elsewhere counts transactions anew: then one look goes over all rows that have no leaf.
"""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from gongzhi.kernel.audit.canonical import COLUMNS, canonical, fields_of
from gongzhi.kernel.audit.merkle import Tree, grown, leaf_hash
from gongzhi.kernel.audit.models import Sealing

LOCK = 4_105_230_001  # one sealer at a time, whoever it is
MOST = 5_000

HOME = """
SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid FROM pg_database
WHERE datname = current_database()
"""
DUE = f"""
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, e.xid::text, {COLUMNS} FROM audit_entry e
WHERE e.xid >= %s::xid8 AND (%s OR e.xid < pg_snapshot_xmin(pg_current_snapshot()))
  AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)
ORDER BY e.xid, e.id LIMIT %s
"""
BEHIND = """
SELECT EXISTS (SELECT FROM audit_entry e WHERE e.xid >= %s::xid8 AND e.at < %s
               AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id))
"""
ADD_LEAVES = """
INSERT INTO audit_leaf (index, entry_id, hash)
SELECT %s + n - 1, entry_id, hash FROM unnest(%s::bigint[], %s::bytea[]) WITH ORDINALITY AS t(entry_id, hash, n)
"""
ADD_NODES = """
INSERT INTO audit_node (floor, index, hash)
SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""


def seal_due(now: datetime, limit: int = MOST) -> int:
    """Seal up to *limit* rows and return how many; 0 also while another worker seals."""
    del now  # rows carry their own time; sealing has none
    with transaction.atomic(), connection.cursor() as cursor:
        if not try_lock():
            return 0
        state, _ = Sealing.objects.get_or_create(pk=1, defaults={"hash_name": settings.LOG_HASH})
        home = _home()
        moved = state.home != home  # the first look here, or the first after a restore
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        (open_from,) = cursor.fetchone()
        cursor.execute(DUE, ("0" if moved else state.below, moved, limit))
        rows = cursor.fetchall()
        _append(state.hash_name, rows)
        if len(rows) < limit:
            state.home, state.below = home, open_from
        elif not moved:
            state.below = rows[-1][1]
        state.save()
    return len(rows)


def behind(moment: datetime) -> bool:
    """Say whether a row that bears a time before *moment* still waits to be sealed, as after a worker's long rest."""
    state = Sealing.objects.filter(pk=1).first()
    below = state.below if state and state.home == _home() else "0"
    with connection.cursor() as cursor:
        cursor.execute(BEHIND, (below, moment))
        return bool(cursor.fetchone()[0])


def try_lock() -> bool:
    """Take the sealers' lock until the transaction ends, unless somebody has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", (LOCK,))
        return bool(cursor.fetchone()[0])


def size() -> int:
    """Return how many rows are sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(index) + 1, 0) FROM audit_leaf")
        return int(cursor.fetchone()[0])


def hash_name() -> str:
    """Return the hash of this log; it is chosen once, when the log begins."""
    state = Sealing.objects.filter(pk=1).first()
    return state.hash_name if state else str(settings.LOG_HASH)


def tree() -> Tree:
    """Return the tree as it is stored."""
    return Tree(hash_name(), read)


def read(floor: int, first: int, count: int) -> list[bytes]:
    """Return stored hashes: of leaves on floor 0, of nodes above."""
    table = "audit_node" if floor else "audit_leaf"
    condition = "floor = %s AND" if floor else ""
    values = (*((floor,) if floor else ()), first, first + count)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT string_agg(hash, ''::bytea ORDER BY index) FROM {table}"
            f" WHERE {condition} index >= %s AND index < %s",
            values,
        )
        joined = bytes(cursor.fetchone()[0] or b"")
    return [joined[at : at + 32] for at in range(0, len(joined), 32)]


def _home() -> str:
    """Return which database of which server this is: transactions are counted by each of them anew."""
    with connection.cursor() as cursor:
        cursor.execute(HOME)
        return str(cursor.fetchone()[0])


def _append(name: str, rows: list[tuple[object, ...]]) -> None:
    if not rows:
        return
    before = size()
    hashes = [leaf_hash(name, canonical(fields_of(row[2:]))) for row in rows]
    nodes = grown(name, before, hashes, read)
    with connection.cursor() as cursor:
        cursor.execute(ADD_LEAVES, (before, [row[2] for row in rows], hashes))
        if nodes:
            floors, places, values = zip(*nodes, strict=True)
            cursor.execute(ADD_NODES, (list(floors), list(places), list(values)))
