"""Signed checkpoints: how long the log is and what it says, each naming the hash of the one before."""

from datetime import UTC, datetime

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from gongzhi.kernel.audit.logkey import signing_key
from gongzhi.kernel.audit.merkle import digest
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.sealing import size, tree, try_lock


def checkpoint_due(now: datetime) -> int:
    """Sign the log as it stands when it has grown since the last checkpoint; return how many rows that adds."""
    with transaction.atomic():
        if not try_lock():
            return 0
        last, length = latest(), size()
        grown_by = length - (last.size if last else 0)
        if grown_by > 0:
            _sign(now, length, last)
        return max(0, grown_by)


def latest() -> Checkpoint | None:
    """Return the newest checkpoint."""
    return Checkpoint.objects.order_by("-number").first()


def note_text(*, hash_name: str, number: int, size: int, root: bytes, previous: bytes, at: datetime) -> str:
    """Return the text that is signed: seven lines, the last ended too."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = ("gongzhi-log-v1", f"hash {hash_name}", f"number {number}", f"size {size}", f"root {root.hex()}")
    return "\n".join((*lines, f"previous {previous.hex()}", f"at {moment}")) + "\n"


def _sign(now: datetime, length: int, last: Checkpoint | None) -> None:
    key, shape = signing_key(), tree()
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
        public_key=key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
    )
