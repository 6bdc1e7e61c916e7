"""All figures of an area and a period, gathered once for the page, the sheet, the table, the file and the interface."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.timezone import localdate
from django.utils.translation import gettext

from gongzhi.desks.cockpit.drawn import grades_of_cities, parts_of_days
from gongzhi.desks.cockpit.figures_shown import (
    Figure,
    Row,
    apart,
    figure,
    kinds,
    late_units,
    waits_longer,
)
from gongzhi.desks.cockpit.unseen import Places, places_of_days, places_of_now
from gongzhi.insight.statistics.figures import (
    Area,
    Period,
    by_category,
    by_class,
    by_day,
    counted_at,
    late_by_unit,
    open_by_class,
    total,
)
from gongzhi.insight.statistics.measures import (
    BY_KEY,
    LATE,
    MEASURES,
    NOTHING,
    OPEN,
    RESULTS,
    STANDING,
    WAITED,
    Counts,
)

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Overview:
    """What may be shown of an area: nothing in it tells of few.

    `standing`, `waited` and `units` are of what is open, at the moment `counted_at`; all else is of the period.
    """

    area: Area
    period: Period
    waiting: str
    figures: Sequence[Figure]
    results: Sequence[Row]
    kinds: Sequence[Row]
    starts: Sequence[date]
    parts: Sequence[Counts]
    grades: Sequence[tuple[str, Sequence[float]]]
    places: Places
    standing: Sequence[Figure]
    waited: Sequence[Row]
    units: Sequence[Row]
    other_units: int
    counted_at: datetime | None

    @property
    def curve_words(self) -> str:
        """What the curves are; they are summed by the week where days would tell of few."""
        if len(self.starts) > 1 and self.starts[1] - self.starts[0] == WEEK:
            return gettext("蓝线是登记，绿线是办结；每一点是从那天起的一周。")
        return gettext("蓝线是登记，绿线是办结。")


def gather(own: Area, area: Area, period: Period, now: datetime) -> Overview:
    """Add up once for each part of the page."""
    places, days, classes = places_of_days(own, area, period), by_day(area, period), by_class(area, period)
    daily = [days.get(day, NOTHING) for day in period.days]
    is_open = not places.hides(BY_KEY["received"])
    starts, parts = (
        parts_of_days(period, daily) if is_open and not places.hides(BY_KEY["closed"]) else ([], [])
    )
    standing, open_classes = places_of_now(own, area), open_by_class(area)
    late = {} if standing.hides(LATE) else late_by_unit(area)
    units = late_units(late)
    return Overview(
        area=area,
        period=period,
        waiting="" if places.hides(BY_KEY["days"]) else waits_longer(classes),
        figures=_key_figures(own, area, period, places, classes, daily),
        results=apart(RESULTS, classes, is_secret=places.hides(RESULTS[0])),
        kinds=kinds(by_category(area, period), by_category(area, period.before)) if is_open else [],
        starts=starts,
        parts=parts,
        grades=grades_of_cities(places.below, places.unseen["satisfied"])
        if len(area.region_code) < len("410100")
        else [],
        places=places,
        standing=[figure(one, open_classes, None, [], is_secret=standing.hides(one)) for one in STANDING],
        waited=apart(WAITED, open_classes, is_secret=standing.hides(OPEN)),
        units=units,
        other_units=len(late) - len(units),
        counted_at=counted_at(localdate(now)),
    )


def _key_figures(
    own: Area,
    area: Area,
    period: Period,
    places: Places,
    classes: Mapping[str, Counts],
    daily: Sequence[Counts],
) -> list[Figure]:
    before = total(area, period.before)
    earlier = places_of_days(own, area, period.before) if area != own else None
    return [
        figure(
            one,
            classes,
            None if earlier is not None and earlier.hides(one) else before,
            daily,
            is_secret=places.hides(one),
        )
        for one in MEASURES
    ]
