"""How often a suggestion was what people chose, by category, unit, town and country, and month; and whether it has changed.

Pages add up rows that the worker counts anew every hour, county by county.

All of it speaks of suggestions, never of who asked or who chose. Small numbers are hidden, and others for their sake.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate

from gongzhi.base.regioncodes import CITY, COUNTY, PROVINCE, prefix_range
from gongzhi.insight.statistics.hiding import covered
from gongzhi.insight.statistics.measures import FEW
from gongzhi.insight.triage.models import SuggestionCount

#: So far back the page looks.
LOOK_BACK: Final = timedelta(days=365)
#: The last days are compared with those before them.
LATELY, BEFORE = timedelta(days=30), timedelta(days=90)
#: Each of the two must have so many suggestions; so many standard errors apart they are told of.
FEWEST, APART = 50, 3.0

Counts = QuerySet[SuggestionCount]
By = SuggestionCount.By

_COUNT: Final = """
INSERT INTO triage_suggestioncount (domain, region_code, unit_id, kind, by, key, number, hits)
SELECT split_part(c.procedure, '.', 1), %(county)s, c.unit_id, s.kind, told.by, told.key, count(*), count(*) FILTER (WHERE s.suggested = s.chosen)
FROM triage_suggestion s JOIN cases_case c ON c.id = s.case_id, LATERAL (
    SELECT 'chosen', s.chosen
    UNION ALL SELECT 'urban', s.urban
    UNION ALL SELECT 'month', to_char(s.chosen_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')
    UNION ALL SELECT 'day', to_char(s.chosen_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')
        WHERE s.kind = 'category' AND s.chosen_at > %(lately)s
    UNION ALL SELECT 'point', point FROM regexp_split_to_table(s.suggested, ' ') AS point
        WHERE s.kind = 'reply' AND s.chosen = 'sent' AND point <> ''
    UNION ALL SELECT 'reason', s.reason WHERE s.kind = 'reply' AND s.reason <> ''
) AS told (by, key)
WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.chosen_at > %(since)s AND s.chosen_at <= %(now)s
  AND c.against_unit_id IS NULL AND c.against_account_id IS NULL
GROUP BY split_part(c.procedure, '.', 1), c.unit_id, s.kind, told.by, told.key
HAVING told.by <> 'reason' OR count(*) >= %(few)s
"""

_ADD_UP: Final = """
INSERT INTO triage_suggestioncount (domain, region_code, kind, by, key, number, hits)
SELECT domain, %(area)s, kind, by, key, sum(number), sum(hits) FROM triage_suggestioncount
WHERE region_code >= %(low)s AND region_code < %(high)s AND length(region_code) = %(digits)s
GROUP BY domain, kind, by, key
"""
#: Two workers that count counties of one city add it up one after the other.
_ONE_BY_ONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('suggestions counted', 0))"


def count_suggestions(county: str, now: datetime) -> None:
    """Count the suggestions of the last year on a county's matters of every domain anew, and add up its city and province.

    Belongs at the end of a transaction: others wait for that.
    """
    low, high = prefix_range(county)
    SuggestionCount.objects.filter(region_code=county).delete()
    given: dict[str, Any] = {
        "county": county,
        "low": low,
        "high": high,
        "few": FEW,
        "now": now,
    }
    times = {"since": now - LOOK_BACK, "lately": now - LATELY - BEFORE - timedelta(days=1)}
    with connection.cursor() as cursor:
        cursor.execute(_ONE_BY_ONE)
        cursor.execute(_COUNT, given | times)
    _add_up(county[:CITY], COUNTY)
    _add_up(county[:PROVINCE], CITY)


def _add_up(area: str, digits: int) -> None:
    """Add up the rows of an area from those of the areas within it, whose codes have so many digits."""
    low, high = prefix_range(area)
    SuggestionCount.objects.filter(region_code=area).delete()
    given: dict[str, Any] = {"area": area, "low": low, "high": high, "digits": digits}
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP, given)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many suggestions there were, and how many of them were chosen."""

    number: int
    right: int

    @property
    def share(self) -> float | None:
        """The share that was chosen, 0 to 1; None of nothing."""
        return self.right / self.number if self.number else None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is of, and its tally; None where it is hidden because it speaks of few."""

    key: str
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Drift:
    """The last thirty days beside the ninety before; `z` in standard errors, None where there is too little to say."""

    lately: Tally
    before: Tally
    z: float | None

    @property
    def is_alarm(self) -> bool:
        """Whether the suggestions have become better or worse than chance explains."""
        return self.z is not None and abs(self.z) > APART


def tally_of(rows: Counts) -> Tally:
    """Add up suggestions and those that were chosen."""
    return _sum(rows.filter(by=By.URBAN))


def by_column(rows: Counts, by: By) -> list[Row]:
    """Return a row for each thing told apart, the most frequent first; of months the latest, as 2026-03."""
    found = [(key, Tally(number, hits)) for key, number, hits in _sums(rows, by)]
    if by == By.MONTH:
        return _hidden(sorted(found, reverse=True))
    return _hidden(sorted(found, key=lambda row: (-row[1].number, row[0])))


def drift(rows: Counts, now: datetime) -> Drift:
    """Compare the last thirty days with the ninety before by the test of two proportions."""
    end = localdate(now)
    begin = end - LATELY
    lately = _of_days(rows, begin + timedelta(days=1), end)
    before = _of_days(rows, begin - BEFORE, begin)
    return Drift(lately, before, apart(lately, before))


def _of_days(rows: Counts, first: date, last: date) -> Tally:
    return _sum(rows.filter(by=By.DAY, key__gte=first.isoformat(), key__lte=last.isoformat()))


def _sum(rows: Counts) -> Tally:
    added = rows.aggregate(number=Sum("number", default=0), hits=Sum("hits", default=0))
    return Tally(added["number"], added["hits"])


def _sums(rows: Counts, by: By) -> list[tuple[str, int, int]]:
    told = rows.filter(by=by).order_by().values_list("key")
    return list(told.annotate(Sum("number"), Sum("hits")))


def apart(lately: Tally, before: Tally) -> float | None:
    """Return how many standard errors the two shares lie apart, negative when it has become worse.

    z = (p1 - p2) / sqrt(p (1 - p) (1/n1 + 1/n2)) with p the share of both together. None where one of them has fewer than
    `FEWEST`; 0 where all were right or none.
    """
    if min(lately.number, before.number) < FEWEST:
        return None
    both = (lately.right + before.right) / (lately.number + before.number)
    error = sqrt(both * (1 - both) * (1 / lately.number + 1 / before.number))
    return (lately.right / lately.number - before.right / before.number) / error if error else 0.0


def overridden(replies: Counts) -> list[Row]:
    """Return for each point of the check of replies how often the reply was sent all the same, the most frequent first.

    A point that led to a changed reply leaves no row.
    """
    return by_column(replies, By.POINT)


def frequent_reasons(replies: Counts) -> list[tuple[str, int]]:
    """Return the reasons for sending all the same that were given often enough to tell of, the most frequent first."""
    found = [(reason, number) for reason, number, _ in _sums(replies, By.REASON)]
    return sorted(found, key=lambda row: (-row[1], row[0]))[:20]


def _hidden(rows: Iterable[tuple[str, Tally]]) -> list[Row]:
    """Hide what speaks of few, and as much beside it as it takes, since the sum is shown."""
    listed: Sequence[tuple[str, Tally]] = list(rows)
    numbers = {key: tally.number for key, tally in listed}
    unseen = covered(numbers, [key for key, number in numbers.items() if 0 < number < FEW], [numbers])
    return [Row(key, None if key in unseen else tally) for key, tally in listed]
