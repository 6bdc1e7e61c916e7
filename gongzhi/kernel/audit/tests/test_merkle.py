"""The tree has the shapes of RFC 9162, read from stored nodes, and every proof it gives holds."""

import random

import pytest

from gongzhi.kernel.audit import merkle
from gongzhi.kernel.audit.merkle import Tree, consistency_ranges, fold, grown, inclusion_ranges, split


def direct(name, leaves):
    """The definition of RFC 9162 section 2.1.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else merkle.empty_root(name)
    at = split(len(leaves))
    return merkle.node_hash(name, direct(name, leaves[:at]), direct(name, leaves[at:]))


class Kept:
    """Nodes kept in lists instead of tables."""

    def __init__(self):
        self.floors = {}

    def read(self, floor, first, count):
        kept = self.floors.get(floor, [])
        return kept[first : first + count]

    def add(self, name, leaves):
        size = len(self.floors.setdefault(0, []))
        nodes = grown(name, size, leaves, self.read)
        self.floors[0] += leaves
        for floor, index, node in nodes:
            row = self.floors.setdefault(floor, [])
            assert index == len(row)
            row.append(node)


@pytest.fixture(scope="module", params=["sm3", "sha256"])
def log(request):
    name, kept, chance = request.param, Kept(), random.Random(4)
    leaves = [merkle.leaf_hash(name, str(n).encode()) for n in range(67_000)]
    at = 0
    while at < len(leaves):
        step = chance.choice([1, 3, 255, 256, 257, 700, 5000])
        kept.add(name, leaves[at : at + step])
        at += step
    return name, leaves, kept


def test_known_roots_of_rfc_6962_test_vectors():
    data = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58))]
    data.append(bytes(range(0x60, 0x70)))
    leaves = [merkle.leaf_hash("sha256", each) for each in data]
    root = direct("sha256", leaves).hex()
    assert root == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 1000, 65535, 65536, 65537, 67000])
def test_the_root_read_from_stored_nodes_is_the_root_by_definition(log, size):
    name, leaves, kept = log
    assert Tree(name, kept.read).root(size) == direct(name, leaves[:size])


def test_a_node_is_stored_once_it_is_complete_and_not_before(log):
    name, leaves, kept = log
    assert [len(kept.floors[floor]) for floor in (1, 2)] == [67_000 // 256, 1]
    assert kept.floors[2][0] == fold(name, leaves[:65536])


def test_ranges_outside_the_tree_are_refused():
    for wrong in ((-1, 3), (3, 3)):
        with pytest.raises(ValueError):
            inclusion_ranges(*wrong)
    for wrong in ((0, 3), (4, 3)):
        with pytest.raises(ValueError):
            consistency_ranges(*wrong)


def test_missing_nodes_are_noticed(log):
    name, _, kept = log
    with pytest.raises(LookupError):
        Tree(name, kept.read).root(70_000)
