"""热点: what many people of an area wrote about lately, from the rows kept by the worker: what, where, since when, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.db.models import Min
from django.utils.timezone import make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.regioncodes import COUNTY, prefix_range
from gongzhi.insight.statistics.figures import Area, Period
from gongzhi.insight.triage.models import GatheredCounty, HotIssue
from gongzhi.kernel.organisations.regions import path_name, region_name

#: How many people wrote is told in bands that begin with these; fewer are not kept.
BANDS: Final = (5, 10, 20, 50, 100)
SHOWN: Final = 10
#: From so much more, or less, than in the week before it has grown or gone back.
GROWN: Final = 1.5
#: On so many days somebody wrote: it lasts. So many messages a writer: it was written again.
LASTS, AGAIN = 3, 1.25


@dataclass(frozen=True, slots=True)
class HotLine:
    """One line of the list; never a person. `tone` is that of how it has grown."""

    pk: int
    title: str
    place: str
    sites: str
    begin: datetime
    people: str
    growth: Any
    tone: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Hot:
    """The issues of an area, the hottest first, and since when that stands (of the county gathered longest ago)."""

    lines: Sequence[HotLine]
    gathered_at: datetime


def hot_issues(area: Area, period: Period) -> Hot | None:
    """Return the issues of an area about which somebody wrote within the period; None where nothing was gathered yet."""
    low, high = prefix_range(area.region_code)
    begin, end = prefix_range(area.region_code[:COUNTY])
    counties = GatheredCounty.objects.filter(
        domain__in=area.domains, region_code__gte=begin, region_code__lt=end
    )
    gathered_at = counties.aggregate(oldest=Min("gathered_at"))["oldest"]
    if gathered_at is None:
        return None
    since = make_aware(datetime.combine(period.first, time.min))
    found = HotIssue.objects.filter(
        domain__in=area.domains, region_code__gte=low, region_code__lt=high, end__gte=since
    )
    return Hot([line_of(one, area) for one in found.order_by("-heat", "pk")[:SHOWN]], gathered_at)


def in_bands(people: int) -> str:
    """Return how many people in words that do not tell the exact number; fewer than the first band are "fewer than"."""
    if people < BANDS[0]:
        return gettext("不到 %(number)s 人") % {"number": BANDS[0]}
    band = max(begin for begin in BANDS if begin <= people)
    if band == BANDS[-1]:
        return gettext("%(number)s 人以上") % {"number": band}
    return gettext("%(first)s 至 %(last)s 人") % {"first": band, "last": BANDS[BANDS.index(band) + 1] - 1}


def issue_in(area: Area, number: int) -> HotIssue | None:
    """Return the issue of this number if it lies in the area."""
    low, high = prefix_range(area.region_code)
    found = HotIssue.objects.filter(domain__in=area.domains, region_code__gte=low, region_code__lt=high)
    return found.filter(pk=number).first()


def line_of(one: HotIssue, area: Area) -> HotLine:
    """Return an issue as it is shown to who looks at an area."""
    place = path_name(one.region_code).removeprefix(path_name(area.region_code)).strip()
    growth, tone = _growth(one)
    return HotLine(
        pk=one.pk,
        title=one.title,
        place=place or region_name(one.region_code),
        sites="、".join(site for site in one.sites if site not in one.title),
        begin=one.begin,
        people=in_bands(one.people),
        growth=growth,
        tone=tone,
        reasons=_reasons(one),
    )


def _growth(one: HotIssue) -> tuple[Any, str]:
    if one.lately and not one.before:
        return _("近 7 天新出现"), "bad"
    if one.lately >= GROWN * one.before:
        return _("比前一周多"), "bad"
    if one.lately * GROWN <= one.before:
        return _("比前一周少"), "ok"
    return _("与前一周相近"), ""


def _reasons(one: HotIssue) -> list[str]:
    """Say why it is hot beside how many wrote: that it lasts, that somebody had to write again."""
    found = [gettext("%(number)s 天里都有人反映") % {"number": one.days}] if one.days >= LASTS else []
    if len(one.cases) >= one.people * AGAIN:
        found.append(gettext("有人不止一次反映"))
    return found
