"""The auditor's page: what was done and looked at in an area, by whom and why."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.declined import NotPossible
from gongzhi.base.rownumbers import row_number
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.audit.record import entries_in, record
from gongzhi.kernel.cases.complaints import only_told
from gongzhi.kernel.cases.numbers import case_id_of, case_number
from gongzhi.kernel.declare.procedure import OPEN
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import ROLE_LABELS, Account
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.web.accounts.access import RoleRequired

PAGE: Final = 50
READS: Final = "reads"
KINDS: Final = (("", _("全部")), (READS, _("查看个人信息")), ("changes", _("办理和改动")))
#: What an entry of no procedure is called; steps have the words of their procedure.
DONE: Final = {
    "case.read": _("查看事项"),
    "person.read": _("查看联系方式"),
    "person.search": _("按电话查此前诉求"),
    "document.read": _("查看材料"),
    "documents.stored": pgettext_lazy("audit", "上传材料"),
    "audit.read": _("查看审计日志"),
    "statistics.exported": _("下载统计表"),
    "accounts.signed_in": pgettext_lazy("audit", "登录"),
    "accounts.signed_out": pgettext_lazy("audit", "退出"),
    "accounts.sign_in_failed": _("登录失败"),
    "accounts.post_taken": pgettext_lazy("audit", "选择岗位"),
    "accounts.post_ended": _("结束岗位"),
    "accounts.password_changed": pgettext_lazy("audit", "修改密码"),
    "accounts.second_factor_bound": _("绑定第二重验证"),
    "accounts.second_factor_unbound": _("解除第二重验证"),
    "accounts.second_factor_failed": _("第二重验证失败"),
    "accounts.second_factor_skipped": _("跳过第二重验证"),
    "desk.offered": pgettext_lazy("audit", "提出工作交接"),
    "desk.moved": _("工作交接移交"),
    "retention.hold_set": pgettext_lazy("audit", "设置依法保全"),
    "retention.hold_lifted": pgettext_lazy("audit", "解除依法保全"),
    "documents.handed_on": _("材料随事项转来"),
    "hotline.link": _("关联诉求"),
    "hotline.apart": _("认定不是同一件事"),
    "hotline.cleared": pgettext_lazy("audit", "看过并公开诉求"),
    "hotline.taken_down": pgettext_lazy("audit", "撤下公开的诉求"),
    "hotline.leave_taken_back": pgettext_lazy("audit", "本人收回公开的同意"),
    "hotline.draw.announced": _("公示回访抽样"),
    "hotline.draw.drawn": _("抽取回访样本"),
    "hotline.text.read": _("查看短信"),
    "hotline.text.answered": pgettext_lazy("audit", "答复短信"),
    "hotline.text.put_aside": _("搁置短信"),
    "mailbox.office_opened": pgettext_lazy("audit", "开设信箱"),
    "mailbox.office_closed": _("停用信箱"),
    "mailbox.published": pgettext_lazy("audit", "公开来信和答复"),
    "mailbox.taken_down": pgettext_lazy("audit", "撤下公开的来信"),
    "mailbox.leave": _("决定是否同意公开"),
    "petitions.protection_asked": _("反映打击报复"),
    "petitions.protection_answered": pgettext_lazy("audit", "答复保护请求"),
    "petitions.openness_published": _("公开信访信息"),
    "personal_information.copy": _("取得个人信息副本"),
    "cases.calendar_entered": _("录入节假日安排"),
    "notices.sent_again": _("重发消息"),
    "notices.wording.proposed": _("提出短信用语"),
    "notices.wording.approved": _("批准短信用语"),
    "notices.wording.refused": _("不批准短信用语"),
    "personal_information.bind_offered": _("发出微信绑定码"),
    "personal_information.stay_known": _("取消删除个人信息"),
    "personal_information.wechat_parted": pgettext_lazy("audit", "解除微信绑定"),
    "wechat.bound": pgettext_lazy("audit", "绑定微信"),
    "delivery.revived": pgettext_lazy("audit", "重新投递"),
    "hotline.learn": _("分派建议重新学习"),
    "hotline.index": _("相似诉求重新建索引"),
}
#: What is done in every domain alike.
ALIKE: Final = {
    "posted": _("寄出答复"),
    "code_shown": _("查看查询码"),
    "finding.answered": _("说明数据真实性线索"),
    "finding.confirmed": _("认定线索属实"),
    "finding.dismissed": _("认定线索不属实"),
}


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
        before = row_number(self.request.GET.get("before", ""))
        return found if before is None else found.filter(pk__lt=before)

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


@cache
def words_of() -> Mapping[str, Words]:
    """Return the word for everything that is recorded, by its key; that of a step is the one of its procedure."""
    procedures = [one for domain in DOMAINS.values() for one in domain.procedures]
    moves = {f"{one.key}.{move.key}": move.label for one in procedures for move in one.moves}
    opened = {f"{one.key}.{OPEN}": _("登记") for one in procedures}
    alike = {f"{domain}.{done}": words for domain in DOMAINS for done, words in ALIKE.items()}
    return moves | opened | alike | DONE


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
            "words": words_of().get(entry.action, ""),
            "number": case_number(entry.case_id) if entry.case_id else "",
        }
        for entry in entries
    ]
