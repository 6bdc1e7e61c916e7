"""Reads checkpoints and checks that each is signed, names the one before, and never grows shorter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongzhi_verify.trees import KNOWN, digest

LINES = ("hash", "number", "size", "root", "previous", "at")


class Unreadable(Exception):
    """What was given is not what it should be."""


@dataclass(frozen=True)
class Checkpoint:
    """One signed statement about the log."""

    hash: str
    number: int
    size: int
    root: bytes
    previous: bytes
    at: datetime
    note: str
    signature: bytes


def read_key(text: str) -> Ed25519PublicKey:
    """Read the public key: 64 hexadecimal digits."""
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
    except ValueError as reason:
        raise Unreadable("The public key is not 64 hexadecimal digits.") from reason


def read_checkpoint(given: dict[str, Any]) -> Checkpoint:
    """Read one checkpoint from its signed note alone; what stands beside the note counts for nothing."""
    try:
        note, signature = str(given["note"]), bytes.fromhex(given["signature"])
        head, *lines = note.removesuffix("\n").split("\n")
        names, values = zip(*(line.split(" ", 1) for line in lines), strict=True)
        if head != "gongzhi-log-v1" or names != LINES or values[0] not in KNOWN:
            raise Unreadable("A checkpoint is not written as version 1 prescribes.")
        return Checkpoint(
            hash=values[0],
            number=int(values[1]),
            size=int(values[2]),
            root=bytes.fromhex(values[3]),
            previous=bytes.fromhex(values[4]),
            at=datetime.fromisoformat(values[5]),
            note=note,
            signature=signature,
        )
    except (KeyError, ValueError, TypeError) as reason:
        raise Unreadable("A checkpoint cannot be read.") from reason


def signed(checkpoint: Checkpoint, key: Ed25519PublicKey) -> bool:
    """Say whether the key signed exactly this note."""
    try:
        key.verify(checkpoint.signature, checkpoint.note.encode())
    except InvalidSignature:
        return False
    return True


def chain_problems(chain: list[Checkpoint], key: Ed25519PublicKey) -> list[str]:
    """Return what is wrong with a run of checkpoints in order."""
    found = [f"Checkpoint {each.number}: the signature is false." for each in chain if not signed(each, key)]
    for before, after in zip(chain, chain[1:], strict=False):
        where = f"Checkpoint {after.number}"
        if after.number != before.number + 1:
            found.append(f"{where}: the one before it, number {after.number - 1}, is missing.")
        elif after.previous != digest(after.hash, before.note.encode()):
            found.append(f"{where}: it does not name the checkpoint before it.")
        if after.size < before.size or after.at < before.at:
            found.append(f"{where}: the log grew shorter or time ran backwards.")
        if after.hash != before.hash:
            found.append(f"{where}: the log changed its hash.")
    if chain and chain[0].number == 1 and any(chain[0].previous):
        found.append("Checkpoint 1: it names a checkpoint before it.")
    return found


def rewritten(earlier: list[Checkpoint], chain: list[Checkpoint]) -> list[str]:
    """Return which checkpoints that somebody kept are not in the chain any more."""
    now = {each.number: each.note for each in chain}
    return [
        f"Checkpoint {each.number}, kept earlier, is no longer part of the log: it was cut off or rewritten."
        for each in earlier
        if now.get(each.number) != each.note
    ]
