"""Count the facts of a day into the rows that pages add up; a day counted again gives the same rows."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, LiteralString

from django.db import connection, transaction
from django.utils.timezone import localdate

from gongzhi.insight.statistics.declared import naming
from gongzhi.insight.statistics.facts import MATTER_DAYS, matter_days_of, moments_of
from gongzhi.insight.statistics.models import (
    COUNTS,
    AreaCount,
    CountedDay,
    CountyCount,
    DailyCount,
    OpenCount,
    TownshipCount,
)
from gongzhi.kernel.cases.models import Step
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.declare.procedure import SUPERVISE

#: Today is counted anew when the last count is older than this.
FRESH: Final = timedelta(minutes=5)
#: What is written down late, as from a file, is still counted for this many days; for older ones count by hand.
LATE: Final = 3
NAMED_LATELY: Final = timedelta(days=LATE)
AT_ONCE: Final = 20.0  # seconds that a worker gives to days that wait

_SUMS: LiteralString = ", ".join(f"sum({name})" for name in COUNTS)
_COUNT: LiteralString = f"""{MATTER_DAYS}, by_township AS (
    INSERT INTO statistics_townshipcount (day, region_code, urban, domain, {", ".join(COUNTS)})
    SELECT day, township, urban, domain, {_SUMS} FROM matter_days GROUP BY day, township, urban, domain
)
INSERT INTO statistics_dailycount (day, region_code, urban, domain, category_id, {", ".join(COUNTS)})
SELECT day, county, urban, domain, category_id, {_SUMS}
FROM matter_days GROUP BY day, county, urban, domain, category_id
"""

# A matter may name no more than a city or the province: it is in no area narrower than that.
_ADD_UP: LiteralString = f"""
WITH of_counties AS (
    SELECT * FROM statistics_dailycount WHERE day = %(day)s
), by_county AS (
    INSERT INTO statistics_countycount (day, region_code, domain, {", ".join(COUNTS)})
    SELECT day, region_code, domain, {_SUMS} FROM of_counties GROUP BY day, region_code, domain
)
INSERT INTO statistics_areacount (day, region_code, urban, domain, category_id, {", ".join(COUNTS)})
SELECT day, left(region_code, width), urban, domain, category_id, {_SUMS}
FROM of_counties JOIN (VALUES (2), (4)) AS wide (width) ON length(region_code) >= width
GROUP BY day, left(region_code, width), urban, domain, category_id
"""

_COUNT_OPEN: LiteralString = """
INSERT INTO statistics_opencount (region_code, urban, domain, unit_id, days_3, days_7, days_15, days_30, days_60, days_more,
    late, supervised)
SELECT place, urban, domain, unit_id, count(*) FILTER (WHERE days <= 3), count(*) FILTER (WHERE days BETWEEN 4 AND 7),
       count(*) FILTER (WHERE days BETWEEN 8 AND 15), count(*) FILTER (WHERE days BETWEEN 16 AND 30),
       count(*) FILTER (WHERE days BETWEEN 31 AND 60), count(*) FILTER (WHERE days > 60),
       count(*) FILTER (WHERE is_late), count(*) FILTER (WHERE is_supervised)
FROM (
    SELECT left(c.region_code, 9) AS place, COALESCE(r.urban, 'unknown') AS urban, split_part(c.procedure, '.', 1) AS domain,
           c.unit_id, %(day)s - (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS days,
           COALESCE(c.due_at < %(now)s, false) AS is_late, EXISTS (
               SELECT FROM cases_step s WHERE s.case_id = c.id AND s.move = %(supervise)s) AS is_supervised
    FROM cases_case c LEFT JOIN organisations_region r ON r.code = c.region_code
    WHERE c.closed_at IS NULL AND c.parent_id IS NULL AND c.against_unit_id IS NULL AND c.against_account_id IS NULL
      AND (%(named)s <> ALL (c.flags) OR EXISTS (
          SELECT FROM cases_step s WHERE s.case_id = c.id AND s.move = ANY (%(naming)s)))
) open_now GROUP BY place, urban, domain, unit_id
"""

# What is named today was counted on the days before.
_NAMED_SINCE: LiteralString = """
SELECT DISTINCT d.day FROM cases_step n JOIN cases_step s ON s.case_id = n.case_id
JOIN statistics_countedday d ON d.day = (s.at AT TIME ZONE 'Asia/Shanghai')::date
WHERE n.move = ANY (%(naming)s) AND n.at >= %(after)s AND d.counted_at < n.at
"""


@transaction.atomic
def count_day(day: date, now: datetime) -> None:
    """Count one day anew from the facts, with today what is open; two at once count it one after the other."""
    CountedDay.objects.update_or_create(day=day, defaults={"counted_at": now})  # holds the day until the end
    DailyCount.objects.filter(day=day).delete()
    TownshipCount.objects.filter(day=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, matter_days_of(day, day))
    add_up(day)
    if day == localdate(now):
        _count_open(now)


def add_up(day: date) -> None:
    """Add up the rows of a day for what looks at more than one county: cities, the province and their lists of counties."""
    CountyCount.objects.filter(day=day).delete()
    AreaCount.objects.filter(day=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, {"day": day})


def _count_open(now: datetime) -> None:
    """Count what is open now, instead of what was at the last count."""
    given: dict[str, Any] = {
        "day": localdate(now),
        "now": now,
        "supervise": SUPERVISE,
        "naming": naming(),
        "named": NAMES_SOMEBODY,
    }
    OpenCount.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_OPEN, given)


def count_due(now: datetime) -> int:
    """Count the days that wait, the newest first, for some seconds; return how many. A duty of the worker."""
    until, done = time.monotonic() + AT_ONCE, 0
    for day in days_waiting(now):
        count_day(day, now)
        done += 1
        if time.monotonic() > until:
            break
    return done


def count_from(first: date, now: datetime, tell: Callable[[int, int], None]) -> int:
    """Count every day from *first* to today anew; return how many.

    What is forgotten keeps its course, its outcome and its grade, so that old days give the same again.
    """
    days = [first + timedelta(days=number) for number in range((localdate(now) - first).days + 1)]
    for number, day in enumerate(days, start=1):
        count_day(day, now)
        tell(number, len(days))
    return len(days)


def days_waiting(now: datetime) -> Iterator[date]:
    """Yield today when its count is not fresh, then days not counted since they ended, or while they could change.

    Last come the days of matters of which it was registered since whom they complain of.
    """
    first = Step.objects.order_by("pk").values_list("at", flat=True).first()
    if first is None:
        return
    counted = dict(CountedDay.objects.values_list("day", "counted_at"))
    day, today = localdate(now), localdate(now)
    while day >= localdate(first):
        last = counted.get(day)
        settled = moments_of(day)[1] + timedelta(days=LATE)
        pause = FRESH if day == today else timedelta(days=1)
        ended_since = last is not None and last < moments_of(day)[1] <= now
        if last is None or ended_since or (last < settled and now - last >= pause):
            yield day
        day -= timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_SINCE, {"naming": naming(), "after": now - NAMED_LATELY})
        yield from [day for (day,) in cursor.fetchall()]
