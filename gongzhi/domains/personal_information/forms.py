"""What people fill in: shape and format only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.domains.personal_information.procedure import PROOFS, REFUSALS
from gongzhi.kernel.organisations.models import Unit
from gongzhi.web.forms import ChoiceField, Form, PhoneField

WORDS = forms.Textarea(attrs={"rows": 3})


class AskForm(Form):
    """To see or to delete: nothing needs to be said."""

    text = forms.CharField(label=_("还想说明的"), max_length=500, required=False, widget=WORDS)


class CorrectForm(AskForm):
    """What is to stand there instead; what is left empty stays as it is."""

    new_name = forms.CharField(label=_("姓名改成"), max_length=40, required=False)
    new_phone = PhoneField(label=_("手机号改成"), required=False, help_text="")
    new_address = forms.CharField(label=_("住址改成"), max_length=120, required=False)
    field_order = ("new_name", "new_phone", "new_address", "text")


class AssignForm(Form):
    """Which unit is to handle it."""

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = [("", _("请选择单位")), *((unit.pk, unit.name) for unit in units)]
        self.fields["unit_id"] = forms.TypedChoiceField(label=_("承办单位"), coerce=int, choices=chosen)


class ProveForm(Form):
    """How it was made certain that the person themselves asks."""

    reason = ChoiceField(label=_("怎样核实的"), choices=[(one.key, one.label) for one in PROOFS])
    note = forms.CharField(label=_("核实情况"), max_length=300, widget=WORDS, help_text=_("不要写证件号码"))


class RefuseForm(Form):
    """Why not, by which article, in words for the person."""

    reason = ChoiceField(label=_("依据"), choices=[(one.key, one.label) for one in REFUSALS])
    reply = forms.CharField(
        label=_("告诉本人的理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5})
    )


class RevealForm(Form):
    """Why the contact is looked at."""

    reason = forms.CharField(max_length=60)
