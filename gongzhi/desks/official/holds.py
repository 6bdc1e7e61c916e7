"""依法保全: what must not be forgotten, by whose order, and until who lifts it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.cases.numbers import case_id_of, case_number
from gongzhi.kernel.retention.holds import KEEPERS, Order, Subject, holds_for, lift_hold, set_hold
from gongzhi.kernel.retention.models import LegalHold
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

KINDS = (("case", _("只这一件事")), ("person", _("这个人的所有事项")))
SHOWN = 200


class HoldForm(Form):
    """What is held, by whose order and why."""

    number = forms.CharField(label=_("事项编号"), help_text=_("例如 410523-0001234"), max_length=30)
    kind = ChoiceField(label=_("范围"), choices=KINDS, initial="case")
    authority = forms.CharField(label=_("要求保全的机关"), max_length=100)
    reference = forms.CharField(label=_("文书编号"), max_length=100)
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class LiftForm(Form):
    """Why a hold ends."""

    reason = forms.CharField(label=_("解除理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class Holds(RoleRequired):
    """Every hold the actor may see, those in force first."""

    template_name = "official/holds.html"
    section = "official:holds"
    roles = KEEPERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them; who set one is not offered to lift it."""
        found = holds_for(self.actor).select_related("set_by", "unit").order_by("-lifted_at", "-id")[:SHOWN]
        rows = [
            {
                "hold": hold,
                "what": _what(hold),
                "may_lift": hold.lifted_at is None and hold.set_by_id != self.actor.account_id,
            }
            for hold in found
        ]
        return super().get_context_data(rows=rows, **kwargs)


def _what(hold: LegalHold) -> Any:
    """Name what is held; with a person the case is only the one that named them.

    A number of the person would tell which confidential matter is of whom another matter names (GB/T 33358-2016).
    """
    number = case_number(hold.case_id) if hold.case_id else ""
    if hold.person_id is not None:
        return _("提出 %(number)s 的人的所有事项") % {"number": number}
    return number or hold.unit


class NewHold(RoleRequired, UseCasePage):
    """Set a hold on a matter, or on the person who asked for it."""

    frame = "web/staff_base.html"
    section = "official:holds"
    roles = KEEPERS
    title, button = _("设置依法保全"), _("设置保全")
    form_class = HoldForm

    def perform(self, form: Form, *, key: str) -> LegalHold:
        """Set it; nothing it names is forgotten from now on."""
        given = form.answers
        order = Order(reason=given["reason"], authority=given["authority"], reference=given["reference"])
        subject = Subject(case_id=case_id_of(given["number"]), whole_person=given["kind"] == "person")
        return set_hold(actor=self.actor, subject=subject, order=order, now=self.now)

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已保全：解除之前，到期也不删除。"))
        return reverse("official:holds")


class LiftHold(RoleRequired, UseCasePage):
    """Lift a hold that another set."""

    frame = "web/staff_base.html"
    section = "official:holds"
    roles = KEEPERS
    title, button = _("解除依法保全"), _("解除保全")
    form_class = LiftForm

    def perform(self, form: Form, *, key: str) -> LegalHold:
        """Lift it; what is over its period goes at the next turn."""
        return lift_hold(
            actor=self.actor, hold_id=self.kwargs["pk"], reason=form.answers["reason"], now=self.now
        )

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已解除。到期的内容会在下一次清理时删除。"))
        return reverse("official:holds")
