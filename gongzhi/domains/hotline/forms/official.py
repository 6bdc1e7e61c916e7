"""What officials fill in for each step of a request, and what a call-taker writes down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.paperforms import read_form_number
from gongzhi.domains.hotline.forms.citizen import KINDS
from gongzhi.kernel.declare.clock import Reason
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.kernel.organisations.categories import categories, suggested
from gongzhi.kernel.organisations.models import Unit
from gongzhi.web.forms import (
    ChoiceField,
    Form,
    PhoneField,
    RatingField,
    ReasonedForm,
    RegionField,
)
from gongzhi.web.widgets import Chips

OUTCOMES = {
    Outcome.SOLVED: (_("已解决"), _("事情办成了，群众可以核对")),
    Outcome.EXPLAINED: (_("已解释"), _("没有依据或目前办不了，说清原因；不计入解决")),
    Outcome.REJECTED: (_("不予支持"), _("诉求不成立，说明理由和救济途径；不计入解决")),
}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen in the step that is being made."""

    units: Sequence[Unit] = ()
    any_units: Sequence[Unit] = ()
    reasons: Sequence[Reason] = ()
    outcomes: Sequence[Outcome] = ()
    same: Sequence[tuple[int, str]] = ()
    categories: Sequence[tuple[Any, Any]] = ()


class MoveForm(Form):
    """The form of one step; fields named unit_id, units, reason, route and outcome get their choices from the step."""

    needs_units: ClassVar[bool] = False
    needs_any_unit: ClassVar[bool] = False

    def __init__(self, *args: Any, choices: Choices | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = choices or Choices()
        units = [(unit.pk, unit.name) for unit in choices.units]
        reasons = [(reason.key, reason.label) for reason in choices.reasons]
        outcomes = [
            (outcome.value, OUTCOMES[outcome][0]) for outcome in choices.outcomes if outcome in OUTCOMES
        ]
        offered: dict[str, Sequence[Any]] = {
            "unit_id": [("", _("请选择单位")), *units],
            "against_unit_id": [("", _("没有或不清楚")), *((one.pk, one.name) for one in choices.any_units)],
            "units": units,
            "reason": reasons,
            "route": reasons,
            "outcome": outcomes,
            "also": choices.same,
            "category": choices.categories,
        }
        for name in offered.keys() & self.fields.keys():
            cast(forms.ChoiceField, self.fields[name]).choices = offered[name]
        if not choices.same:
            self.fields.pop("also", None)
        if not choices.categories:
            self.fields.pop("category", None)


def _note(label: Any, help_text: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=area, **more)


def _unit() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("承办单位"), coerce=int)


def _why_public() -> forms.CharField:
    """Ask why a published answer may tell of persons; left empty in all but few cases."""
    help_text = _("一般不填。答复公开时，只有确需写出姓名、电话、住址的才填")
    return forms.CharField(label=_("公开个人信息的理由"), help_text=help_text, max_length=200, required=False)


class SureForm(MoveForm):
    """Nothing but the button."""


