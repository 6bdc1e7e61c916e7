"""The matters behind a figure, for those who may read them: permission is part of the question, as everywhere."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.timezone import localdate

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.rownumbers import row_number
from gongzhi.desks.cockpit.hot import issue_in, line_of
from gongzhi.desks.cockpit.looking import area_of, may_list, own_area, period_of
from gongzhi.desks.cockpit.views import FiguresPage
from gongzhi.desks.official.links import case_url
from gongzhi.desks.official.lists import with_township
from gongzhi.insight.statistics.behind import FIGURES, Asked, behind
from gongzhi.insight.statistics.figures import Area
from gongzhi.insight.statistics.measures import BY_KEY
from gongzhi.kernel.cases.finding import readable
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.models import Unit

SHOWN: Final = 50


class Behind(FiguresPage):
    """The matters that a figure of a county counts, the last registered first, as far as the actor may read them."""

    template_name = "cockpit/behind.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List one page of them."""
        given = self.request.GET
        key = given.get("of", "")
        if key not in FIGURES:
            raise NotPossible("没有这个指标的名单。请从态势页的数字进入。")
        found = list(with_township(self._matters(key))[: SHOWN + 1])
        shown = found[:SHOWN]
        unit, category = row_number(given.get("unit", "")), row_number(given.get("category", ""))
        narrowed = {name: given[name] for name in ("of", "unit", "category") if given.get(name)}
        return super().get_context_data(
            measure=BY_KEY[key],
            narrowed_by=[_unit_name(unit), _category_name(category)],
            rows=_rows(shown),
            next=self.address(after=str(shown[-1].pk), **narrowed) if len(found) > SHOWN else "",
            first=self.address(**narrowed) if given.get("after") else "",
            **kwargs,
        )

    def _matters(self, key: str) -> QuerySet[Case]:
        given = self.request.GET
        area = area_of(self.actor, given.get("area", ""))
        if not may_list(self.actor, area):
            raise NotAllowed("名单按县列出，并且只给有权查看的岗位。请先点到一个县区。")
        _name, period = period_of(given.get("period", ""), localdate(self.now))
        asked = Asked(
            area,
            period,
            self.now,
            unit=row_number(given.get("unit", "")),
            category=row_number(given.get("category", "")),
        )
        cases = behind(key, asked) & readable(self.actor)
        after = row_number(given.get("after", ""))
        return cases.filter(pk__lt=after) if after is not None else cases


class BehindHot(FiguresPage):
    """The matters of a hot issue, the last registered first, as far as the actor may read them."""

    template_name = "cockpit/behind_hot.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them; an issue that was gathered anew since, or lies elsewhere, is not there any more."""
        own = own_area(self.actor)
        issue = issue_in(own, self.kwargs["pk"])
        if issue is None:
            raise NotPossible("这个热点已经重新汇集，或者不在您的辖区。请回到态势页，从现在的列表进入。")
        if not may_list(self.actor, Area(issue.region_code, own.domains)):
            raise NotAllowed("名单只给有权查看的岗位。")
        cases = readable(self.actor).filter(
            pk__in=issue.cases, sealed=False, against_unit=None, against_account=None
        )
        shown = with_township(cases.order_by("-opened_at", "-pk"))[:SHOWN]
        return super().get_context_data(line=line_of(issue, own), rows=_rows(shown), most=SHOWN, **kwargs)


def _rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    return [
        {"case": case, "url": case_url(case), "stage": procedure_of(case).label_of(case.stage)}
        for case in cases
    ]


def _unit_name(number: int | None) -> str:
    name = Unit.objects.filter(pk=number).values_list("name", flat=True).first() if number is not None else ""
    return name or ""


def _category_name(number: int | None) -> str:
    known = catalogue().by_id
    return known[number].shown if number in known else ""
