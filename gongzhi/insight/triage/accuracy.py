"""How often a suggestion was what people chose, by category, unit, town and country, and month; and whether it has changed.

All of it speaks of suggestions, never of who asked or who chose. Small numbers are hidden, and others for their sake.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from gongzhi.insight.statistics.hiding import covered
from gongzhi.insight.statistics.measures import FEW
from gongzhi.insight.triage.models import Kind, Suggestion

#: So far back the page looks.
LOOK_BACK: Final = timedelta(days=365)
#: The last days are compared with those before them.
LATELY, BEFORE = timedelta(days=30), timedelta(days=90)
#: Each of the two must have so many suggestions; so many standard errors apart they are told of.
FEWEST, APART = 50, 3.0
RIGHT: Final = Q(suggested=F("chosen"))

Suggestions = QuerySet[Suggestion]


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


def tally_of(rows: Suggestions) -> Tally:
    """Count suggestions and those that were chosen."""
    counted = rows.aggregate(number=Count("pk"), right=Count("pk", filter=RIGHT))
    return Tally(counted["number"], counted["right"])


def by_column(rows: Suggestions, column: str) -> list[Row]:
    """Return a row for each value of a column, the most frequent first."""
    found = _tallies(rows, column)
    return _hidden(sorted(((str(key), one) for key, one in found.items()), key=lambda row: -row[1].number))


def by_month(rows: Suggestions) -> list[Row]:
    """Return a row for each month of the choice, the latest first, as 2026-03."""
    found = _tallies(rows.annotate(month=TruncMonth("chosen_at")), "month")
    named = {f"{month:%Y-%m}": tally for month, tally in found.items()}
    return _hidden(sorted(named.items(), reverse=True))


def drift(rows: Suggestions, now: datetime) -> Drift:
    """Compare the last thirty days with the ninety before by the test of two proportions."""
    begin = now - LATELY
    lately = tally_of(rows.filter(chosen_at__gte=begin, chosen_at__lte=now))
    before = tally_of(rows.filter(chosen_at__gte=begin - BEFORE, chosen_at__lt=begin))
    return Drift(lately, before, apart(lately, before))


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


def overridden(replies: Suggestions) -> list[Row]:
    """Return for each point of the check of replies how often it was found, and how often the reply was sent all the same.

    A point that led to a changed reply leaves no row: of those that were sent, all were sent all the same.
    """
    found: Counter[str] = Counter()
    for points, number in replies.exclude(suggested="").values_list("suggested").annotate(n=Count("pk")):
        for point in points.split():
            found[point] += number
    return _hidden((point, Tally(number, number)) for point, number in found.most_common())


def frequent_reasons(replies: Suggestions) -> list[tuple[str, int]]:
    """Return the reasons for sending all the same that were given often enough to tell of, the most frequent first."""
    counted = replies.exclude(reason="").values_list("reason").annotate(n=Count("pk")).filter(n__gte=FEW)
    return list(counted.order_by("-n", "reason")[:20])


def suggestions_of(rows: Suggestions, kind: Kind, now: datetime) -> Suggestions:
    """Return the suggestions of one kind within the time looked back."""
    return rows.filter(kind=kind, chosen_at__gte=now - LOOK_BACK, chosen_at__lte=now)


def _tallies(rows: Suggestions, column: str) -> Mapping[object, Tally]:
    counted = rows.order_by().values_list(column).annotate(n=Count("pk"), r=Count("pk", filter=RIGHT))
    return {key: Tally(number, right) for key, number, right in counted}


def _hidden(rows: Iterable[tuple[str, Tally]]) -> list[Row]:
    """Hide what speaks of few, and as much beside it as it takes, since the sum is shown."""
    listed: Sequence[tuple[str, Tally]] = list(rows)
    numbers = {key: tally.number for key, tally in listed}
    unseen = covered(numbers, [key for key, number in numbers.items() if 0 < number < FEW], [numbers])
    return [Row(key, None if key in unseen else tally) for key, tally in listed]
