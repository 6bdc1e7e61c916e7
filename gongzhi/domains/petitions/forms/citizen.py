"""What a person fills in: the four steps of a petition, what they add, object to and rate."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.domains.petitions.models import Grade, Kind
from gongzhi.kernel.organisations.categories import categories
from gongzhi.web.forms import ChoiceField, Form, PhoneField, RegionField

KINDS: Final = (
    (Kind.APPEAL.value, _("申诉求决")),
    (Kind.SUGGESTION.value, _("建议意见")),
    (Kind.ACCUSATION.value, _("检举控告")),
)
KIND_HINTS: Final = {
    Kind.APPEAL.value: _("请有权机关解决自己的事；按信访程序办的，受理后六十日内书面答复"),
    Kind.SUGGESTION.value: _("对工作提出办法，研究后答复"),
    Kind.ACCUSATION.value: _("揭发违纪违法；对您的情况保密，不让被检举的人和单位知道"),
}
ORDINARY, CONFIDENTIAL = "ordinary", "confidential"
PRIVACY: Final = ((ORDINARY, _("有权处理的单位知道我是谁")), (CONFIDENTIAL, _("请保密")))
GRADES: Final = (
    (Grade.SATISFIED.value, _("满意")),
    (Grade.FAIRLY_SATISFIED.value, _("基本满意")),
    (Grade.DISSATISFIED.value, _("不满意")),
)
WORDS = forms.Textarea(attrs={"rows": 5})


def broad_categories() -> list[tuple[str, Any]]:
    """The fields by which lists are narrowed and the yearly report counts (信访工作条例 art. 41); none need be chosen."""
    return [("", _("未分类")), *((one.key, one.shown) for one in categories(1))]


class KindForm(Form):
    """Step 1: which of the three classes it is; the office puts right what is ticked wrongly."""

    kind = ChoiceField(label=pgettext_lazy("petition", "类别"), choices=KINDS, hints=KIND_HINTS)


class WhatForm(Form):
    """Step 2: what is demanded, on which facts and for which reasons (信访工作条例 art. 19)."""

    demand = forms.CharField(
        label=_("请求"), help_text=_("您要求怎样解决"), min_length=5, max_length=1000, widget=WORDS
    )
    facts = forms.CharField(
        label=_("事实和理由"),
        help_text=_("时间、地点、经过和依据。不要写身份证号、银行卡号"),
        min_length=10,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    category = forms.ChoiceField(
        label=_("领域"), help_text=_("说不准就不选，由工作人员归类"), required=False, choices=broad_categories
    )
    region = RegionField(help_text=_("事情发生在哪里，至少选到县（市、区）"))
    place = forms.CharField(label=_("具体地点"), max_length=120, required=False)
    complained_of = forms.CharField(
        label=_("反映的单位或人"),
        help_text=_("如果是反映某个单位或工作人员，写下名称。我们对它保密，也不会转给它办理"),
        max_length=120,
        required=False,
    )


class ContactForm(Form):
    """Step 3: who petitions, how the notices reach them, and whether the unit may know."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = PhoneField(help_text=_("接收查询码和各项告知；查进度时要用后四位"))
    privacy = ChoiceField(
        label=_("是否保密"),
        choices=PRIVACY,
        initial=ORDINARY,
        hints={CONFIDENTIAL: _("承办单位不知道您是谁，只有信访部门能联系您")},
    )


class CheckForm(Form):
    """Step 4: the title under which it is kept."""

    title = forms.CharField(label=_("标题"), help_text=_("取自您的请求，可以改"), max_length=60)


class NoteForm(Form):
    """Something to add, or why an opinion is not accepted."""

    note = forms.CharField(label=_("您想说的"), max_length=2000, widget=WORDS)


class ProtectionForm(Form):
    """Who did what, and how the unit above may reach the person."""

    words = forms.CharField(label=_("谁、什么时候、对您做了什么"), max_length=2000, widget=WORDS)
    contact = forms.CharField(
        label=_("怎么找您最安全"),
        help_text=_("例如晚上打儿子的电话；不写的，答复只放在这一页"),
        max_length=120,
        required=False,
    )


class RateForm(Form):
    """How satisfied the person is with the office and with the unit; none is chosen beforehand."""

    grade_office = ChoiceField(label=_("信访部门的登记、转送和告知"), choices=GRADES)
    grade_unit = ChoiceField(label=_("承办单位的办理和答复"), choices=GRADES)
    words = forms.CharField(label=_("还想说的话"), max_length=300, required=False, widget=WORDS)

    @property
    def answers(self) -> dict[str, Any]:
        """The two grades as numbers."""
        given = super().answers
        return {**given, "grade_office": int(given["grade_office"]), "grade_unit": int(given["grade_unit"])}
