"""The measurement of gamed figures plants what it says, and the checks find it at the stated strength."""

from benchmarks.gaming import SEED, STATED, Tally, run
from benchmarks.gaming_closings import answers
from benchmarks.gaming_papers import photos, replies


def test_what_is_planted_is_there_and_what_is_right_stays_alone():
    month = answers(SEED, 0.5, 0.1)
    heaped = [one for one in month.facts if one.unit in month.cheats and 6 <= one.left < 9.5]

    assert len(month.cheats) == 6
    assert len(heaped) > 0.4 * sum(one.unit in month.cheats for one in month.facts)
    assert answers(SEED, 0.5, 0.0).cheats == frozenset()


def test_the_same_seed_plants_the_same():
    first, again = (replies(SEED, 0.2, 3, 40) for _ in range(2))

    assert first.planted == again.planted
    assert [one.text for one in first.facts] == [one.text for one in again.facts]
    assert len(photos(SEED, "stamped", 3, 2).planted[0]) == 4


def test_a_tally_counts_groups_that_are_named_for_the_most_part():
    tally = Tally()
    tally.groups([frozenset({1, 2, 3}), frozenset({9, 8, 7})], [frozenset({1, 2, 3, 4}), frozenset({5, 6})])

    assert tally.figures() == {"precision": 0.5, "recall": 0.5, "planted": 2, "named": 2}


def test_frauds_of_the_stated_strength_are_found_and_little_else():
    result = run(quick=True)

    for kind in STATED:
        assert result["figures"][kind]["precision"] >= 0.9, kind
        assert result["figures"][kind]["recall"] >= 0.9, kind
    assert result["nothing_planted"]["closed_just_before_due"] <= 1
    assert result["nothing_planted"]["ratings_from_office"] <= 1
    assert result["ratio"] > 1
