"""The comparison of units with their peers: exact chances, a robust expectation, and few named by chance."""

from math import comb

import numpy as np
import pytest

from gongzhi.insight.integrity.excess import (
    LEAST_SPREAD,
    Share,
    beta_binomial_tail,
    chances,
    discoveries,
    expectation,
)


@pytest.mark.parametrize(("number", "hits", "share"), [(10, 3, 0.2), (40, 12, 0.1), (5, 5, 0.5), (7, 0, 0.3)])
def test_without_spread_the_chance_is_the_binomial_one(number, hits, share):
    exact = sum(comb(number, k) * share**k * (1 - share) ** (number - k) for k in range(hits, number + 1))

    assert beta_binomial_tail(Share(number, hits), share, 0.0) == pytest.approx(exact, rel=1e-9)


def test_with_spread_many_hits_are_less_surprising():
    narrow, wide = (beta_binomial_tail(Share(100, 30), 0.15, spread) for spread in (0.0, 0.05))

    assert narrow < 0.001 < wide
    # a beta of a = b = 1 (spread a third) makes every number of hits equally likely
    assert beta_binomial_tail(Share(9, 8), 0.5, 1 / 3) == pytest.approx(2 / 10)


def test_what_is_usual_is_hardly_moved_by_a_quarter_that_cheats():
    draw = np.random.default_rng(7)
    honest = [Share(200, int(draw.binomial(200, draw.beta(8, 72)))) for _ in range(45)]
    cheats = [Share(200, 100) for _ in range(15)]

    usual = expectation([*honest, *cheats])

    assert usual is not None
    assert usual.share == pytest.approx(0.1, abs=0.03)
    assert LEAST_SPREAD <= usual.spread < 0.1


def test_few_units_or_small_ones_make_no_expectation():
    assert expectation([Share(100, 10)] * 7) is None
    assert expectation([Share(9, 1)] * 50) is None
    assert chances({unit: Share(100, 10) for unit in range(8)}) == {}  # each has but seven peers


def test_discoveries_are_the_smallest_chances_as_many_as_the_rate_allows():
    assert discoveries({1: 0.001, 2: 0.04, 3: 0.5, 4: 0.9}, rate=0.05) == {1}
    assert discoveries({1: 0.02, 2: 0.03, 3: 0.036, 4: 0.9}, rate=0.05) == {1, 2, 3}
    assert discoveries({}) == frozenset()
