"""What officials fill in for each step of a letter."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.mailbox.forms.citizen import PRIVACY, WriteForm
from gongzhi.kernel.declare.procedure import Outcome
from gongzhi.kernel.organisations.models import Unit
from gongzhi.web.accounts.moveforms import WORDS, MoveForm
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.reached import ReachedForm

OUTCOMES = {
    Outcome.SOLVED: _("已解决"),
    Outcome.EXPLAINED: _("已解释（没有依据，或暂时解决不了）"),
    Outcome.REJECTED: _("不支持"),
}


class MarkForm(MoveForm):
    """What the leader says should be done."""

    note = forms.CharField(
        label=_("批示内容"),
        help_text=_("只在机关内部看；由工作人员代录的，注明谁的批示"),
        max_length=1000,
        widget=WORDS,
    )


class AssignForm(MoveForm):
    """Which unit handles it, and what it should know."""

    unit_id = forms.TypedChoiceField(label=_("承办单位"), coerce=int, choices=())
    note = forms.CharField(label=_("交办说明"), max_length=500, required=False, widget=WORDS)


class RegisterForm(ReachedForm, WriteForm):
    """A letter on paper, typed in word for word; what to show of it, its writer decides later."""

    wide: ClassVar = frozenset({"office", "text", "region", "about", "address", "privacy", "read_through"})
    office = forms.ChoiceField(label=_("信箱"), choices=())
    text = forms.CharField(label=_("来信原文"), max_length=6000, widget=forms.Textarea(attrs={"rows": 12}))
    privacy = ChoiceField(label=_("给谁看"), choices=(PRIVACY[0], PRIVACY[2]), initial=PRIVACY[0][0])
    read_through = forms.BooleanField(label=_("已逐字核对，与来信一致"))
    field_order = (
        *("office", "title", "text", "region", "place", "about", "complained_of"),
        *("name", "phone", "address", "privacy", "read_through"),
    )

    def __init__(self, *args: Any, offices: Sequence[tuple[str, Any]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["office"]).choices = offices

    @property
    def said(self) -> dict[str, Any]:
        """What the use case takes of it, with where to post the answer."""
        return super().said | {"address": self.answers["address"]}


class PublishForm(Form):
    """What is shown of a letter, and the word of whoever has checked it."""

    title = forms.CharField(label=_("标题"), max_length=60)
    text = forms.CharField(
        label=_("公开的来信"),
        help_text=_("去掉姓名、电话、住址、证件号，和任何能认出来信人的话"),
        max_length=3000,
        widget=WORDS,
    )
    reply = forms.CharField(label=_("公开的答复"), max_length=5000, widget=WORDS)
    checked = forms.BooleanField(label=_("已核对：没有个人信息（记下您的姓名和时间）"))


class TakeDownForm(Form):
    """Why it is shown no longer."""

    reason = forms.CharField(label=_("撤下的原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class OfficeForm(Form):
    """A mailbox: the title of a post, never a name."""

    title = forms.CharField(
        label=_("信箱名称"), help_text=_("写职务，不写姓名，例如：县长信箱"), max_length=40
    )
    unit_id = forms.TypedChoiceField(label=_("所属单位"), coerce=int, choices=())
    address = forms.SlugField(
        label=_("网址名称"), help_text=_("小写字母、数字和短横线，公开后不再改"), max_length=60
    )
    about = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [("", _("请选择单位")), *((one.pk, one.name) for one in units)]
        cast(forms.ChoiceField, self.fields["unit_id"]).choices = offered
