"""全局搜索: find matters by number, last digits of a phone, words of the title, place and unit, as far as the actor may read them."""

import re
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.links import case_url
from gongzhi.desks.official.lists import with_township
from gongzhi.kernel.access.decide import reach
from gongzhi.kernel.cases.finding import Found, newest_found, readable
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_id_of
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.regions import path_name, search_regions
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS
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
    """Find a matter by its number, the last digits of a phone, words of its title, a place or a unit."""

    template_name = "official/search.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Lead straight to the matter when the number is one; else list what fits."""
        text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        asked, cut_off = Asked(), False
        found: list[Case] = []
        try:
            exact = self._exact(text)
            if exact is None:
                asked = understood(text, self.actor, plain="plain" in request.GET)
            looked = self._found(exact, asked)
            found, cut_off = list(with_township(looked.cases)[:FOUND]), looked.cut_off
            problem = self._problem(text, asked)
        except NotPossible as refusal:
            problem = words_of(refusal)
        if len(found) == 1 and "-" in text and (url := case_url(found[0])):
            return HttpResponseRedirect(url)
        rows = [
            {"case": case, "url": case_url(case), "stage": procedure_of(case).label_of(case.stage)}
            for case in found
        ]
        shown = self.get_context_data(
            words=text, rows=rows, problem=problem, asked=asked, most=FOUND, cut_off=cut_off
        )
        return self.render_to_response(shown)

    def _exact(self, text: str) -> QuerySet[Case] | None:
        """Return the cases with a number or with the last digits of a phone; None when it is neither.

        A sealed matter is not found by a phone: only its number leads to it (GB/T 33358-2016). Nor is any by who must not
        learn who asked; whole phones are looked up where that is written down.
        """
        if text.isascii() and text.isdigit() and len(text) == TAIL:
            asks = reduce(or_, (reach(self.actor, f"{key}.see_requester") for key in DOMAINS))
            return readable(self.actor).filter(asks, opened_by__phone_tail=text, sealed=False)
        if PHONE.fullmatch(text):
            raise NotPossible(
                _("整个电话号码由话务员在「来电登记」里查，每次都留下查看记录；这里可以填后四位。")
            )
        if text[:1].isdigit() and "-" in text.replace("－", "-"):
            return readable(self.actor).filter(pk=case_id_of(text))
        return None

    def _found(self, exact: QuerySet[Case] | None, asked: Asked) -> Found:
        if exact is not None:
            return Found(exact.order_by("-opened_at", "-pk"), cut_off=False)
        if not (asked.words or asked.places or asked.units):
            return Found(Case.objects.none(), cut_off=False)
        return newest_found(
            self.actor,
            words=asked.words,
            places=list(asked.places or asked.around),
            units=list(asked.units),
            most=FOUND,
        )

    def _problem(self, text: str, asked: Asked) -> str:
        if not text:
            return gettext("请在上面的搜索框里输入编号、电话后四位、地点、单位或标题里的词。")
        if asked.short and not asked.words:
            return gettext("一个字太短，找不准。请至少写两个字，例如“路灯”。")
        return gettext("没有找到。请核对编号；也可能不在您的办理范围内。")
