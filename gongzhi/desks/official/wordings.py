"""短信用语: a region's own words for its short messages, proposed with parts and cost in sight, approved by a second official."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.deciding import SHOWN, DecidePage, asked_rows
from gongzhi.insight.triage.open_words import particulars_in
from gongzhi.kernel.access.models import UNDECIDED
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.notices.length import cost, parts
from gongzhi.kernel.notices.models import Wording
from gongzhi.kernel.notices.wording import (
    LONGEST,
    SAMPLE,
    decide_wording,
    filled,
    propose_wording,
    standards,
    wordings_for,
)
from gongzhi.kernel.people.actor import Role
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.SUPERVISOR})


class WordingForm(Form):
    """Which message, in which words, and why."""

    template = ChoiceField(label=_("哪一条短信"))
    text = forms.CharField(
        label=_("用语"),
        help_text=_("{site} 是签名，{code} 是查询码，{due} 是日期，发送时自动填入"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    words = forms.CharField(label=_("为什么改"), max_length=200)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["template"].choices = choices  # type: ignore[attr-defined]


class Wordings(RoleRequired):
    """What was proposed in the area, and what became of it."""

    template_name = "official/wordings.html"
    section = "official:wordings"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them with parts and cost; those that wait for somebody else's decision lead to it."""
        rows = [
            {
                "wording": one,
                **_counted(one.text, one.region_code, self.now),
                "may_decide": one.decision == UNDECIDED and one.asked_by_id != self.actor.account_id,
            }
            for one in wordings_for(self.actor)[:SHOWN]
        ]
        return super().get_context_data(rows=rows, **kwargs)


class NewWording(RoleRequired, UseCasePage):
    """Propose words; "算条数" only counts and sends nothing."""

    template_name = "official/wording_new.html"
    section = "official:wordings"
    roles = ROLES
    form_class = WordingForm

    def form_arguments(self) -> dict[str, Any]:
        """Offer the texts that may be worded anew, each as it stands."""
        return {"choices": [(one.template, one.text) for one in standards(self.actor)]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count, or propose."""
        if "count" in request.POST:
            form = self.form_class(request.POST, **self.form_arguments())
            form.leave_unchecked()
            return self.show(form)
        return super().post(request, *args, **kwargs)

    def perform(self, form: Form, *, key: str) -> Wording:
        """Propose them; nothing changes until another official agrees."""
        _only_offices(form.answers["text"])
        return propose_wording(actor=self.actor, now=self.now, key=key, **form.answers)

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已提交。另一岗位的同事批准之前，仍按原来的用语发送。"))
        return reverse("official:wordings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add parts and cost of what is typed, with values of the usual length put in."""
        typed = kwargs["form"].data.get("text", "") if kwargs["form"].is_bound else ""
        counted = _counted(typed, self.actor.region_code, self.now) if typed else None
        return super().get_context_data(counted=counted, **kwargs)


class DecideWording(DecidePage):
    """Approve or refuse proposed words."""

    section = "official:wordings"
    list_name = "official:wordings"
    roles = ROLES
    title = _("审批短信用语")

    def decide(self, approves: bool, **by: Any) -> Wording:
        """Decide it; words that would tell everybody somebody's particulars can only be refused."""
        wording = wordings_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if approves and wording is not None:
            _only_offices(wording.text)
        return decide_wording(wording_id=self.kwargs["pk"], approve=approves, **by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the words as people would read them."""
        wording = wordings_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if wording is None:
            raise NotPossible(NOT_FOUND)
        counted = _counted(wording.text, wording.region_code, self.now)
        rows = [
            {"label": _("用语"), "value": counted["shown"]},
            {"label": _("条数"), "value": counted["parts"]},
            *asked_rows(wording),
        ]
        may_decide = wording.decision == UNDECIDED and wording.asked_by_id != self.actor.account_id
        return super().get_context_data(rows=rows, may_decide=may_decide, **kwargs)


def _only_offices(text: str) -> None:
    """Refuse words that go out to very many people and tell somebody's particulars (个人信息保护法 art. 10 and 25)."""
    if found := particulars_in(text):
        raise NotPossible(
            "短信用语会发给很多人，里面有：%(passages)s。请去掉；办公电话前写明单位，例如「热线 0372-2000000」。",
            passages="、".join(found),
        )


def _counted(text: str, region_code: str, now: Any) -> dict[str, Any]:
    """Return a text with values of the usual length put in, its parts and what they cost; as typed when it cannot be."""
    try:
        shown = filled(text, SAMPLE)
    except NotPossible:
        shown = text
    return {"shown": shown, "signs": len(shown), "parts": parts(shown), "cost": cost(shown, region_code, now)}
