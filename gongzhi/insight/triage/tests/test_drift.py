"""The alarm of drift is a test of two proportions that says nothing of few."""

import pytest

from gongzhi.insight.triage.accuracy import Drift, Tally, apart


def test_the_distance_is_that_of_two_proportions():
    # 60 of 100 against 160 of 200: p = 220/300, z = -0.2 / sqrt(p (1 - p) (1/100 + 1/200)) = -3.6927
    assert apart(Tally(100, 60), Tally(200, 160)) == pytest.approx(-3.6927, abs=1e-3)
    assert Drift(Tally(100, 60), Tally(200, 160), -3.69).is_alarm


def test_too_few_say_nothing_and_no_difference_is_none():
    assert apart(Tally(49, 0), Tally(400, 400)) is None
    assert apart(Tally(400, 400), Tally(49, 0)) is None
    assert apart(Tally(50, 50), Tally(50, 50)) == 0.0
    assert not Drift(Tally(49, 0), Tally(400, 400), None).is_alarm
    assert not Drift(Tally(60, 50), Tally(60, 52), apart(Tally(60, 50), Tally(60, 52))).is_alarm
