"""名单导出: asking to take contacts out, the second official's page, and the file for the one who asked."""

import io
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.desks.official.deciding import SHOWN, DecidePage, asked_rows
from gongzhi.insight.triage.open_words import particulars_in
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.access.ledger import purpose_words
from gongzhi.kernel.access.models import Export
from gongzhi.kernel.cases.exportfiles import KINDS
from gongzhi.kernel.cases.exports import (
    NOT_FOUND,
    TIMES,
    Wanted,
    ask_export,
    decide_export,
    exports_for,
    fetch_export,
    may_decide,
)
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.web.accounts.access import RoleRequired
from gongzhi.web.downloads import handed_out
from gongzhi.web.forms import ChoiceField, Form
from gongzhi.web.views import UseCasePage

ROLES = frozenset({Role.HANDLER, Role.HEAD, Role.DISPATCHER, Role.SUPERVISOR})


class ExportForm(Form):
    """Which matters, what for, in which format. What for is one of the purposes that the domain declares."""

    purpose = forms.ChoiceField(label=_("用途"))
    words = forms.CharField(
        label=_("具体说明"), help_text=_("拿名单做什么、谁来用；审批人和群众本人都会看到"), max_length=100
    )
    opened_from = forms.DateField(
        label=_("登记开始日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    opened_to = forms.DateField(
        label=_("登记结束日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    kind = ChoiceField(label=_("格式"), choices=[("xlsx", "Excel"), ("csv", "CSV")], initial="xlsx")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = [
            (f"{key}.{one.key}", one.label)
            for key, each in DOMAINS.items()
            if may(actor, f"{key}.export")
            for one in each.purposes
        ]
        cast(forms.ChoiceField, self.fields["purpose"]).choices = [("", _("请选择用途")), *offered]


class Exports(RoleRequired):
    """The exports that the actor asked for or may have to decide."""

    template_name = "official/exports.html"
    section = "official:exports"
    roles = ROLES

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List them with what may be done about each."""
        rows = [
            {
                "export": export,
                "why": purpose_words(f"{export.action.partition('.')[0]}.{export.purpose}"),
                "count": len(export.case_ids),
                "may_decide": may_decide(self.actor, export),
                "may_fetch": self._may_fetch(export),
            }
            for export in exports_for(self.actor)[:SHOWN]
        ]
        return super().get_context_data(rows=rows, **kwargs)

    def _may_fetch(self, export: Export) -> bool:
        mine = (export.asked_by_id, export.asked_in_id) == (self.actor.account_id, self.actor.post_id)
        open_still = export.expires_at is not None and export.expires_at > self.now
        return mine and export.is_approved and open_still and export.times_fetched < TIMES


class NewExport(RoleRequired, UseCasePage):
    """Ask for an export."""

    frame = "web/staff_base.html"
    section = "official:exports"
    roles = ROLES
    title, button = _("申请导出名单"), _("提交审批")
    form_class = ExportForm

    def form_arguments(self) -> dict[str, Any]:
        """The purposes that are open to the actor."""
        return {"actor": self.actor}

    def initial(self) -> dict[str, Any]:
        """Excel, unless chosen otherwise."""
        return {"kind": "xlsx"}

    def perform(self, form: Form, *, key: str) -> Export:
        """Ask; nothing leaves before another official agrees."""
        given: Mapping[str, Any] = form.answers
        _only_what_for(given["words"])
        domain_key, _dot, purpose = given["purpose"].partition(".")
        wanted = Wanted(
            opened_from=given["opened_from"],
            opened_to=given["opened_to"],
            purpose=purpose,
            words=given["words"],
            kind=given["kind"],
        )
        return ask_export(actor=self.actor, domain_key=domain_key, wanted=wanted, now=self.now, key=key)

    def next_url(self, outcome: Any) -> str:
        """The list."""
        messages.success(self.request, gettext("已提交。由单位负责人或督办员批准后，您可以在这里下载。"))
        return reverse("official:exports")


class DecideExport(DecidePage):
    """Allow or refuse an export."""

    section = "official:exports"
    list_name = "official:exports"
    roles = frozenset({Role.HEAD, Role.SUPERVISOR})
    title = _("审批名单导出")

    def decide(self, approves: bool, **by: Any) -> Export:
        """Decide it; what tells of somebody can only be refused, for everybody on the list would read it."""
        export = exports_for(self.actor).filter(pk=self.kwargs["pk"]).first()
        if approves and export is not None:
            _only_what_for(export.words)
        return decide_export(export_id=self.kwargs["pk"], approve=approves, **by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was asked for; never a name or a number of those on the list."""
        found = exports_for(self.actor).select_related("asked_by", "asked_in", "unit")
        export = found.filter(pk=self.kwargs["pk"]).first()
        if export is None:
            raise NotPossible(NOT_FOUND)
        rows = [
            {"label": _("导出编号"), "value": export.number},
            {
                "label": _("用途"),
                "value": purpose_words(f"{export.action.partition('.')[0]}.{export.purpose}"),
            },
            {"label": _("件数"), "value": len(export.case_ids)},
            *asked_rows(export),
        ]
        return super().get_context_data(rows=rows, may_decide=may_decide(self.actor, export), **kwargs)


class File(RoleRequired):
    """The file, made as it is fetched and kept nowhere; only by POST, since every fetching is written down."""

    http_method_names = ["post"]
    roles = ROLES

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hand it out to whoever asked for it."""
        name, content = fetch_export(actor=self.actor, export_id=self.kwargs["pk"], now=self.now)
        return handed_out(io.BytesIO(content), name=name, media_type=KINDS[name.rpartition(".")[2]])


def _only_what_for(words: str) -> None:
    """Refuse words that everybody on the list reads and that tell one of them of another (个人信息保护法 art. 10 and 25)."""
    if found := particulars_in(words):
        raise NotPossible(
            "名单上的每个人都会看到这段说明，里面有：%(passages)s。请去掉；谁来用，写科室或岗位，不写姓名和电话。",
            passages="、".join(found),
        )
