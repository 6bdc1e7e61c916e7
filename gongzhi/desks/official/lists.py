"""The inbox's list: filters as written in the address, pages that continue after the last line of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from gongzhi.base.regioncodes import TOWNSHIP, prefix_range
from gongzhi.base.rownumbers import row_number
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import exact_places_told
from gongzhi.kernel.organisations.categories import categories
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.regions import children_of
from gongzhi.kernel.people.actor import Actor

PAGE: Final = 50
BY_DUE, NEWEST = "due", "newest"
CHANNELS: Final = (
    ("web", _("网页")),
    ("phone", _("电话")),
    ("sms", _("短信")),
    ("wechat", _("微信")),
    ("import", _("导入")),
    ("api", _("接口")),
)


class InboxFilter(forms.Form):
    """What to show; a plain GET form, and what it cannot read it leaves out."""

    use_required_attribute = False
    folds = True
    words = forms.CharField(
        label=_("标题含"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "search"})
    )
    channel = forms.ChoiceField(label=_("来源"), required=False, choices=[("", _("全部")), *CHANNELS])
    category = forms.ChoiceField(label=_("类别"), required=False)
    region = forms.ChoiceField(label=_("乡镇街道"), required=False)
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[("", _("剩余时限 短→长")), (NEWEST, _("登记时间 新→旧"))],
    )

    def __init__(self, asked: Mapping[str, Any], *, actor: Actor) -> None:
        super().__init__(asked, label_suffix="", auto_id="filter_%s")
        self.actor = actor
        category = cast(forms.ChoiceField, self.fields["category"])
        region = cast(forms.ChoiceField, self.fields["region"])
        category.choices = [("", _("全部")), *((str(one.pk), one.shown) for one in categories(1))]
        region.choices = [("", _("全部")), *children_of(actor.region_code)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "c-input"

    def chosen(self, name: str) -> str:
        """Return one answer; nothing when it was not given or cannot be."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))

    @property
    def narrows(self) -> bool:
        """Say whether any answer leaves cases out."""
        return any(self.chosen(name) for name in self.fields if name != "sort")

    @property
    def is_set(self) -> bool:
        """Whether anything beside words is asked for; on a phone the fields are then open."""
        return any(self.chosen(name) for name in self.fields if name != "words")

    def narrowed(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """Return the cases that fit every answer."""
        if words := self.chosen("words").strip():
            cases = cases.filter(title__icontains=words)
        if channel := self.chosen("channel"):
            cases = cases.filter(channel=channel)
        if category := self.chosen("category"):
            below = Q(category_id=category) | Q(category__parent_id=category)
            cases = cases.filter(below | Q(category__parent__parent_id=category))
        if region := self.chosen("region"):
            low, high = prefix_range(region)
            told = exact_places_told(self.actor) if len(region) > TOWNSHIP else Q()
            cases = cases.filter(told, region_code__gte=low, region_code__lt=high)
        return cases


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, and the mark after which the next one begins; empty on the last page."""

    cases: list[Case]
    next_mark: str


def page_of(cases: QuerySet[Case], sort: str, mark: str) -> ListPage:
    """Return the lines after *mark*: what is due first, undated last; or the newest first."""
    newest = sort == NEWEST
    cases = cases.order_by("-opened_at", "-pk") if newest else cases.order_by("due_at", "pk")
    after = _read(mark)
    if after is not None:
        cases = cases.filter(_older(*after) if newest else _later(*after))
    found = list(with_township(cases)[: PAGE + 1])
    shown = found[:PAGE]
    more = len(found) > PAGE
    return ListPage(shown, _write(shown[-1], newest) if more else "")


def with_township(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add what a line shows: unit, category and the name of the township, in the same query."""
    township = Region.objects.filter(code=Left(OuterRef("region_code"), 9)).values("name")[:1]
    return cases.select_related("unit", "category").annotate(
        township=Subquery(township, output_field=CharField())
    )


def _later(moment: datetime | None, pk: int) -> Q:
    if moment is None:
        return Q(due_at__isnull=True, pk__gt=pk)
    return Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=pk) | Q(due_at__isnull=True)


def _older(moment: datetime | None, pk: int) -> Q:
    return Q(opened_at__lt=moment) | Q(opened_at=moment, pk__lt=pk) if moment else Q()


def _write(case: Case, newest: bool) -> str:
    moment = case.opened_at if newest else case.due_at
    return f"{moment.isoformat() if moment else ''}~{case.pk}"


def _read(mark: str) -> tuple[datetime | None, int] | None:
    """Read a mark; what was changed on the way counts as none."""
    moment, _tilde, last = mark.partition("~")
    pk = row_number(last)
    if pk is None:
        return None
    try:
        at = datetime.fromisoformat(moment) if moment else None
    except ValueError:
        return None
    return None if at is not None and at.tzinfo is None else (at, pk)
