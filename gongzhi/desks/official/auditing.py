"""The auditor's page: what was done and looked at in an area, by whom and why."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import entries_in, record
from gongzhi.kernel.cases.complaints import only_told
from gongzhi.kernel.cases.numbers import case_id_of, case_number
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import ROLE_LABELS, Account
from gongzhi.web.accounts.access import RoleRequired

PAGE: Final = 50
READS: Final = "reads"
KINDS: Final = (("", _("全部")), (READS, _("查看个人信息")), ("changes", _("办理和改动")))


class AuditFilter(forms.Form):
    """What to show; a plain GET form."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=KINDS)
    number = forms.CharField(label=_("事项编号"), required=False, max_length=30)
    username = forms.CharField(label=_("用户名"), required=False, max_length=60)

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__(asked, label_suffix="", auto_id="audit_%s")
        for field in self.fields.values():
            field.widget.attrs["class"] = "c-input"


class Audit(RoleRequired):
    """The audit record of the auditor's area, newest first; that it was looked at is itself written down."""

    template_name = "official/audit.html"
    section = "official:audit"
    roles = frozenset({Role.AUDITOR})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, take one page, add names."""
        form = AuditFilter(self.request.GET)
        form.is_valid()
        entries = list(self._found(form)[: PAGE + 1])
        record(actor=self.actor, action="audit.read", now=self.now, purpose="审计")
        return super().get_context_data(
            form=form,
            rows=_named(entries[:PAGE]),
            next_page=self._next(entries),
            **kwargs,
        )

    def _found(self, form: AuditFilter) -> Any:
        found = only_told(self.actor, entries_in(self.actor.region_code))
        kind, number, username = (form.cleaned_data.get(name, "") for name in ("kind", "number", "username"))
        reads = ("person.read", "person.search", "case.read", "document.read")
        if kind == READS:
            found = found.filter(action__in=reads)
        elif kind:
            found = found.exclude(action__in=reads)
        if number:
            found = found.filter(case_id=_case_id(number))
        if username:
            known = Account.objects.filter(username=username).values_list("pk", flat=True).first()
            # What someone asked for themselves is not found by their name: it may be confidential (GB/T 33358-2016).
            found = found.filter(account_id=known or 0).exclude(role=Role.CITIZEN.value)
        before = self.request.GET.get("before", "")
        if before.isascii() and before.isdigit() and len(before) < 19:
            found = found.filter(pk__lt=int(before))
        return found

    def _next(self, entries: list[Entry]) -> str:
        if len(entries) <= PAGE:
            return ""
        asked = self.request.GET.copy()
        asked["before"] = str(entries[PAGE - 1].pk)
        return f"?{asked.urlencode()}"


def _case_id(number: str) -> int:
    """Read a number; one that is none finds nothing."""
    try:
        return case_id_of(number)
    except NotPossible:
        return 0


def _named(entries: list[Entry]) -> list[dict[str, Any]]:
    """Add the names of accounts and units, in one query each."""
    accounts = Account.objects.in_bulk({entry.account_id for entry in entries if entry.account_id})
    units = Unit.objects.in_bulk({entry.unit_id for entry in entries if entry.unit_id})
    labels = {role.value: label for role, label in ROLE_LABELS.items()}
    return [
        {
            "entry": entry,
            "who": accounts.get(entry.account_id or 0) if entry.role != Role.CITIZEN.value else None,
            "unit": units.get(entry.unit_id or 0),
            "role": labels.get(entry.role, entry.role),
            "number": case_number(entry.case_id) if entry.case_id else "",
        }
        for entry in entries
    ]
