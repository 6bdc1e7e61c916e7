"""What officials fill in for each step of a request."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.kernel.organisations.categories import categories, narrowest
from gongzhi.web.accounts import moveforms
from gongzhi.web.accounts.moveforms import Offered
from gongzhi.web.forms import ChoiceField, RatingField, ReasonedForm
from gongzhi.web.widgets import Chips

OUTCOMES = {
    Outcome.SOLVED: (_("已解决"), _("事情办成了，群众可以核对")),
    Outcome.EXPLAINED: (_("已解释"), _("没有依据或目前办不了，说清原因；不计入解决")),
    Outcome.REJECTED: (_("不予支持"), _("诉求不成立，说明理由和救济途径；不计入解决")),
}

CROSSED_OUT = _("这件会公开：里面的姓名、个人电话、住址公开时划去，单位电话不划；本人看到的是全文")
UNTICKED = _("不勾选照样答复，只是不公开")


class MoveForm(moveforms.MoveForm):
    """The form of one step; where there is nothing to choose, other requests and a better category are not asked for.

    Where an answer is published (`public` is offered) it says what becomes of particulars in it; whether what the person wrote may
    be shown is asked only where nobody has said so yet (`uncleared`).
    """

    published = ""  # the field that everybody reads where the request is public
    step_names = (*moveforms.MoveForm.step_names, "look")  # only to see what everybody would read

    def __init__(self, *args: Any, offered: Offered | None = None, **more: Any) -> None:
        super().__init__(*args, offered=offered, **more)
        for name in ("also", "category"):
            if not (offered or {}).get(name):
                self.fields.pop(name, None)
        if (offered or {}).get("public") and self.published:
            told = self.fields[self.published]
            told.help_text = format_lazy("{}。{}", told.help_text, CROSSED_OUT)
        if not (offered or {}).get("uncleared"):
            self.fields.pop("cleared", None)


def note_field(label: Any, help_text: Any = "", rows: int = 4, **more: Any) -> forms.CharField:
    """Make a field for up to 2,000 signs of text, shown *rows* lines high."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=area, **more)


def _unit() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("承办单位"), coerce=int)


def read_field(**more: Any) -> forms.BooleanField:
    """Ask an official to say that they have read what everybody is about to read."""
    return forms.BooleanField(label=_("我读过这件诉求的标题和内容，公开后不会泄露个人信息"), **more)


class NameForm(MoveForm):
    """Whom a matter complains of."""

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

    category = forms.ChoiceField(
        label=_("事项类别"), help_text=_("第一项是登记时的类别；不合适就改选"), required=False
    )
    unit_id = _unit()
    note = note_field(_("给承办单位的话"), rows=3, required=False)


class AssignForm(MoveForm):
    """Which unit handles it, and why: two units are at odds, or an answer was not enough."""

    unit_id = _unit()
    note = note_field(_("理由"), _("承办单位和反映人都会看到"))


class AnswerForm(ReasonedForm, MoveForm):
    """The official answer and what it amounts to."""

    published = "reply"
    outcome = ChoiceField(
        label=_("办理结果"), hints={outcome.value: words[1] for outcome, words in OUTCOMES.items()}
    )
    reply = note_field(
        _("答复"), _("写给反映人看：称呼对方，写明查到了什么、做了什么、依据和时间，留下联系电话"), rows=8
    )
    cleared = read_field(required=False, help_text=UNTICKED)
    also = forms.TypedMultipleChoiceField(
        label=_("一并答复本单位关联的诉求"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class DivertForm(MoveForm):
    """Where the matter belongs instead."""

    published = "note"
    route = ChoiceField(label=_("正确途径"))
    note = note_field(_("告知内容"), _("写明去哪里、找谁、带什么"))
    cleared = read_field(required=False, help_text=UNTICKED)


class ReturnForm(MoveForm):
    """Why a dispatch is refused."""

    reason = ChoiceField(label=_("退回理由"))
    note = note_field(_("说明"), _("写明依据，以及您认为应由哪个单位办理"))


class ProgressForm(MoveForm):
    """What the person is told meanwhile."""

    note = note_field(_("告知反映人"), _("写明进展、措施和预计日期（安阳市政务服务条例第五十条）"))


class InviteForm(MoveForm):
    """Which units help, and with what."""

    units = forms.TypedMultipleChoiceField(label=_("协办单位"), coerce=int, widget=Chips)
    note = note_field(_("请他们做什么"), rows=3)


class CallBackForm(MoveForm):
    """What the person said on the phone."""

    grade = RatingField()
    words = note_field(_("反映人原话"), rows=3, required=False)


class SplitForm(MoveForm):
    """The second matter of a message, in the person's own words."""

    text = note_field(
        _("另一件事"), _("从原文里删去别的，只留这一件；原来的一件一个字不改"), rows=5, min_length=5
    )
    title = forms.CharField(label=_("标题"), max_length=60, required=False, help_text=_("不填则取第一句"))
    category = forms.ChoiceField(label=_("事项类别"), required=False)
    place = forms.CharField(
        label=_("具体地点"), help_text=_("不在同一处的才填"), max_length=120, required=False
    )


def every_category() -> list[tuple[Any, Any]]:
    """Return what a request may be registered as: nothing yet, then the narrowest categories in groups."""
    groups = [
        (one.shown, [(low.key, low.shown) for low in narrowest(one.key) or [one]]) for one in categories(1)
    ]
    return [("", _("请选择类别")), *groups]
