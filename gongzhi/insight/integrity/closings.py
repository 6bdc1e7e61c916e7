"""Closings heaped up in the last half day before the end of a period (突击办结)."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from gongzhi.insight.integrity.excess import Share, chances, discoveries
from gongzhi.insight.integrity.facts import Closing, Suspicion

CLOSED_JUST_BEFORE_DUE: Final = "closed_just_before_due"
#: Periods in days end at midnight: the last ten hours are the last afternoon.
WINDOW_HOURS: Final = 10.0
#: The same hours of the days before, with which the last are compared.
DAYS_BEFORE: Final = 3
FEWEST_CLOSINGS: Final = 5
TIMES_USUAL: Final = 1.5


def closed_just_before_due(closings: Iterable[Closing]) -> list[Suspicion]:
    """Return the units that answer far more in the last half day of the period than they and their peers would.

    Two questions, both of which must be answered with yes, each against units under the same clock:
    of all answers in time, how many came in the last half day; and of those of the same hours of the last four days, how
    many on the last. The second knows that a slow unit has more answers near the end, without a heap; and that everybody
    works somewhat harder before an end, and less on a Sunday.
    """
    by_period: dict[str, dict[int, list[Closing]]] = defaultdict(lambda: defaultdict(list))
    for one in closings:
        if one.left >= 0:
            by_period[one.period][one.unit].append(one)
    found = []
    for units in by_period.values():
        found += _heaped(units)
    return found


def _heaped(units: dict[int, list[Closing]]) -> list[Suspicion]:
    last = {unit: [one for one in closings if one.left < WINDOW_HOURS] for unit, closings in units.items()}
    of_all = {unit: Share(len(closings), len(last[unit])) for unit, closings in units.items()}
    of_hours = {
        unit: Share(len(last[unit]) + sum(_same_hours(one) for one in closings), len(last[unit]))
        for unit, closings in units.items()
    }
    first, second = chances(of_all), chances(of_hours)
    likely = {unit: max(first[unit][0], second[unit][0]) for unit in first.keys() & second.keys()}
    found = []
    for unit in sorted(discoveries(likely)):
        usual = max(first[unit][1], second[unit][1])
        if len(last[unit]) >= max(FEWEST_CLOSINGS, TIMES_USUAL * usual):
            figures = {"number": of_all[unit].number, "hits": len(last[unit]), "usual": round(usual, 1)}
            cases = tuple(sorted(one.case for one in last[unit]))
            found.append(Suspicion(kind=CLOSED_JUST_BEFORE_DUE, unit=unit, cases=cases, figures=figures))
    return found


def _same_hours(one: Closing) -> bool:
    """Say whether an answer came in the hours of the window on one of the days before the last."""
    day, hours = divmod(one.left, 24)
    return 1 <= day <= DAYS_BEFORE and hours < WINDOW_HOURS
