"""What officials fill in for the steps that many kinds of matters share, and what can be chosen in the step being made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.choosing import units_to_choose, units_to_name
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import Move, Outcome
from gongzhi.kernel.declare.words import Words
from gongzhi.web.forms import ChoiceField, Form, ReasonedForm

WORDS: Final = forms.Textarea(attrs={"rows": 6})
Offered = Mapping[str, Sequence[tuple[Any, Any]]]


def offered_in(move: Move, case: Case, on: date, outcomes: Mapping[Outcome, Words]) -> dict[str, list[Any]]:
    """Return what can be chosen in a step, by the name of the field: units, reasons, and outcomes in their words."""
    units = [(one.pk, one.name) for one in units_to_choose(case, on)] if move.assigns or move.opens else []
    named = [(one.pk, one.name) for one in units_to_name(case, on)] if move.names else []
    return {
        "unit_id": [("", _("请选择单位")), *units],
        "units": units,
        "against_unit_id": [("", _("没有或不清楚")), *named],
        "reason": [(one.key, one.label) for one in move.reasons],
        "outcome": [(one.value, outcomes[one]) for one in move.outcomes if one in outcomes],
    }


class MoveForm(Form):
    """The form of one step; fields get the choices *offered* under their names."""

    def __init__(self, *args: Any, offered: Offered | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        given = offered or {}
        for name in given.keys() & self.fields.keys():
            cast(forms.ChoiceField, self.fields[name]).choices = given[name]


class SureForm(MoveForm):
    """Nothing to fill in: the button says it."""


class NoteForm(MoveForm):
    """What is to be said."""

    note = forms.CharField(label=_("说明"), max_length=2000, widget=WORDS)


class ReasonForm(NoteForm):
    """A reason of the closed list, and words."""

    reason = ChoiceField(label=_("情形"), choices=())
    field_order = ("reason", "note")


class ReplyForm(ReasonedForm, MoveForm):
    """What the person is told, and how it ended."""

    outcome = ChoiceField(label=_("结果"), choices=())
    reply = forms.CharField(label=_("答复内容"), max_length=5000, widget=WORDS)


class NameForm(MoveForm):
    """Whom the matter complains of."""

    against_unit_id = forms.TypedChoiceField(
        label=_("被反映的单位"), coerce=int, required=False, empty_value=None, choices=()
    )
    official = forms.CharField(label=_("被反映的工作人员（姓名或用户名）"), max_length=40, required=False)
    nobody = forms.BooleanField(label=_("不是反映本系统的单位或人员"), required=False)
