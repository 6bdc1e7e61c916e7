"""How units fared with the requests of a period, counted in the database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Actor

#: By these steps an office responds to the person: it has been in touch, tells how far it is, or answers.
RESPONSES = ("respond", "report_progress", "extend", "reply", "approve")
STATUTORY = ("answer", "business")  # the clocks of which overrunning breaks the law
OUTCOMES = ("solved", "explained", "rejected")
GRADES = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the requests of one unit that arrived in a period, from town or from the country.

    `responded` to within the statutory period of the unit; `response_due` are these and those whose period is over.
    """

    unit_id: int
    unit: str
    unit_in_short: str
    urban: str
    received: int
    replied: int
    late: int
    outcomes: tuple[int, int, int]
    grades: tuple[int, int, int, int, int]
    responded: int
    response_due: int


def scores(actor: Actor, start: date, end: date, now: datetime) -> Sequence[Score]:
    """Count the requests registered from *start* to *end*, by unit and kind of place, in one query.

    Late is a reply that overran the statutory period of the unit that is responsible; a paused clock does not.
    """
    authorise(actor, "hotline.see_scorecard")
    begun, ended_before = moments_of(start, end)
    clocks = Deadline.objects.filter(case=OuterRef("pk"), unit_id=OuterRef("unit_id"), clock__in=STATUTORY)
    overrun = clocks.filter(due_at__lt=Coalesce("stopped_at", "paused_at", Value(now)))
    response = Step.objects.filter(
        case_id=OuterRef("case_id"),
        move__in=RESPONSES,
        at__gte=OuterRef("started_at"),
        at__lte=OuterRef("due_at"),
    )
    urban = Region.objects.filter(code=OuterRef("region_code")).values("urban")[:1]
    ended = {outcome: Count("pk", filter=Q(outcome=outcome)) for outcome in OUTCOMES}
    grades = {f"g{grade}": Count("pk", filter=Q(request__grade=grade)) for grade in GRADES}
    cases = Case.objects.filter(
        reach(actor, "hotline.see_scorecard"),
        procedure="hotline.request",
        unit__isnull=False,
        opened_at__gte=begun,
        opened_at__lt=ended_before,
    )
    rows: Any = (
        cases.annotate(
            is_late=Exists(overrun),
            is_responded=Exists(clocks.filter(Exists(response))),
            urban=Subquery(urban),
        )
        .values("unit_id", "unit__name", "unit__short_name", "urban")
        .annotate(
            received=Count("pk"),
            replied=Count("pk", filter=Q(request__replied_at__isnull=False)),
            late=Count("pk", filter=Q(is_late=True)),
            responded=Count("pk", filter=Q(is_responded=True)),
            response_due=Count("pk", filter=Q(is_responded=True) | Q(is_late=True)),
            **ended,
            **grades,
        )
        .order_by("unit__name", "unit_id")
    )
    return [
        Score(
            unit_id=row["unit_id"],
            unit=row["unit__name"],
            unit_in_short=row["unit__short_name"] or row["unit__name"],
            urban=row["urban"] or "unknown",
            received=row["received"],
            replied=row["replied"],
            late=row["late"],
            outcomes=(row["solved"], row["explained"], row["rejected"]),
            grades=(row["g5"], row["g4"], row["g3"], row["g2"], row["g1"]),
            responded=row["responded"],
            response_due=row["response_due"],
        )
        for row in rows
    ]


def returns_of(actor: Actor, unit_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Return how often each unit refused a dispatch among the requests of a period."""
    authorise(actor, "hotline.see_scorecard")
    begun, ended_before = moments_of(start, end)
    cases = Case.objects.filter(
        reach(actor, "hotline.see_scorecard"), opened_at__gte=begun, opened_at__lt=ended_before
    )
    refused = Step.objects.filter(
        move="return",
        unit_id__in=unit_ids,
        case__in=cases,
    )
    return dict(refused.values_list("unit_id").annotate(number=Count("pk")).values_list("unit_id", "number"))


def moments_of(start: date, end: date) -> tuple[datetime, datetime]:
    """Return the first moment of a period of days and the first after it, so that an index bounds the search."""
    first, after = datetime.combine(start, time.min), datetime.combine(end + timedelta(days=1), time.min)
    return make_aware(first), make_aware(after)
