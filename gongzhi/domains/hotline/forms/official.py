"""What a call-taker writes down, and what else officials fill in beside the steps of a request."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.forms.citizen import KINDS
from gongzhi.domains.hotline.forms.steps import OUTCOMES, every_category, note_field, read_field
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.kernel.organisations.categories import suggested
from gongzhi.web.forms import Form, PhoneField, ReasonedForm, RegionField
from gongzhi.web.paperforms import FormNumberField


class LinkForm(Form):
    """The earlier request about the same matter."""

    main = forms.CharField(label=_("主件编号"), help_text=_("形如 410523-0001234"), max_length=30)


class CallForm(ReasonedForm):
    """What a call-taker writes down while listening."""

    phone = PhoneField(label=_("来电号码"))
    name = forms.CharField(label=_("称呼"), max_length=40)
    kind = forms.ChoiceField(label=_("诉求类型"), choices=KINDS, initial="help")
    text = note_field(_("诉求内容"), rows=6, min_length=5)
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
    form_number = FormNumberField()
    as_petition = forms.BooleanField(label=_("来电人要信访：登记后转信访部门，不用再写一遍"), required=False)
    reply = note_field(
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

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        suggests = self.is_bound and settings.TRIAGE_SUGGESTIONS and not self.data.get("complained_of")
        said = str(self.data.get("text", "")) if suggests else ""
        near = [(one.key, one.shown) for one in suggested(said)]
        first, *groups = every_category()
        cast(forms.ChoiceField, self.fields["category"]).choices = [
            first,
            *([(_("按内容推荐"), near)] if near else []),
            *groups,
        ]


class TextForm(CallForm):
    """What a text becomes; whose it is stands fixed, and an answer follows later."""

    phone = reply = outcome = form_number = None  # type: ignore[assignment] # Django: None takes a field out
    as_petition = forms.BooleanField(label=_("对方要信访：登记后转信访部门，不用再写一遍"), required=False)
    name = forms.CharField(
        label=_("称呼"),
        max_length=40,
        required=False,
        help_text=_("对方说了就写，登记到本人名下；绑定了微信的自动登记到本人"),
    )

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


class ClearForm(Form):
    """That what a person wrote may be shown to everybody."""

    cleared = read_field()


class TakeDownForm(Form):
    """Why a request is shown to the public no longer."""

    note = forms.CharField(
        label=_("撤下的原因"),
        help_text=_("公众不再看到这件诉求和答复，办理不受影响。原因本人会看到，请写清楚、好懂。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
