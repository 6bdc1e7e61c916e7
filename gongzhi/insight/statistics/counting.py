"""Count the facts of a day into the rows that pages add up; a day counted again gives the same rows."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, LiteralString

from django.db import connection, transaction
from django.utils.timezone import localdate

from gongzhi.insight.statistics.facts import MATTER_DAYS, matter_days_of, moments_of, naming_moves
from gongzhi.insight.statistics.models import COUNTS, CountedDay, DailyCount
from gongzhi.kernel.cases.models import Step

#: Today is counted anew when the last count is older than this.
FRESH: Final = timedelta(minutes=5)
#: What is written down late, as from a file, is still counted for this many days; for older ones count by hand.
LATE: Final = 3
NAMED_LATELY: Final = timedelta(days=LATE)
AT_ONCE: Final = 20.0  # seconds that a worker gives to days that wait

_COUNT: LiteralString = f"""{MATTER_DAYS}
INSERT INTO statistics_dailycount (day, region_code, urban, domain, category_id, {", ".join(COUNTS)})
SELECT day, county, urban, domain, category_id, {", ".join(f"sum({name})" for name in COUNTS)}
FROM matter_days GROUP BY day, county, urban, domain, category_id
"""

# What is named today was counted on the days before.
_NAMED_SINCE: LiteralString = """
SELECT DISTINCT d.day FROM cases_step n JOIN cases_step s ON s.case_id = n.case_id
JOIN statistics_countedday d ON d.day = (s.at AT TIME ZONE 'Asia/Shanghai')::date
WHERE n.move = ANY (%(naming)s) AND n.at >= %(after)s AND d.counted_at < n.at
"""


@transaction.atomic
def count_day(day: date, now: datetime) -> None:
    """Count one day anew from the facts; two at once count it one after the other."""
    CountedDay.objects.update_or_create(day=day, defaults={"counted_at": now})  # holds the day until the end
    DailyCount.objects.filter(day=day).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, matter_days_of(day, day))


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
        cursor.execute(_NAMED_SINCE, {"naming": naming_moves(), "after": now - NAMED_LATELY})
        yield from [day for (day,) in cursor.fetchall()]
