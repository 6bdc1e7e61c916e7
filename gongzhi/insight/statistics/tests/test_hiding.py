"""What is hidden cannot be found from what is shown, and no more is hidden than that takes."""

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.insight.statistics.hiding import hidden, hidden_in_table, hidden_places
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


def rest_of(part, found, numbers):
    """What a reader finds by subtracting what is shown of a part from its sum: how many are hidden, and their sum."""
    inside = [key for key in part if key in found and numbers[key]]
    return len(inside), sum(numbers[key] for key in inside)


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_sum_of_rows_or_columns_tells_of_few(numbers):
    cells = {(at // 3, at % 3): number for at, number in enumerate(numbers)}
    rows, found = hidden_in_table(cells)

    sums = {row: sum(number for (at, _), number in cells.items() if at == row) for row in range(4)}
    assert all(not 0 < number < FEW for row, number in sums.items() if row not in rows)
    assert all(not 0 < number < FEW for key, number in cells.items() if key not in found)
    shown = [[key for key in cells if key[0] == row] for row in sums if row not in rows]
    shown += [[key for key in cells if key[1] == column] for column in range(3)]
    for part in shown:
        how_many, number = rest_of(part, found, cells)
        others = any(cells[key] for key in part if key not in found)
        assert not how_many or not others or (how_many >= 2 and number >= FEW)


@given(st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 15)), max_size=9))
def test_neither_the_province_nor_a_city_gives_a_hidden_county_away(given_places):
    counties = {
        f"41{city}0{at:02d}"[:6]: {**NOTHING, "opened": number}
        for at, (city, number) in enumerate(given_places)
    }
    found = hidden_places(counties, RECEIVED, "41")
    numbers = {code: counts["opened"] for code, counts in counties.items()}
    cities = {code[:4] for code in counties}

    assert not [code for code, number in numbers.items() if 0 < number < FEW and code not in found]
    parts = [list(counties), *([c for c in counties if c[:4] == city] for city in cities - found)]
    for part in parts:
        how_many, number = rest_of(part, found, numbers)
        others = any(numbers[code] for code in part if code not in found)
        assert not how_many or not others or (how_many >= 2 and number >= FEW)
    for city in cities & found:
        inside = [code for code in counties if code[:4] == city and numbers[code]]
        assert not inside or set(inside) & found, "all counties shown would give the city away"


def test_a_city_of_one_county_is_not_found_from_the_rest_of_the_province():
    def opened(**numbers):
        return {code[1:]: {**NOTHING, "opened": number} for code, number in numbers.items()}

    found = hidden_places(opened(_410502=3, _410602=90, _410603=80, _410702=50), RECEIVED, "41")
    assert {"4105", "410502", "4107", "410702"} == found
    assert hidden_places(opened(_410502=3, _410503=9, _410602=90), RECEIVED, "4105") >= {"410502", "410503"}
