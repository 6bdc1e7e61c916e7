"""What anyone may have from the log: checkpoints, proofs and receipts, as plain dictionaries without personal data."""

from typing import Any

from django.db import connection

from gongzhi.kernel.audit.canonical import COLUMNS, canonical, fields_of
from gongzhi.kernel.audit.checkpoints import latest
from gongzhi.kernel.audit.merkle import leaf_hash
from gongzhi.kernel.audit.models import Checkpoint, Leaf
from gongzhi.kernel.audit.sealing import hash_name, tree
from gongzhi.kernel.lock.scope import SYSTEM, acting

OPENING = f"SELECT {COLUMNS} FROM audit_entry e WHERE e.case_id = %s ORDER BY e.id LIMIT 1"


def plain(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return a checkpoint as it is published."""
    return {
        "number": checkpoint.number,
        "size": checkpoint.size,
        "note": checkpoint.note,
        "signature": bytes(checkpoint.signature).hex(),
    }


def inclusion(index: int, size: int) -> dict[str, Any]:
    """Return the proof that leaf *index* is in the log of *size* rows."""
    leaf = Leaf.objects.get(index=index)
    path = [each.hex() for each in tree().inclusion(index, size)]
    return {"kind": "inclusion", "index": index, "size": size, "leaf": bytes(leaf.hash).hex(), "path": path}


def consistency(old: int, new: int) -> dict[str, Any]:
    """Return the proof that the log of *new* rows begins with the log of *old* rows."""
    path = [each.hex() for each in tree().consistency(old, new)]
    return {"kind": "consistency", "from": old, "to": new, "path": path}


def opening_receipt(case_id: int) -> dict[str, Any] | None:
    """Return number and leaf hash of the row that opened a case, computed now: it may not be sealed yet."""
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(OPENING, (case_id,))
        row = cursor.fetchone()
    if row is None:
        return None
    leaf = leaf_hash(hash_name(), canonical(fields_of(row)))
    return {"kind": "receipt", "row": row[0], "leaf": leaf.hex()}


def completed(row: int, leaf: str) -> dict[str, Any] | None:
    """Return the receipt with its proof and checkpoint; without them while not signed yet; None when it is false."""
    receipt: dict[str, Any] = {"kind": "receipt", "row": row, "leaf": leaf}
    sealed, checkpoint = Leaf.objects.filter(entry_id=row).first(), latest()
    if sealed is None:
        return receipt
    if bytes(sealed.hash).hex() != leaf:
        return None
    if checkpoint is None or checkpoint.size <= sealed.index:
        return receipt
    return {
        **receipt,
        **inclusion(sealed.index, checkpoint.size),
        "kind": "receipt",
        "checkpoint": plain(checkpoint),
    }