class NameForm(MoveForm):
    """Whom a matter complains of."""

    needs_any_unit = True
    against_unit_id = forms.TypedChoiceField(
        label=_("被反映的单位"),
        help_text=_("保存后，这个单位和它的下属单位都看不到这件事；如果是您自己的单位或上级，您也不再看到"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    official = forms.CharField(
        label=_("被反映的工作人员"),
        help_text=_("姓名或用户名。本人看不到这件事；如果是单位负责人，他的单位和下属单位也看不到"),
        max_length=80,
        required=False,
    )
    nobody = forms.BooleanField(
        label=_("反映的不是本系统的单位或工作人员"), help_text=_("例如商家、物业、邻居"), required=False
    )


class DispatchForm(MoveForm):
    """Which unit handles it."""

    needs_units = True
    category = forms.ChoiceField(
        label=_("事项类别"), help_text=_("第一项是登记时的类别；不合适就改选"), required=False
    )
    unit_id = _unit()
    note = _note(_("给承办单位的话"), rows=3, required=False)


class AssignForm(MoveForm):
    """Which unit handles it, and why: two units are at odds, or an answer was not enough."""

    needs_units = True
    unit_id = _unit()
    note = _note(_("理由"), _("承办单位和反映人都会看到"))


class AnswerForm(ReasonedForm, MoveForm):
    """The official answer and what it amounts to."""

    outcome = ChoiceField(
        label=_("办理结果"), hints={outcome.value: words[1] for outcome, words in OUTCOMES.items()}
    )
    reply = _note(
        _("答复"), _("写给反映人看：称呼对方，写明查到了什么、做了什么、依据和时间，留下联系电话"), rows=8
    )
    public_because = _why_public()
    also = forms.TypedMultipleChoiceField(
        label=_("一并答复本单位关联的诉求"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class DivertForm(MoveForm):
    """Where the matter belongs instead."""

    route = ChoiceField(label=_("正确途径"))
    note = _note(_("告知内容"), _("写明去哪里、找谁、带什么"))
    public_because = _why_public()


class ReturnForm(MoveForm):
    """Why a dispatch is refused."""

    reason = ChoiceField(label=_("退回理由"))
    note = _note(_("说明"), _("写明依据，以及您认为应由哪个单位办理"))


class NoteForm(MoveForm):
    """A note that is kept with the step."""

    note = _note(_("说明"))


class ProgressForm(MoveForm):
    """What the person is told meanwhile."""

    note = _note(_("告知反映人"), _("写明进展、措施和预计日期（安阳市政务服务条例第五十条）"))


class InviteForm(MoveForm):
    """Which units help, and with what."""

    needs_units = True
    units = forms.TypedMultipleChoiceField(label=_("协办单位"), coerce=int, widget=Chips)
    note = _note(_("请他们做什么"), rows=3)


class CallBackForm(MoveForm):
    """What the person said on the phone."""

    grade = RatingField()
    words = _note(_("反映人原话"), rows=3, required=False)


class LinkForm(Form):
    """The earlier request about the same matter."""

    main = forms.CharField(label=_("主件编号"), help_text=_("形如 410523-0001234"), max_length=30)


class CallForm(ReasonedForm):
    """What a call-taker writes down while listening."""

    phone = PhoneField(label=_("来电号码"))
    name = forms.CharField(label=_("称呼"), max_length=40)
    kind = forms.ChoiceField(label=_("诉求类型"), choices=KINDS, initial="help")
    text = _note(_("诉求内容"), rows=6, min_length=5)
    category = forms.ChoiceField(label=_("事项类别"))
    region = RegionField()
    place = forms.CharField(label=_("具体地点"), max_length=120, required=False)
    complained_of = forms.CharField(
        label=_("反映的单位或人"),
        max_length=120,
        required=False,
        help_text=_("反映单位或工作人员的，写下来；派发前先登记，不会转给被反映的一方"),
    )
    title = forms.CharField(label=_("标题"), max_length=60, required=False, help_text=_("不填则取第一句"))
    confidential = forms.BooleanField(label=_("保密工单：承办单位看不到反映人"), required=False)
    form_number = forms.CharField(
        label=_("登记表编号"),
        help_text=_("录入纸质登记表的，填右上角的编号；扫码打开的已经填好"),
        max_length=20,
        required=False,
    )
    as_petition = forms.BooleanField(label=_("来电人要信访：登记后转信访部门，不用再写一遍"), required=False)
    reply = _note(
        _("当场答复"),
        _("能当场答复的写在这里，不再派单（安阳市政务服务条例第四十九条）"),
        rows=3,
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("当场答复的结果"),
        required=False,
        initial=Outcome.EXPLAINED.value,
        choices=[(key.value, OUTCOMES[key][0]) for key in (Outcome.EXPLAINED, Outcome.SOLVED)],
    )

    def clean_form_number(self) -> str:
        """Read the number of a sheet, however it was typed."""
        typed = str(self.cleaned_data["form_number"])
        try:
            return read_form_number(typed) if typed else ""
        except ValueError as fault:
            raise forms.ValidationError(_("登记表编号不对，请对照纸上重新输入，或扫码打开")) from fault

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        said = str(self.data.get("text", "")) if self.is_bound else ""
        near = [(one.key, one.label) for one in suggested(said)]
        groups = [(one.label, [(low.key, low.label) for low in _narrowest(one.key)]) for one in categories(1)]
        cast(forms.ChoiceField, self.fields["category"]).choices = [
            ("", _("请选择类别")),
            *([(_("按内容推荐"), near)] if near else []),
            *groups,
        ]


class TextForm(CallForm):
    """What a text becomes; whose it is stands fixed, and an answer follows later."""

    phone = name = reply = outcome = as_petition = form_number = None  # type: ignore[assignment] # Django: None takes a field out

    @property
    def answers(self) -> dict[str, Any]:
        """What was said; there is no reply yet that could be read through."""
        return {name: said for name, said in super().answers.items() if name != "despite"}


class TextAnswerForm(Form):
    """What goes back to whoever sent a text."""

    reply = forms.CharField(
        label=_("答复"),
        help_text=_("发到对方手机，前面自动加上签名"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    put_aside = forms.BooleanField(label=_("广告或误发，不答复"), required=False)

    def clean(self) -> dict[str, Any]:
        """Demand an answer, unless there is to be none."""
        answers = super().clean() or self.cleaned_data
        if not answers.get("reply") and not answers.get("put_aside"):
            self.add_error("reply", _("请写下答复；广告或误发的，请勾选不答复"))
        return answers


def _narrowest(key: str) -> list[Any]:
    """The categories below a first-level one: the third level, and second-level ones that have none."""
    found: list[Any] = []
    for middle in categories(2, key):
        found += categories(3, middle.key) or [middle]
    return found or [one for one in categories(1) if one.key == key]


class DrawForm(Form):
    """The period and size of a call-back sample."""

    replied_from = forms.DateField(label=_("答复自"), widget=forms.DateInput(attrs={"type": "date"}))
    replied_to = forms.DateField(label=_("答复至"), widget=forms.DateInput(attrs={"type": "date"}))
    size = forms.IntegerField(label=_("抽取件数"), min_value=1, max_value=1000, initial=20)


class PeriodForm(forms.Form):
    """The period of a scorecard; a plain GET form."""

    use_required_attribute = False
    start = forms.DateField(label=_("自"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=_("至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, asked: Mapping[str, Any] | None = None) -> None:
        super().__init__(asked, label_suffix="")
        for field in self.fields.values():
            field.widget.attrs["class"] = "c-input"
