"""What is filled in about a finding: the unit's account, and the decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.insight.integrity.models import State
from gongzhi.web.forms import ChoiceField, Form


class AnswerFindingForm(Form):
    """How the unit says it was."""

    note = forms.CharField(
        label=_("情况说明"),
        help_text=_("写明怎么回事、有什么可以核对；监督人员会看到，只能提交一次"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class DecideFindingForm(Form):
    """Whether a finding is true, and why."""

    state = ChoiceField(
        label=_("核实结果"),
        choices=[(each.value, each.label) for each in (State.CONFIRMED, State.DISMISSED)],
        hints={
            State.CONFIRMED.value: _("只记录结论；怎么处理由您按规定另行决定"),
            State.DISMISSED.value: _("有正当原因，或者线索不成立"),
        },
    )
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("写明核对了什么；单位会看到"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
