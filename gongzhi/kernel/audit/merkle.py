"""The tree over the sealed rows, as RFC 9162 section 2.1 shapes it; pure, and read through stored nodes.

A leaf is hashed after a byte 0x00, a node after 0x01. Of the complete subtrees only those over 256, 256², ... leaves
are stored (one row for 255 leaves, all told), so that a proof reads a few short runs of hashes, however long the log.
"""

import hashlib
from collections.abc import Callable, Sequence

FAN = 8  # a stored node covers 2**8 nodes of the floor below
Read = Callable[[int, int, int], Sequence[bytes]]
"""`read(floor, first, count)` returns stored hashes: floor 0 the leaves, floor 1 nodes over 256 leaves, ..."""


def digest(name: str, data: bytes) -> bytes:
    """Hash with "sm3" or "sha256"."""
    return hashlib.new(name, data).digest()


def leaf_hash(name: str, data: bytes) -> bytes:
    """Hash the bytes of one row."""
    return digest(name, b"\x00" + data)


def node_hash(name: str, left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return digest(name, b"\x01" + left + right)


def fold(name: str, hashes: Sequence[bytes]) -> bytes:
    """Return the root over hashes whose number is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(name, row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def empty_root(name: str) -> bytes:
    """Return the root of a log without rows."""
    return digest(name, b"")


def split(count: int) -> int:
    """Return the largest power of two smaller than *count*."""
    return 1 << (count - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return the subtrees, as (first, end), whose roots prove that leaf *index* is in the tree of *size*."""
    if not 0 <= index < size:
        raise ValueError("the leaf lies outside the tree")
    first, end, found = 0, size, []
    while end - first > 1:
        middle = first + split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[tuple[int, int]]:
    """Return the subtrees whose roots prove that the tree of *old* rows is the beginning of that of *new*."""
    if not 0 < old <= new:
        raise ValueError("the older tree must have rows, and not more than the newer")
    first, end, found, whole = 0, new, [], True
    while old != end:
        middle = first + split(end - first)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, whole = middle, False
    return ([] if whole else [(first, end)]) + found[::-1]


class Tree:
    """A tree that is read only where a proof needs it."""

    def __init__(self, name: str, read: Read) -> None:
        self.name = name
        self._read = read
        self._blocks: dict[tuple[int, int], Sequence[bytes]] = {}

    def root(self, size: int) -> bytes:
        """Return the root over the first *size* leaves."""
        return self.subtree(0, size) if size else empty_root(self.name)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the hashes that lead from a leaf to the root of *size* (RFC 9162 section 2.1.3)."""
        return [self.subtree(*each) for each in inclusion_ranges(index, size)]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the hashes that prove that nothing before *old* was changed (RFC 9162 section 2.1.4)."""
        return [self.subtree(*each) for each in consistency_ranges(old, new)]

    def subtree(self, first: int, end: int) -> bytes:
        """Return the root over leaves from *first* to before *end*."""
        count = end - first
        if count & (count - 1) == 0:
            return self._complete(first, count.bit_length() - 1)
        middle = first + split(count)
        return node_hash(self.name, self.subtree(first, middle), self.subtree(middle, end))

    def _complete(self, first: int, height: int) -> bytes:
        floor, rest = divmod(height, FAN)
        place, count = first >> (floor * FAN), 1 << rest
        block, offset = divmod(place, 1 << FAN)
        hashes = self._block(floor, block)[offset : offset + count]
        if len(hashes) < count:
            raise LookupError(f"nodes are missing on floor {floor} from {place}")
        return fold(self.name, hashes)

    def _block(self, floor: int, block: int) -> Sequence[bytes]:
        if (floor, block) not in self._blocks:
            self._blocks[floor, block] = self._read(floor, block << FAN, 1 << FAN)
        return self._blocks[floor, block]


def grown(name: str, size: int, leaves: Sequence[bytes], read: Read) -> list[tuple[int, int, bytes]]:
    """Return the nodes, as (floor, index, hash), that become complete when *leaves* follow the first *size*."""
    made: list[tuple[int, int, bytes]] = []
    start, fresh, floor = size, list(leaves), 0
    while fresh:
        begin = start >> FAN << FAN
        run = [*read(floor, begin, start - begin), *fresh] if start > begin else fresh
        width = 1 << FAN
        folded = [fold(name, run[at : at + width]) for at in range(0, len(run) - width + 1, width)]
        floor, start, fresh = floor + 1, begin >> FAN, folded
        made += [(floor, start + at, each) for at, each in enumerate(folded)]
    return made
