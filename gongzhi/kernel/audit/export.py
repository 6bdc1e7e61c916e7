"""The whole log as lines for the verifier, and the same comparison inside the house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from gongzhi.kernel.audit.canonical import COLUMNS, canonical, fields_of
from gongzhi.kernel.audit.checkpoints import false_checkpoints
from gongzhi.kernel.audit.merkle import leaf_hash
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.sealing import hash_name
from gongzhi.kernel.audit.times import LATE, Ranges, Signed

SEALED = f"""
SELECT l.index, l.hash, {COLUMNS} FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id
WHERE l.index > %s ORDER BY l.index LIMIT %s
"""
LOOSE = f"""
SELECT {COLUMNS} FROM audit_entry e WHERE NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.entry_id = e.id)
ORDER BY e.id
"""
FORGOTTEN = """
SELECT l.index, (r->>0)::bigint, (r->>1)::bigint FROM audit_entry e LEFT JOIN audit_leaf l ON l.entry_id = e.id,
       jsonb_array_elements(e.details->'ranges') r
WHERE e.action = 'audit.forgotten'
"""
SLIPPED_IN = """
SELECT e.id FROM audit_entry e WHERE e.at < %s
  AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id) ORDER BY e.id
"""
HEAD = {"kind": "gongzhi-log-export-v1"}
AT_ONCE = 5_000


@dataclass
class Findings:
    """What a look at rows, leaves and checkpoints found; the numbers are places in the log unless said otherwise.

    edited           rows that are not what was sealed
    deleted          rows that are gone, and nothing says that they were forgotten
    forgotten        how many were forgotten after their legal period
    forgotten_early  rows said to be forgotten before it was over
    backdated        rows that bear a time long before a checkpoint without them
    slipped_in       the same of rows that are not sealed at all, by their id
    checkpoints      numbers of checkpoints that do not hold
    """

    rows: int = 0
    edited: list[int] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    forgotten: int = 0
    forgotten_early: list[int] = field(default_factory=list)
    backdated: list[int] = field(default_factory=list)
    slipped_in: list[int] = field(default_factory=list)
    checkpoints: list[int] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many findings speak of tampering."""
        rows = len(self.edited) + len(self.deleted) + len(self.forgotten_early)
        return rows + len(self.backdated) + len(self.slipped_in) + len(self.checkpoints)

    @property
    def well(self) -> bool:
        """Whether every row and every checkpoint is as it was sealed and signed."""
        return not self.wrong


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


def check(now: datetime, key: Ed25519PublicKey | None = None) -> Findings:
    """Compare each row with its leaf and its time with the checkpoints', then tree and signatures; see false_checkpoints.

    What says that rows were forgotten and is not signed yet counts as if it were signed *now*.
    """
    found, name = Findings(), hash_name()
    signed = Signed(list(Checkpoint.objects.order_by("number").values_list("size", "at")))
    named, lawful = _forgotten(signed, now)
    for index, leaf, fields in _sealed():
        found.rows += 1
        if fields is None:
            if index in lawful:
                found.forgotten += 1
            else:
                (found.forgotten_early if index in named else found.deleted).append(index)
            continue
        if leaf_hash(name, canonical(fields)) != leaf:
            found.edited.append(index)
        without = signed.last_without(index)
        if without and datetime.fromisoformat(fields["at"]) < without - LATE:
            found.backdated.append(index)
    if last := signed.last():
        with connection.cursor() as cursor:
            cursor.execute(SLIPPED_IN, (last - LATE,))
            found.slipped_in = [number for (number,) in cursor.fetchall()]
    found.checkpoints = false_checkpoints(key)
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


def _forgotten(signed: Signed, now: datetime) -> tuple[Ranges, Ranges]:
    """Return which places are said to be forgotten, and those of them whose period was over when that was signed."""
    named, lawful = [], []
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN)
        for index, low, high in cursor.fetchall():
            at = (signed.first_with(index) if index is not None else None) or now
            named.append((low, high))
            lawful.append((low, min(high, signed.may_be_forgotten(at) - 1)))
    return Ranges(named), Ranges(lawful)
