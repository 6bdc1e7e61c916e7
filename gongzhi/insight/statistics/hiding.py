"""Small counts might tell who it was: which cells of a table are not shown, and which others are not for their sake."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from gongzhi.base.regioncodes import CITY
from gongzhi.insight.statistics.figures import together
from gongzhi.insight.statistics.measures import FEW, Counts, Measure

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


def covered(
    numbers: Mapping[Key, int], few: Iterable[Key], sums: Iterable[Collection[Key]]
) -> frozenset[Key]:
    """Return *few* and as many cells more as it takes, where the sum of each collection in *sums* is shown.

    One hidden cell could be found by subtracting the others from the sum, and so could a few that make up fewer than `FEW`
    together. The smallest of the rest are hidden with them until neither is possible in any of the sums.
    """
    found, parts, goes_on = set(few), [list(part) for part in sums], True
    while goes_on:
        goes_on = False
        for part in parts:
            inside = [key for key in part if key in found]
            rest = [key for key in part if key not in found and numbers[key]]
            if inside and rest and (len(inside) < 2 or sum(numbers[key] for key in inside) < FEW):
                found.add(min(rest, key=lambda key: numbers[key]))
                goes_on = True
    return frozenset(found)


def hidden(cells: Mapping[Key, Counts], measure: Measure) -> frozenset[Key]:
    """Return the cells that are not shown of a measure, where their sum is."""
    numbers = {key: measure.number(counts) for key, counts in cells.items()}
    few = [key for key, counts in cells.items() if measure.tells_of_few(counts)]
    return covered(numbers, few, [numbers])


def hidden_in_lines(
    cells: Mapping[tuple[Hashable, ...], Counts], measure: Measure
) -> frozenset[tuple[Hashable, ...]]:
    """Return the cells of a table of several dimensions that are not shown, though the sums of all its lines be known.

    A line is what differs in one part of the key alone.
    """
    lines: dict[tuple[object, ...], list[tuple[Hashable, ...]]] = {}
    for key in cells:
        for place in range(len(key)):
            lines.setdefault((place, *key[:place], *key[place + 1 :]), []).append(key)
    numbers = {key: measure.number(counts) for key, counts in cells.items()}
    few = [key for key, counts in cells.items() if measure.tells_of_few(counts)]
    return covered(numbers, few, lines.values())


def hidden_in_table(
    cells: Mapping[tuple[Row, Column], int],
) -> tuple[frozenset[Row], frozenset[tuple[Row, Column]]]:
    """Return the rows whose sums are not shown, and the cells, of a table that shows sums of rows and of columns."""
    rows: dict[Row, list[tuple[Row, Column]]] = {}
    columns: dict[Column, list[tuple[Row, Column]]] = {}
    for key in cells:
        rows.setdefault(key[0], []).append(key)
        columns.setdefault(key[1], []).append(key)
    sums = {row: sum(cells[key] for key in keys) for row, keys in rows.items()}
    few_rows = covered(sums, [row for row, number in sums.items() if 0 < number < FEW], [sums])
    few = [key for key, number in cells.items() if number and (number < FEW or key[0] in few_rows)]
    shown_rows = [keys for row, keys in rows.items() if row not in few_rows]
    return few_rows, covered(cells, few, [*shown_rows, *columns.values()])


def hidden_places(counties: Mapping[str, Counts], measure: Measure, own: str) -> frozenset[str]:
    """Return the counties and cities that are not shown of a measure to a reader whose area is *own*.

    The sum of *own* is shown, and that of each city on its page. What hides a city hides at least one county of it, since
    all its counties would give it away.
    """
    numbers = {code: measure.number(counts) for code, counts in counties.items()}
    few = {code for code, counts in counties.items() if measure.tells_of_few(counts)}
    if len(own) >= CITY:
        return covered(numbers, few, [numbers])
    cities: dict[str, list[str]] = {}
    for code in sorted(counties, key=lambda code: numbers[code]):
        cities.setdefault(code[:CITY], []).append(code)
    unseen = hidden(
        {city: together([counties[code] for code in codes]) for city, codes in cities.items()}, measure
    )
    few |= {next((code for code in cities[city] if numbers[code]), cities[city][0]) for city in unseen}
    seen = [codes for city, codes in cities.items() if city not in unseen]
    return unseen | covered(numbers, few, [*seen, numbers])
