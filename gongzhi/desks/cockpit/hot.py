"""热点: the place in the cockpit where the kinds of matters stand that grow in an area, found by an analysis elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from gongzhi.insight.statistics.figures import Area, Period
from gongzhi.insight.statistics.measures import FEW


@dataclass(frozen=True, slots=True)
class HotIssue:
    """A kind of matter that grows in a place: what, where, how many, and by what rule it was noticed. Never a person."""

    words: str
    place: str
    number: int
    noticed_by: str


Source = Callable[[Area, Period], Sequence[HotIssue]]
#: Who finds hot issues; an analysis adds itself when the platform starts. Without one the page says so.
SOURCES: Final[list[Source]] = []


def hot_issues(area: Area, period: Period) -> list[HotIssue] | None:
    """Return what every source has found, the most first; None where there is no source yet. Few are not told of."""
    if not SOURCES:
        return None
    found = [issue for source in SOURCES for issue in source(area, period) if issue.number >= FEW]
    return sorted(found, key=lambda issue: -issue.number)
