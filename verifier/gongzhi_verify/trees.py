"""Verifies Merkle proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 do, and computes roots from all leaves."""

from cryptography.hazmat.primitives import hashes

KNOWN = {"sm3": hashes.SM3, "sha256": hashes.SHA256}


def digest(name: str, data: bytes) -> bytes:
    """Hash *data*; a log names its hash in every checkpoint."""
    state = hashes.Hash(KNOWN[name]())
    state.update(data)
    return state.finalize()


def of_leaf(name: str, data: bytes) -> bytes:
    """Hash the bytes of one row."""
    return digest(name, b"\x00" + data)


def of_node(name: str, left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return digest(name, b"\x01" + left + right)


def included(name: str, leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Say whether the path leads from leaf *index* to the root of *size* leaves."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = of_node(name, step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = of_node(name, found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(
    name: str, sizes: tuple[int, int], path: list[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Say whether the newer tree begins with the older."""
    old, new = sizes
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    path = [old_root, *path] if old & (old - 1) == 0 else path
    if not path:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = of_node(name, step, before), of_node(name, step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = of_node(name, after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


class Growing:
    """The root of a log that grows leaf by leaf, kept in as many hashes as its length has bits."""

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Append a leaf."""
        height, found = 0, leaf
        while self._peaks and self._peaks[-1][0] == height:
            found = of_node(self.name, self._peaks.pop()[1], found)
            height += 1
        self._peaks.append((height, found))
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._peaks:
            return digest(self.name, b"")
        found = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            found = of_node(self.name, peak, found)
        return found
