"""The matters behind a figure: what a count counted, as a question about cases, for those who may read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as of_day
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.db.models.lookups import GreaterThanOrEqual, IsNull, LessThan
from django.utils.timezone import localdate, make_aware

from gongzhi.base.regioncodes import COUNTY, prefix_range
from gongzhi.insight.statistics.declared import answers, naming
from gongzhi.insight.statistics.figures import Area, Period
from gongzhi.insight.statistics.measures import WAITED, band_of
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.declare.procedure import SUPERVISE

#: Keys of cases begin with their county, which bounds what a list reads: county * 10**13 + sequence.
KEYS: Final = 10**13
RESULTS: Final = ("solved", "explained", "rejected")


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which area and days, and at what moment, the matters are asked; `unit` and `category` narrow them."""

    area: Area
    period: Period
    now: datetime
    unit: int | None = None
    category: int | None = None


def behind(measure: str, asked: Asked) -> QuerySet[Case]:
    """Return the matters behind a measure in a county or township, the last registered first.

    Says nothing of who may read them: the caller limits it. Raises KeyError for what is no measure, ValueError for areas
    above a county, whose lists nothing would bound.
    """
    area = asked.area
    if len(area.region_code) < COUNTY:
        raise ValueError("the matters behind a figure are listed in one county")
    low, high = prefix_range(area.region_code)
    county = int(area.region_code[:COUNTY])
    of_domains = Q()
    for domain in area.domains:
        of_domains |= Q(procedure__startswith=f"{domain}.")
    cases = Case.objects.filter(
        of_domains,
        _counted(),
        FIGURES[measure](asked),
        pk__gte=county * KEYS,
        pk__lt=(county + 1) * KEYS,
        region_code__gte=low,
        region_code__lt=high,
    )
    if asked.unit is not None:
        cases = cases.filter(unit_id=asked.unit)
    if asked.category is not None:
        one = Q(category=asked.category) | Q(category__parent=asked.category)
        cases = cases.filter(one | Q(category__parent__parent=asked.category))
    return cases.order_by("-pk")


def _counted() -> Q:
    """Leave out what no count counts: parts of other matters, complaints, and what may yet turn out to be one."""
    named = Exists(Step.objects.filter(case=OuterRef("pk"), move__in=naming()))
    whole = Q(parent=None, against_unit=None, against_account=None)
    return whole & (~Q(flags__contains=[NAMES_SOMEBODY]) | Q(named))


def _moments(asked: Asked) -> tuple[datetime, datetime]:
    """Return the first moment of the period and the first after it."""
    after = asked.period.last + timedelta(days=1)
    return make_aware(datetime.combine(asked.period.first, of_day.min)), make_aware(
        datetime.combine(after, of_day.min)
    )


def _opened(asked: Asked) -> Q:
    begin, end = _moments(asked)
    return Q(opened_at__gte=begin, opened_at__lt=end)


def _closed(asked: Asked) -> Q:
    begin, end = _moments(asked)
    return Q(closed_at__gte=begin, closed_at__lt=end)


def _ended(*outcomes: str) -> Callable[[Asked], Q]:
    return lambda asked: _closed(asked) & Q(outcome__in=outcomes)


def _answered(asked: Asked) -> Q:
    """Say that the first answer falls into the period."""
    begin, end = _moments(asked)
    told = (
        Deadline.objects.annotate(
            how=Concat(F("case__procedure"), Value(":"), F("clock"), Value(":"), F("stopped_by"))
        )
        .filter(case=OuterRef("pk"), how__in=answers(), stopped_at__isnull=False)
        .order_by("stopped_at")
    )
    first = Subquery(
        told.values("stopped_at")[:1]
    )  # asked of one matter after the other, and not of all at once
    return Q(GreaterThanOrEqual(first, begin)) & Q(LessThan(first, end))


def _rated(asked: Asked) -> Q:
    begin, end = _moments(asked)
    graded = Step.objects.filter(case=OuterRef("pk"), at__gte=begin, at__lt=end, answers__has_key="grade")
    return Q(IsNull(Subquery(graded.values("number")[:1]), False))


def _open(_asked: Asked) -> Q:
    return Q(closed_at=None)


def _late(asked: Asked) -> Q:
    return Q(closed_at=None, due_at__lt=asked.now)


def _supervised(_asked: Asked) -> Q:
    found = Step.objects.filter(case=OuterRef("pk"), move=SUPERVISE)
    return Q(closed_at=None) & Q(
        IsNull(Subquery(found.values("number")[:1]), False)
    )  # one open matter after the other


def _waited(name: str) -> Callable[[Asked], Q]:
    def of_band(asked: Asked) -> Q:
        first, last = band_of(name)
        today = localdate(asked.now)
        until = make_aware(datetime.combine(today - timedelta(days=first - 1), of_day.min))
        found = Q(closed_at=None, opened_at__lt=until) if first else Q(closed_at=None)
        if last is None:
            return found
        return found & Q(
            opened_at__gte=make_aware(datetime.combine(today - timedelta(days=last), of_day.min))
        )

    return of_band


#: What ended otherwise has no list: it is so rare that finding it would read the whole county.
FIGURES: Final[Mapping[str, Callable[[Asked], Q]]] = {
    "received": _opened,
    "days": _answered,
    "on_time": _answered,
    "solved": _ended(*RESULTS),
    "satisfied": _rated,
    "closed": _closed,
    "ended_solved": _ended("solved"),
    "ended_explained": _ended("explained"),
    "ended_rejected": _ended("rejected"),
    "open": _open,
    "late": _late,
    "supervised": _supervised,
    **{one.key: _waited(one.key) for one in WAITED},
}
