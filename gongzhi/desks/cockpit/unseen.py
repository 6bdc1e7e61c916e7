"""What is not shown of the places in the reader's area, whichever page one comes from, and the counts of these places.

What the reader's own area leaves out of its lists is left out on the pages of the places in it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongzhi.base.regioncodes import COUNTY, TOWNSHIP
from gongzhi.insight.statistics.figures import Area, Period, by_place, open_by_place
from gongzhi.insight.statistics.hiding import hidden, hidden_places
from gongzhi.insight.statistics.measures import (
    BY_KEY,
    LATE,
    MEASURES,
    OPEN,
    RESULTS,
    SUPERVISED,
    WAITED,
    Counts,
    Measure,
)

#: Measures that are shown with others which add up to them: a place leaves out all of them or none.
DAYS_TOGETHER: Final = (*((one,) for one in MEASURES), (BY_KEY["closed"], *RESULTS))
NOW_TOGETHER: Final = ((LATE,), (SUPERVISED,), (OPEN, *WAITED))


@dataclass(frozen=True, slots=True)
class Places:
    """The counties of the reader's own area, the townships of the county looked at, and what is not shown of them."""

    area: Area
    counties: Mapping[str, Counts]
    townships: Mapping[str, Counts]
    unseen: Mapping[str, frozenset[str]]
    unseen_townships: Mapping[str, frozenset[str]]

    @property
    def below(self) -> dict[str, Counts]:
        """The places in the area looked at: counties, or the townships of a county."""
        code = self.area.region_code
        if len(code) >= COUNTY:
            return dict(self.townships) if len(code) == COUNTY else {}
        return {key: counts for key, counts in self.counties.items() if key.startswith(code)}

    def hidden_below(self, measure: Measure) -> frozenset[str]:
        """Return those of the places below that are not shown of a measure."""
        inside = len(self.area.region_code) >= COUNTY
        return (self.unseen_townships if inside else self.unseen)[measure.key]

    def hides(self, measure: Measure) -> bool:
        """Say whether the area looked at itself is not shown of a measure."""
        code = self.area.region_code
        return code in (self.unseen if len(code) <= COUNTY else self.unseen_townships)[measure.key]


def places_of_days(own: Area, area: Area, period: Period) -> Places:
    """Return the places with what happened there in a period."""
    counties = by_place(own, period, COUNTY) if len(own.region_code) < COUNTY else {}
    around = _county(own, area)
    townships = by_place(around, period, TOWNSHIP) if around else {}
    return _places(own, area, counties, townships, DAYS_TOGETHER)


def places_of_now(own: Area, area: Area) -> Places:
    """Return the places with what is open there now."""
    counties = open_by_place(own, COUNTY) if len(own.region_code) < COUNTY else {}
    around = _county(own, area)
    townships = open_by_place(around, TOWNSHIP) if around else {}
    return _places(own, area, counties, townships, NOW_TOGETHER)


def _county(own: Area, area: Area) -> Area | None:
    """Return the county looked at, or in which the township looked at lies; None for who has a township alone."""
    if len(area.region_code) < COUNTY or len(own.region_code) > COUNTY:
        return None
    return Area(area.region_code[:COUNTY], area.domains)


def _places(
    own: Area,
    area: Area,
    counties: Mapping[str, Counts],
    townships: Mapping[str, Counts],
    together: Sequence[tuple[Measure, ...]],
) -> Places:
    unseen: dict[str, frozenset[str]] = {}
    inside: dict[str, frozenset[str]] = {}
    for group in together:
        here = frozenset[str]().union(*(hidden_places(counties, one, own.region_code) for one in group))
        below = frozenset[str]().union(*(hidden(townships, one) for one in group))
        if area.region_code[:COUNTY] in here:
            below = frozenset(townships)
        for one in group:
            unseen[one.key] = unseen.get(one.key, frozenset()) | here
            inside[one.key] = inside.get(one.key, frozenset()) | below
    return Places(area, counties, townships, unseen, inside)
