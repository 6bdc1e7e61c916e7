"""全局搜索: find matters by number, phone, words of the title, place and unit, as far as the actor may read them."""

import re
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.links import case_url
from gongzhi.desks.official.work import with_township
from gongzhi.kernel.cases.finding import newest_found, readable
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_id_of
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.regions import path_name, search_regions
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.persons import persons_with_phone
from gongzhi.web.accounts.access import StaffPage
from gongzhi.web.errors import words_of

FOUND: Final = 20
SHORTEST: Final = 2
SEVERAL: Final = 10
TAIL: Final = 4
PHONE: Final = re.compile(r"\+?[0-9]{7,14}", re.ASCII)
#: What may be left off a place's name: 城关 finds 城关镇, 杨木凹村 finds 杨木凹村民委员会, 建设 does not find 建设路街道.
LEFT_OFF: Final = re.compile(
    r"(省|市|县|区|镇|乡|街道|村|社区)?(办事处|村民委员会|居民委员会|民委员会|村委会|居委会)?"
)
OF_UNITS: Final = "局委办院所站队中心厅会司"


@dataclass
class Asked:
    """What the words of a search were understood as."""

    words: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)

    @property
    def around(self) -> set[str]:
        """Where the units are: what they have arose there."""
        return {unit.region_id for unit in self.units.values()}


def understood(text: str, actor: Actor, *, plain: bool) -> Asked:
    """Tell places and units of the actor's area from words of the title; *plain* takes all for words."""
    asked = Asked()
    for word in dict.fromkeys(text.split()):
        if not plain and (places := _places(word, actor)):
            asked.places |= places
        elif not plain and (units := _units(word, actor)):
            asked.units |= units
        elif len(word) < SHORTEST:
            asked.short.append(word)
        else:
            asked.words.append(word)
    return asked


def _places(word: str, actor: Actor) -> dict[str, str]:
    if len(word) < SHORTEST:
        return {}
    found = search_regions(word, within=actor.region_code, limit=SEVERAL)
    return {one.code: path_name(one.code) for one in found if LEFT_OFF.fullmatch(one.name[len(word) :])}


def _units(word: str, actor: Actor) -> dict[int, Unit]:
    """Return the units of the area that are called so, in full or by the end of their name."""
    called = Q(name=word) | Q(short_name=word)
    if len(word) > SHORTEST and word[-1] in OF_UNITS:
        called |= Q(name__endswith=word)
    found = Unit.objects.filter(called, region__code__startswith=actor.region_code, valid_to__isnull=True)
    return {one.pk: one for one in found[:SEVERAL]}


class Search(StaffPage):
    """Find a matter by its number, a phone, words of its title, a place or a unit."""

    template_name = "official/search.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Lead straight to the matter when the number is one; else list what fits."""
        text = request.GET.get("q", "").strip()[:100]
        asked = Asked()
        try:
            narrowed = self._exact(text)
            if narrowed is None:
                asked = understood(text, self.actor, plain="plain" in request.GET)
            found = self._found(narrowed, asked)
            problem = self._problem(text, asked)
        except NotPossible as refusal:
            found, problem = [], words_of(refusal)
        if len(found) == 1 and "-" in text and (url := case_url(found[0])):
            return HttpResponseRedirect(url)
        rows = [
            {"case": case, "url": case_url(case), "stage": procedure_of(case).label_of(case.stage)}
            for case in found
        ]
        shown = self.get_context_data(words=text, rows=rows, problem=problem, asked=asked, most=FOUND)
        return self.render_to_response(shown)

    def _exact(self, text: str) -> Q | None:
        """Return the filter for a number or a phone; None when it is neither.

        A sealed matter is not found by a phone: only its number leads to it (GB/T 33358-2016).
        """
        if text.isascii() and text.isdigit() and len(text) == TAIL:
            return Q(opened_by__phone_tail=text, sealed=False)
        if PHONE.fullmatch(text):
            return Q(opened_by_id__in=persons_with_phone(text), sealed=False)
        if text[:1].isdigit() and "-" in text.replace("－", "-"):
            return Q(pk=case_id_of(text))
        return None

    def _found(self, exact: Q | None, asked: Asked) -> list[Case]:
        if exact is not None:
            return list(
                with_township(readable(self.actor).filter(exact).order_by("-opened_at", "-pk"))[:FOUND]
            )
        if not (asked.words or asked.places or asked.units):
            return []
        return list(
            with_township(
                newest_found(
                    self.actor,
                    words=asked.words,
                    places=list(asked.places or asked.around),
                    units=list(asked.units),
                    most=FOUND,
                )
            )
        )

    def _problem(self, text: str, asked: Asked) -> str:
        if not text:
            return gettext("请在上面的搜索框里输入编号、电话、地点、单位或标题里的词。")
        if asked.short and not asked.words:
            return gettext("一个字太短，找不准。请至少写两个字，例如“路灯”。")
        return gettext("没有找到。请核对编号；也可能不在您的办理范围内。")
