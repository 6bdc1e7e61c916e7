"""What officials fill in for each step, and what is written down in the reception room."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.domains.petitions.forms.citizen import (
    CONFIDENTIAL,
    KIND_HINTS,
    KINDS,
    ORDINARY,
    PRIVACY,
    WORDS,
    broad_categories,
)
from gongzhi.domains.petitions.models import Channel, TakeUp
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.web.accounts.moveforms import MoveForm, NoteForm, ReasonForm
from gongzhi.web.forms import ChoiceField, Form, RegionField
from gongzhi.web.paperforms import FormNumberField
from gongzhi.web.reached import ReachedForm
from gongzhi.web.widgets import Chips

#: The three outcomes of an opinion (信访工作条例 art. 32).
OUTCOMES = {
    Outcome.SOLVED: _("请求事实清楚，符合规定，予以支持"),
    Outcome.EXPLAINED: _("请求合理但缺乏依据，作出解释"),
    Outcome.REJECTED: _("请求缺乏事实根据或不符合规定，不予支持"),
}
CHANNELS = (
    (Channel.VISIT.value, _("来访")),
    (Channel.LETTER.value, _("来信")),
    (Channel.CALL.value, _("来电")),
)


def _unit() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("单位"), coerce=int, choices=())


class UrgentForm(NoteForm):
    """What is major or urgent, and who outside the platform was told of it and when (art. 25)."""

    told = forms.CharField(
        label=_("平台外已报告的机关、时间和方式"),
        help_text=_(
            "本级党委政府、联席会议办公室、上一级信访部门、国家信访局；平台内的上级和主管单位提交时自动通知"
        ),
        max_length=1000,
        widget=WORDS,
    )


class SendForm(MoveForm):
    """Which unit is competent, and what it should know."""

    unit_id = _unit()
    note = forms.CharField(label=_("转办说明"), max_length=500, required=False, widget=WORDS)


class AssignForm(SendForm):
    """The day until which the unit reports back."""

    report_by = forms.DateField(label=_("报结日期"), widget=forms.DateInput(attrs={"type": "date"}))


class PassForm(MoveForm):
    """Which body has authority over whom the accusation names."""

    unit_id = _unit()


class SettleForm(NoteForm):
    """Which unit the common superior names, and why."""

    unit_id = _unit()


class RefuseForm(ReasonForm):
    """Why it is not accepted, and which matter is live, or which unit decides."""

    live_id = forms.TypedChoiceField(
        label=_("正在办理的同一事项"), coerce=int, required=False, empty_value=None, choices=()
    )
    competent_id = forms.TypedChoiceField(
        label=_("有权处理的机关、单位"),
        help_text=_("走访级别不符时选，级别由系统核对"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=(),
    )
    field_order = ("reason", "live_id", "competent_id", "note")  # type: ignore[assignment]


class ClassifyForm(MoveForm):
    """The class it belongs to."""

    kind = ChoiceField(label=pgettext_lazy("petition", "类别"), choices=KINDS, hints=KIND_HINTS)


class InviteForm(MoveForm):
    """The other competent units."""

    units = forms.TypedMultipleChoiceField(
        label=_("其他有权处理的单位"), coerce=int, choices=(), widget=Chips
    )
    note = forms.CharField(label=_("请它们做什么"), max_length=500, required=False, widget=WORDS)


class OpinionForm(MoveForm):
    """What an opinion must hold (信访工作条例 art. 32)."""

    outcome = ChoiceField(label=_("结论"), choices=())
    facts = forms.CharField(label=_("查明的事实和理由"), max_length=5000, widget=WORDS)
    decision = forms.CharField(label=_("处理意见"), max_length=5000, widget=WORDS)
    basis = forms.CharField(label=_("法律、法规、规章和政策依据"), max_length=1000, widget=WORDS)


class TakeUpForm(NoteForm):
    """The answer to a recommendation, and whether it is taken up."""

    take_up = ChoiceField(label=_("采纳情况"), choices=TakeUp.choices)
    field_order = ("take_up", "note")


class AnswerProtectionForm(Form):
    """What was done to protect the person."""

    answer = forms.CharField(label=_("采取了什么保护措施"), max_length=2000, widget=WORDS)


class OpennessForm(Form):
    """What a unit makes public about petitions (信访工作条例 art. 18)."""

    address = forms.CharField(label=_("通信地址"), max_length=120)
    phone = forms.CharField(label=_("咨询投诉电话"), max_length=30)
    place = forms.CharField(label=_("信访接待地点"), max_length=120)
    hours = forms.CharField(label=_("信访接待时间"), max_length=120)
    web = forms.CharField(
        label=_("网络渠道"), help_text=_("本平台以外的；没有的不填"), max_length=120, required=False
    )


class ReceptionForm(ReachedForm):
    """What is written down faithfully for somebody who comes, writes or calls (信访工作条例 art. 19)."""

    wide: ClassVar = frozenset({"channel", "kind", "demand", "facts", "region", "privacy", "read_back"})
    field_order = ("channel", "name", "phone", "address")
    channel = ChoiceField(label=_("怎么来的"), choices=CHANNELS, initial=Channel.VISIT.value)
    name = forms.CharField(label=_("信访人姓名"), max_length=40)
    people = forms.IntegerField(label=_("一共来了几人"), min_value=1, max_value=500, initial=1)
    representatives = forms.CharField(
        label=_("代表姓名（每行一人，不超过五名）"), required=False, max_length=600, widget=WORDS
    )
    joint = forms.CharField(
        label=_("其他共同信访人（每行一人）"), required=False, max_length=6000, widget=WORDS
    )
    kind = ChoiceField(label=pgettext_lazy("petition", "类别"), choices=KINDS, hints=KIND_HINTS)
    category = forms.ChoiceField(label=_("领域"), required=False, choices=broad_categories)
    title = forms.CharField(label=_("标题"), max_length=60)
    demand = forms.CharField(label=_("请求（如实记录）"), max_length=1000, widget=WORDS)
    facts = forms.CharField(label=_("事实和理由（如实记录）"), max_length=3000, required=False, widget=WORDS)
    region = RegionField()
    place = forms.CharField(label=_("具体地点"), max_length=120, required=False)
    complained_of = forms.CharField(label=_("反映的单位或人"), max_length=120, required=False)
    privacy = ChoiceField(label=_("是否保密"), choices=PRIVACY, initial=ORDINARY)
    read_back = forms.BooleanField(label=_("已向信访人宣读，本人确认无误"))
    form_number = FormNumberField()

    @property
    def answers(self) -> dict[str, Any]:
        """What the use case takes: names one to a line, the region by its code."""
        given = dict(super().answers)
        given.pop("read_back")
        given["confidential"] = given.pop("privacy") == CONFIDENTIAL
        given["region_code"] = given.pop("region")
        for name in ("representatives", "joint"):
            given[name] = tuple(line.strip() for line in given[name].splitlines() if line.strip())
        return given
