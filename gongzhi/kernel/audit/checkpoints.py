"""Signed checkpoints: how long the log is and what it says, each naming the hash of the one before."""

from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from gongzhi.kernel.audit.logkey import key_of, public_key_here, raw, signing_key
from gongzhi.kernel.audit.merkle import digest
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.sealing import behind, hash_name, size, tree, try_lock
from gongzhi.kernel.audit.times import LATE


def checkpoint_due(now: datetime) -> int:
    """Sign the log as it stands when it has grown since the last checkpoint; return how many rows that adds.

    Nothing is signed before the moment of the last one, as when a clock was set back: no checkpoint is older than the one
    it follows. Nor while a row older than some minutes waits to be sealed. So a row that bears a time long before
    a checkpoint without it was slipped in afterwards, or its transaction was open all the while (see times.py).
    """
    with transaction.atomic():
        if not try_lock():
            return 0
        last, length = latest(), size()
        grown_by = length - (last.size if last else 0)
        if grown_by <= 0 or (last and now < last.at) or behind(now - LATE / 2):
            return 0
        _sign(now, length, last)
        return grown_by


def latest() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return Checkpoint.objects.order_by("-number").first()


def false_checkpoints(key: Ed25519PublicKey | None = None) -> list[int]:
    """Return the numbers of checkpoints that do not hold.

    One holds when the tree has its root, its columns say what its note says, the key of the log signed the note, and
    it follows the one before: next number, no shorter, no older, naming its hash. The key is *key*, else the one in
    GONGZHI_LOG_KEY, else, where this process may not read that, the one that the first checkpoint names.
    """
    name, before = hash_name(), None
    found: list[int] = []
    for checkpoint in Checkpoint.objects.order_by("number").iterator():
        key = key or public_key_here() or key_of(bytes(checkpoint.public_key))
        if not (_signed(checkpoint, key) and _follows(name, checkpoint, before) and _is_of_tree(checkpoint)):
            found.append(checkpoint.number)
        before = checkpoint
    return found


def _signed(checkpoint: Checkpoint, key: Ed25519PublicKey | None) -> bool:
    if key is None or bytes(checkpoint.public_key) != raw(key):
        return False
    try:
        key.verify(bytes(checkpoint.signature), checkpoint.note.encode())
    except InvalidSignature:
        return False
    return True


def _follows(name: str, checkpoint: Checkpoint, before: Checkpoint | None) -> bool:
    if before and (checkpoint.size < before.size or checkpoint.at < before.at):
        return False
    return checkpoint.note == note_text(
        hash_name=name,
        number=before.number + 1 if before else 1,
        size=checkpoint.size,
        root=bytes(checkpoint.root),
        previous=digest(name, before.note.encode()) if before else bytes(32),
        at=checkpoint.at,
    )


def _is_of_tree(checkpoint: Checkpoint) -> bool:
    try:
        return tree().root(checkpoint.size) == bytes(checkpoint.root)
    except LookupError:  # leaves or nodes are gone
        return False


def note_text(*, hash_name: str, number: int, size: int, root: bytes, previous: bytes, at: datetime) -> str:
    """Return the text that is signed: seven lines, the last ended too."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = ("gongzhi-log-v1", f"hash {hash_name}", f"number {number}", f"size {size}", f"root {root.hex()}")
    return "\n".join((*lines, f"previous {previous.hex()}", f"at {moment}")) + "\n"


def _sign(now: datetime, length: int, last: Checkpoint | None) -> None:
    key, shape = signing_key(bytes(last.public_key) if last else None), tree()
    number, root = (last.number + 1 if last else 1), shape.root(length)
    note = note_text(
        hash_name=shape.name,
        number=number,
        size=length,
        root=root,
        previous=digest(shape.name, last.note.encode()) if last else bytes(32),
        at=now,
    )
    Checkpoint.objects.create(
        number=number,
        at=now,
        size=length,
        root=root,
        note=note,
        signature=key.sign(note.encode()),
        public_key=raw(key.public_key()),
    )
