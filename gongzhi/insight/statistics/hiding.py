"""Small counts might tell who it was: which cells of a table are not shown, and which others are not for their sake."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from gongzhi.insight.statistics.measures import FEW, Counts, Measure

Key = TypeVar("Key", bound=Hashable)


def hidden(cells: Mapping[Key, Counts], measure: Measure) -> frozenset[Key]:
    """Return the cells that are not shown, where their sum is: those that tell of few, and then as many as it takes.

    One hidden cell could be found by subtracting the others from the sum, and so could a few that make up fewer than `FEW`
    together. The smallest of the rest are hidden with them until neither is possible.
    """
    found = {key for key, counts in cells.items() if measure.tells_of_few(counts)}
    rest = sorted((key for key in cells if key not in found), key=lambda key: measure.number(cells[key]))
    rest = [key for key in rest if measure.number(cells[key])]
    while found and rest and (len(found) < 2 or sum(measure.number(cells[key]) for key in found) < FEW):
        found.add(rest.pop(0))
    return frozenset(found)
