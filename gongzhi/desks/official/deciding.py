"""The form and the page with which a second official decides what another asked for."""

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.models import Asked
from gongzhi.kernel.people.models import ROLE_LABELS
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

SHOWN: Final = 100


class DecideForm(Form):
    """Yes or no, and why not."""

    decision = ChoiceField(label=_("审批意见"), choices=[("approve", _("批准")), ("refuse", _("不批准"))])
    words = forms.CharField(
        label=_("说明"), help_text=_("不批准的，请写明原因，申请人会看到"), max_length=200, required=False
    )

    @property
    def approves(self) -> bool:
        """Whether it is a yes."""
        return bool(self.cleaned_data["decision"] == "approve")


class DecidePage(RoleRequired, UseCasePage):
    """What was asked for, and the form of the second official."""

    frame = "web/staff_base.html"
    template_name = "official/decide.html"
    form_class = DecideForm
    button = _("提交审批意见")
    list_name: ClassVar[str]

    def decide(self, approves: bool, **by: Any) -> object:
        """Call the use case with who decides, in which words, when, and the key."""
        raise NotImplementedError

    def perform(self, form: Form, *, key: str) -> object:
        """Decide it."""
        assert isinstance(form, DecideForm)  # noqa: S101 - the form class of this page
        return self.decide(
            form.approves, actor=self.actor, words=form.answers["words"], now=self.now, key=key
        )

    def next_url(self, outcome: Any) -> str:
        """Back to the list, with a word that it is decided."""
        messages.success(self.request, gettext("已记下审批意见。"))
        return reverse(self.list_name)


def asked_rows(asked: Asked) -> list[dict[str, Any]]:
    """Return who asked and when, and what was decided, as rows of a summary."""
    labels = {role.value: label for role, label in ROLE_LABELS.items()}
    post = labels.get(asked.asked_in.role, "")
    rows = [
        {"label": _("申请人"), "value": f"{asked.asked_by.name}　{asked.unit or ''} {post}"},
        {"label": _("申请时间"), "value": localtime(asked.asked_at).strftime("%Y-%m-%d %H:%M")},
        {"label": _("具体说明"), "value": asked.words},
    ]
    if asked.decision:
        rows.append(
            {"label": _("审批结果"), "value": f"{asked.get_decision_display()} {asked.decided_words}"}
        )
    return rows
