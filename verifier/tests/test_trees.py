"""The verifier's own tree agrees with the platform's for every size, though they share no code."""

import ast
import sys
from pathlib import Path

import gongzhi_verify
import pytest
from gongzhi_verify.trees import Growing, consistent, included, of_leaf

from gongzhi.kernel.audit.merkle import Tree

SIZE = 70
LEAVES = [of_leaf("sm3", str(n).encode()) for n in range(SIZE)]
TREE = Tree("sm3", lambda floor, first, count: LEAVES[first : first + count] if not floor else [])
ROOTS = [TREE.root(size) for size in range(SIZE + 1)]


def test_the_root_grows_leaf_by_leaf():
    growing = Growing("sm3")
    assert growing.root() == ROOTS[0]
    for size, leaf in enumerate(LEAVES, 1):
        growing.add(leaf)
        assert growing.root() == ROOTS[size]


def test_every_leaf_is_proved_in_every_tree_and_in_no_other_place():
    for size in range(1, SIZE + 1):
        for index in range(size):
            path = TREE.inclusion(index, size)
            assert included("sm3", LEAVES[index], index, size, path, ROOTS[size])
            assert not included("sm3", LEAVES[index], index + 1, size, path, ROOTS[size])
            assert not included(
                "sm3", LEAVES[index], index, size, [*path, path[0] if path else ROOTS[1]], ROOTS[size]
            )


def test_every_tree_is_proved_to_continue_every_smaller_one_and_no_other():
    for new in range(1, SIZE + 1):
        for old in range(1, new + 1):
            path = TREE.consistency(old, new)
            assert consistent("sm3", (old, new), path, ROOTS[old], ROOTS[new])
            assert not consistent("sm3", (old, new), path, ROOTS[old - 1], ROOTS[new])


@pytest.mark.parametrize(
    "file", sorted(Path(gongzhi_verify.__file__).parent.glob("*.py")), ids=lambda p: p.name
)
def test_it_imports_the_standard_library_cryptography_and_itself(file):
    for node in ast.walk(ast.parse(file.read_text())):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or top in ("cryptography", "gongzhi_verify")
