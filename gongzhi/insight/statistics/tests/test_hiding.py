"""What is hidden cannot be found from what is shown, and no more is hidden than that takes."""

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.insight.statistics.hiding import hidden
from gongzhi.insight.statistics.measures import BY_KEY, FEW, NOTHING

RECEIVED, SATISFIED = BY_KEY["received"], BY_KEY["satisfied"]


def cells(*numbers):
    return {place: {**NOTHING, "opened": number} for place, number in enumerate(numbers)}


@given(st.lists(st.integers(0, 40), max_size=12))
def test_the_hidden_cells_make_up_at_least_few_and_are_never_one_alone(numbers):
    found = hidden(cells(*numbers), RECEIVED)

    shown = [number for place, number in enumerate(numbers) if place not in found]
    assert not [number for number in shown if 0 < number < FEW]
    if found and any(shown):
        assert len(found) >= 2
        assert sum(numbers[place] for place in found) >= FEW
    if not any(0 < number < FEW for number in numbers):
        assert not found


def test_the_smallest_goes_with_the_only_small_one():
    assert hidden(cells(3, 100, 20, 50), RECEIVED) == {0, 2}
    assert hidden(cells(3, 4, 100), RECEIVED) == {0, 1}
    assert hidden(cells(1, 2, 100, 6), RECEIVED) == {0, 1, 3}
    assert hidden(cells(0, 5, 100), RECEIVED) == frozenset()


def test_where_people_said_something_the_few_who_said_otherwise_are_protected():
    def rated(good, bad):
        return {**NOTHING, "grade_5": good, "grade_1": bad}

    assert SATISFIED.tells_of_few(rated(50, 2)) and SATISFIED.tells_of_few(rated(3, 50))
    assert not SATISFIED.tells_of_few(rated(50, 0)) and not SATISFIED.tells_of_few(rated(50, 6))
    assert not BY_KEY["on_time"].tells_of_few({**NOTHING, "answered": 50, "on_time": 48})
    assert BY_KEY["on_time"].tells_of_few({**NOTHING, "answered": 4, "on_time": 4})
