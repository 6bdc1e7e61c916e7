"""Average linkage over listed pairs."""

from gongzhi.insight.triage.linking import linked


def test_groups_join_while_the_mean_likeness_reaches_the_bound():
    pairs = [(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.2), (3, 4, 0.5)]

    assert linked(5, pairs, 0.5) == [[0, 1, 2], [3, 4]]
    assert linked(5, pairs, 0.6) == [[0, 1], [2], [3], [4]]


def test_a_pair_that_is_not_listed_counts_as_nothing():
    assert linked(3, [(0, 1, 0.9), (1, 2, 0.8)], 0.5) == [[0, 1], [2]]


def test_nothing_alike_leaves_each_alone():
    assert linked(2, [], 0.1) == [[0], [1]]
