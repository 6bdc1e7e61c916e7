"""暂缓告知: ordering that a person is not told yet who looked, and the second official's page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.deciding import SHOWN, DecidePage, asked_rows
from gongzhi.kernel.access.models import UNDECIDED, DelayOrder
from gongzhi.kernel.cases.delays import (
    GROUNDS,
    Delay,
    decide_delay,
    delays_for,
    ground_of,
    order_delay,
)
from gongzhi.kernel.cases.numbers import case_id_of, case_number
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HANDLER, Role.HEAD, Role.SUPERVISOR})
SCOPES = (("case", _("只这一件事")), ("person", _("这个人的所有事项")))


class DelayForm(Form):
    """For which matter, on which ground, how far and until when."""

    number = forms.CharField(label=_("事项编号"), help_text=_("例如 410523-0001234"), max_length=30)
    ground = ChoiceField(label=_("法定理由"), choices=[(one.key, one.label) for one in GROUNDS])
    words = forms.CharField(
        label=_("具体说明"),
        help_text=_("为什么现在告知会妨碍调查或危及他人；审批人据此决定"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scope = ChoiceField(label=_("范围"), choices=SCOPES, initial="case")
    release_on = forms.DateField(
        label=_("告知日期"),
        help_text=_("从这一天起，暂缓的查看记录会全部显示给本人"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    court_reference = forms.CharField(
        label=_("法院文书编号"), help_text=_("再次暂缓时必填"), max_length=80, required=False
    )


class Delays(RoleRequired):
    """The orders that the actor asked for or may decide."""

    template_name = "official/delays.html"
    section = "official:delays"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them; those that wait for somebody else's decision lead to it."""
        today = localdate(self.now)
        rows = [
            {
                "order": order,
                "number": case_number(order.case_id),
                "ground": ground_of(order),
                "over": order.release_on <= today,
                "may_decide": order.decision == UNDECIDED and order.asked_by_id != self.actor.account_id,
            }
            for order in delays_for(self.actor)[:SHOWN]
        ]
        return super().get_context_data(rows=rows, **kwargs)


class NewDelay(RoleRequired, UseCasePage):
    """Ask for a delay."""

    frame = "web/staff_base.html"
    section = "official:delays"
    roles = ROLES
    title, button = _("申请暂缓告知"), _("提交审批")
    form_class = DelayForm

    def initial(self) -> dict[str, Any]:
        """The number of the matter, when the page was opened from it."""
        return {"number": self.request.GET.get("number", "")[:30], "scope": "case"}

    def perform(self, form: Form, *, key: str) -> DelayOrder:
        """Order it; nothing is held back until another official agrees."""
        given = form.answers
        delay = Delay(
            ground=given["ground"],
            words=given["words"],
            release_on=given["release_on"],
            whole_person=given["scope"] == "person",
            court_reference=given["court_reference"],
        )
        case_id = case_id_of(given["number"])
        return order_delay(actor=self.actor, case_id=case_id, delay=delay, now=self.now, key=key)

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已提交。另一岗位的同事批准之前，查看记录照常告知本人。"))
        return reverse("official:delays")


class DecideDelay(DecidePage):
    """Approve or refuse a delay."""

    section = "official:delays"
    list_name = "official:delays"
    roles = ROLES
    title = _("审批暂缓告知")

    def decide(self, approves: bool, **by: Any) -> DelayOrder:
        """Decide it."""
        return decide_delay(order_id=self.kwargs["pk"], approve=approves, **by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was asked for."""
        found = delays_for(self.actor).select_related("asked_by", "asked_in", "unit")
        order = found.filter(pk=self.kwargs["pk"]).first()
        if order is None:
            raise NotPossible(NOT_FOUND)
        ground = ground_of(order)
        rows = [
            {"label": _("事项编号"), "value": case_number(order.case_id)},
            {"label": _("法定理由"), "value": ground.label},
            {"label": _("依据"), "value": ground.article},
            {"label": _("范围"), "value": SCOPES[order.whole_person][1]},
            {"label": _("告知日期"), "value": order.release_on.isoformat()},
            {"label": _("法院文书编号"), "value": order.court_reference},
            *asked_rows(order),
        ]
        open_to = order.decision == UNDECIDED and order.asked_by_id != self.actor.account_id
        return super().get_context_data(rows=rows, may_decide=open_to, **kwargs)
