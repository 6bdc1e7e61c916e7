"""The synthetic log is a true tree, and sealing under writing counts every row."""

import pytest

from benchmarks.sealing import lengthen, under_writing
from gongzhi.kernel.audit.merkle import node_hash, split
from gongzhi.kernel.audit.models import Leaf
from gongzhi.kernel.audit.sealing import tree

pytestmark = pytest.mark.django_db(transaction=True)


def naive_root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    middle = split(len(hashes))
    return node_hash("sha256", naive_root(hashes[:middle]), naive_root(hashes[middle:]))


def test_the_synthetic_log_has_the_root_of_its_leaves(settings):
    settings.LOG_HASH = "sha256"
    lengthen(1_000, at_once=300)
    hashes = [bytes(each.hash) for each in Leaf.objects.order_by("index")]
    assert len(hashes) == 1_000 and tree().root(1_000) == naive_root(hashes)


def test_what_is_written_is_sealed_or_counted_as_left():
    sealed, _seconds, left, written = under_writing(1.0)
    assert sealed > 0 and left >= 0 and sealed + left == written
