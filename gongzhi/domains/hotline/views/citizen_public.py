"""公开答复 and 回访抽样: what has been answered with the writers' leave, and the draws anybody can check."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongzhi.base.rownumbers import row_number
from gongzhi.domains.hotline.forms.public import PublicFilter
from gongzhi.domains.hotline.queries.answers import answer_for_everybody
from gongzhi.domains.hotline.queries.public import (
    PAGE,
    for_everybody,
    public_request,
    public_requests,
    published_draws,
)
from gongzhi.domains.hotline.views.labels import label_of, place_of
from gongzhi.domains.hotline.views.progress import stand_of
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.organisations.regions import region_name
from gongzhi.kernel.registry.api import procedure as declared
from gongzhi.web.views import NotCopied, Page

DRAWS = 30


class PublicList(Page):
    """Answered requests whose writers agreed to show them, newest first."""

    template_name = "hotline/public.html"
    section = "hotline:public"
    may_lag = True

    @cached_property
    def filter(self) -> PublicFilter:
        """What was asked for; wrong values count as none."""
        return PublicFilter(self.request.GET or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find a page of requests."""
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        category = catalogue().by_key.get(asked.get("category", ""))
        found = public_requests(
            region_code=asked.get("region", ""),
            category_id=category.pk if category else None,
            words=asked.get("q", ""),
            before=self._before(),
        )
        rows = [
            {
                "pk": one.pk,
                "title": for_everybody(one.title),
                "reply": answer_for_everybody(one.reply, one.unit),
                "place": place_of(one.region_code),
                "unit": one.unit.name if one.unit else "",
                "replied_at": one.replied_at,
            }
            for one in found
        ]
        return super().get_context_data(
            form=PublicFilter(initial=self.request.GET.dict()), rows=rows, next=self._next(found), **kwargs
        )

    def _before(self) -> int | None:
        return row_number(self.request.GET.get("before", ""))

    def _next(self, found: Any) -> str:
        if len(found) < PAGE:
            return ""
        kept = {k: v for k, v in self.request.GET.items() if k in {"region", "category", "q"} and v}
        return "?" + urlencode({**kept, "before": found[-1].pk})


class PublicCase(NotCopied, Page):
    """One public request: what was asked and answered, without names and numbers."""

    template_name = "hotline/public_case.html"
    section = "hotline:public"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find it, or say that there is nothing public here."""
        found = public_request(self.kwargs["case_id"])
        if found is None:
            raise Http404
        procedure = declared(found.procedure, found.version)
        stand = stand_of(procedure, found.stage, well=found.is_closed or found.replied_at is not None)
        return super().get_context_data(
            case=found,
            category_label=label_of(found.category),
            title=for_everybody(found.title),
            text=for_everybody(found.text),
            reply=answer_for_everybody(found.reply, found.unit),
            place=place_of(found.region_code),
            replied_at=found.replied_at,
            grade=found.get_grade_display() if found.grade else "",
            progress=stand,
            **kwargs,
        )


class Draws(Page):
    """Call-back samples: the hash of the seed before the draw, the seed after it, and how to check."""

    template_name = "hotline/draws.html"
    section = "hotline:public"
    title = _("回访抽样公示")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest draws; a seed is shown only when the draw has been made."""
        draws = [
            {
                "region": region_name(draw.region_code),
                "replied_from": draw.replied_from,
                "replied_to": draw.replied_to,
                "size": draw.size,
                "announced_at": draw.announced_at,
                "seed_hash": draw.seed_hash,
                "drawn_at": draw.drawn_at,
                "seed": draw.seed if draw.drawn_at else "",
                "population": draw.population,
                "numbers": [case_number(one.number_drawn) for one in draw.published.all()]
                if draw.drawn_at
                else [],
            }
            for draw in published_draws()[:DRAWS]
        ]
        return super().get_context_data(draws=draws, **kwargs)
