"""Small counts might tell who it was: which cells of a table are not shown, and which others are not for their sake."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from gongzhi.insight.statistics.measures import FEW, Counts, Measure

Key = TypeVar("Key", bound=Hashable)


def hidden(cells: Mapping[Key, Counts], measure: Measure, also: Collection[Key] = ()) -> frozenset[Key]:
    """Return the cells that are not shown, where their sum is: those that tell of few, and then as many as it takes.

    One hidden cell could be found by subtracting the others from the sum, and so could a few that make up fewer than `FEW`
    together. The smallest of the rest are hidden with them until neither is possible. *also* are not shown anyway.
    """
    found = {key for key, counts in cells.items() if measure.tells_of_few(counts)} | set(also)
    rest = sorted((key for key in cells if key not in found), key=lambda key: measure.number(cells[key]))
    rest = [key for key in rest if measure.number(cells[key])]
    while found and rest and (len(found) < 2 or sum(measure.number(cells[key]) for key in found) < FEW):
        found.add(rest.pop(0))
    return frozenset(found)


def hidden_in_table(
    cells: Mapping[tuple[Hashable, ...], Counts], measure: Measure
) -> frozenset[tuple[Hashable, ...]]:
    """Return the cells of a table of several dimensions that are not shown, though the sums of all its lines be known.

    A line is what differs in one part of the key alone. A cell hidden for the sake of one line must not be found by
    another, so lines are gone through until nothing more has to be hidden.
    """
    lines: dict[tuple[object, ...], dict[tuple[Hashable, ...], Counts]] = defaultdict(dict)
    for key, counts in cells.items():
        for place in range(len(key)):
            lines[place, *key[:place], *key[place + 1 :]][key] = counts
    found: set[tuple[Hashable, ...]] = set()
    before = -1
    while before < len(found):
        before = len(found)
        for line in lines.values():
            found |= hidden(line, measure, found & line.keys())
    return frozenset(found)
