"""How long each kind of record is kept: the whole table, with the article and how sure it is.

A domain adds the kinds of its own rows in its manifest. An installation may set another figure for kinds marked as
configuration (local value `retention.KIND`, in months, for the whole province), never below `least`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from gongzhi.base.calendar import Counting
from gongzhi.kernel.declare.keeping import Fate, Keeping, Source, Span, days, months, years
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.registry.api import DOMAINS

PROVINCE = "41"
LOGS = _("网络安全法第二十三条第三项：网络日志留存不少于六个月")
LEDGER = _("政务数据共享条例第二十九条、网络数据安全管理条例第十二条、个人信息保护法第五十六条：不少于三年")
WITH_CASE = _("随事项")
IN_USE = _("使用期间")
LEDGER_PAGE = _("见「谁看过我的信息」，随时可看")

CASES = "cases.case"
DEFAULT_FOR_CASES = years(3)

KERNEL: tuple[Keeping, ...] = (
    Keeping(
        kind="people.person",
        label=_("人员：姓名、电话、证件号码、住址"),
        model="people.Person",
        period=years(3),
        counted_from=_("最后一件事项办结；没有事项的，自登记之日起"),
        fate=Fate.ANONYMISE,
        person="pk",
        copied=("region_code", "created_at"),
    ),
    Keeping(
        kind="people.binding",
        label=_("微信绑定"),
        model="people.Binding",
        counted_from=_("直到解除绑定，或随人员"),
        fate=Fate.DELETE,
        goes_with="people.person",
        person="person",
        copied=("bound_at",),
    ),
    Keeping(
        kind="people.account",
        label=_("账号"),
        model="people.Account",
        counted_from=IN_USE,
        fate=Fate.KEEP,
        basis=_("审计记录须能对应到人；停用的账号不能登录"),
        person="person",
        copied=("username", "name"),
    ),
    Keeping(
        kind="people.post",
        label=_("岗位任职"),
        model="people.Post",
        counted_from=IN_USE,
        fate=Fate.KEEP,
        basis=_("审计记录须能对应到岗位"),
        goes_with="people.account",
        person="account__person",
        copied=("role", "title", "valid_from", "valid_to"),
    ),
    Keeping(
        kind=CASES,
        label=_("事项标题"),
        model="cases.Case",
        period=DEFAULT_FOR_CASES,
        counted_from=_("办结；以所属业务的期限为准"),
        fate=Fate.ANONYMISE,
        least=years(1),
        person="opened_by",
        copied=("id", "title", "region_code", "channel", "opened_at", "stage", "outcome", "closed_at"),
    ),
    Keeping(
        kind="cases.titlewords",
        label=_("检索用的标题拆字"),
        model="cases.TitleWords",
        counted_from=WITH_CASE,
        fate=Fate.ANONYMISE,
        goes_with=CASES,
        withheld=_("与事项标题内容相同，副本里已有标题"),
    ),
    Keeping(
        kind="cases.step",
        label=_("办理步骤中填写的内容"),
        model="cases.Step",
        counted_from=WITH_CASE,
        fate=Fate.ANONYMISE,
        goes_with=CASES,
        withheld=_("写给您的话在每件事的进度页；机关内部的研究意见不属于您的个人信息"),
    ),
    Keeping(
        kind="cases.charge",
        label=_("哪件事由哪个岗位经办"),
        model="cases.Charge",
        counted_from=IN_USE,
        fate=Fate.KEEP,
        basis=_("审计记录须能对应到岗位"),
        withheld=_("只记工作人员的操作"),
    ),
    Keeping(
        kind="cases.handover",
        label=_("工作交接：移交和接收的岗位、事项编号"),
        model="cases.HandOver",
        counted_from=IN_USE,
        fate=Fate.KEEP,
        basis=_("审计记录须能对应到岗位"),
        withheld=_("只记工作人员的操作"),
    ),
    Keeping(
        kind="documents.document",
        label=_("文件及其内容"),
        model="documents.Document",
        counted_from=_("随事项；文件自己有保存期限的，以该日为准"),
        fate=Fate.DELETE,
        goes_with=CASES,
        person="uploaded_by_person_id",
        copied=("case_id", "name", "media_type", "size", "sha256", "uploaded_at"),
    ),
    Keeping(
        kind="notices.message",
        label=_("消息"),
        model="notices.Message",
        period=years(1),
        counted_from=_("生成"),
        fate=Fate.DELETE,
        person="person",
        copied=("case_id", "channel", "text", "written_at", "sent_at"),
    ),
    Keeping(
        kind="notices.incoming",
        label=_("您发来的短信"),
        model="notices.Incoming",
        period=days(90),
        counted_from=pgettext_lazy("counted from", "收到"),
        fate=Fate.DELETE,
        person="person",
        copied=("text", "received_at", "case_id"),
    ),
    Keeping(
        kind="notices.wording",
        label=_("短信用语的提出和批准"),
        model="notices.Wording",
        counted_from=IN_USE,
        fate=Fate.KEEP,
        basis=_("用语在用期间须能对应到提出和批准的人"),
        withheld=_("只记工作人员的操作"),
    ),
    Keeping(
        kind="notices.read",
        label=_("消息已读记录"),
        model="notices.Read",
        counted_from=_("随消息"),
        fate=Fate.DELETE,
        goes_with="notices.message",
        withheld=_("只记工作人员是否已读"),
    ),
    Keeping(
        kind="events.outbox",
        label=_("已投递或已放弃的事件"),
        model="events.Outbox",
        period=days(90),
        counted_from=_("投递或放弃"),
        fate=Fate.DELETE,
        withheld=_("只有事项编号，没有别的内容"),
    ),
    Keeping(
        kind="audit.entry",
        label=_("审计记录，包括查看和提供个人信息的记录"),
        model="audit.Entry",
        period=years(3),
        counted_from=_("发生"),
        fate=Fate.DELETE,
        basis=_(
            "政务数据共享条例第二十九条、网络数据安全管理条例第十二条、个人信息保护法第五十六条：不少于三年；"
            "登录与安全日志同在其中，网络安全法第二十三条第三项：不少于六个月"
        ),
        source=Source.CONFIRMED,
        least=years(3),
        withheld=LEDGER_PAGE,
    ),
    Keeping(
        kind="admin.log",
        label=_("管理页面的操作日志（审计记录中另有一份）"),
        model="admin.LogEntry",
        period=months(12),
        counted_from=_("发生"),
        fate=Fate.DELETE,
        basis=LOGS,
        source=Source.CONFIRMED,
        least=months(6),
        withheld=_("只记工作人员的操作"),
    ),
    Keeping(
        kind="logs.process",
        label=_("网页、后台进程和代理服务器的日志"),
        model="",
        period=months(7),
        counted_from=_("发生；由系统日志服务删除"),
        fate=Fate.DELETE,
        basis=LOGS,
        source=Source.CONFIRMED,
        least=months(6),
        withheld=_("不含姓名、电话、证件号码"),
    ),
    Keeping(
        kind="sessions.session",
        label=_("登录会话"),
        model="sessions.Session",
        counted_from=_("失效"),
        fate=Fate.DELETE,
        withheld=_("加密保存，只有您的浏览器能打开"),
    ),
    Keeping(
        kind="people.attempt",
        label=_("尝试次数（只存带密钥的摘要）"),
        model="people.Attempt",
        period=days(1),
        counted_from=_("计数窗口开始"),
        fate=Fate.DELETE,
        withheld=_("只存带密钥的摘要，不能对应到人"),
    ),
    Keeping(
        kind="access.look",
        label=_("谁看过个人信息的记录"),
        model="access.Look",
        period=years(3),
        counted_from=_("发生"),
        fate=Fate.DELETE,
        basis=LEDGER,
        source=Source.CONFIRMED,
        least=years(3),
        withheld=LEDGER_PAGE,
    ),
    Keeping(
        kind="access.export",
        label=_("导出个人信息的申请和批准"),
        model="access.Export",
        period=years(3),
        counted_from=_("申请"),
        fate=Fate.DELETE,
        basis=LEDGER,
        source=Source.CONFIRMED,
        least=years(3),
        withheld=LEDGER_PAGE,
    ),
    Keeping(
        kind="access.delay",
        label=_("推迟告知的决定"),
        model="access.DelayOrder",
        period=years(3),
        counted_from=_("到期告知"),
        fate=Fate.DELETE,
        basis=LEDGER,
        source=Source.CONFIRMED,
        least=years(3),
        withheld=_("依法暂缓告知；到期后写在「谁看过我的信息」里（个人信息保护法第十八条、第三十五条）"),
    ),
    Keeping(
        kind="retention.hold",
        label=_("依法保全的记录"),
        model="retention.LegalHold",
        period=years(3),
        counted_from=_("解除"),
        fate=Fate.DELETE,
        withheld=_("告知会妨碍国家机关履行职责（个人信息保护法第十八条、第三十五条）"),
    ),
)


def every_keeping() -> tuple[Keeping, ...]:
    """Return the whole table: the kernel's kinds, then those of each domain."""
    return KERNEL + tuple(row for domain in DOMAINS.values() for row in domain.retention)


def keeping(kind: str) -> Keeping:
    """Return one row of the table."""
    return next(row for row in every_keeping() if row.kind == kind)


def period_in_force(row: Keeping, now: datetime) -> Span | None:
    """Return the period of a kind as this installation keeps it, never below what the law asks at least."""
    if row.period is None or row.source is not Source.CONFIGURATION:
        return row.period
    chosen = local_value(PROVINCE, f"retention.{row.kind}", timezone.localdate(now))
    if chosen is None:
        return row.period
    span = Span(max(1, int(str(chosen.value))), Counting.MONTHS)
    too_short = row.least is not None and span.before(now) > row.least.before(now)
    return row.least if too_short else span


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the table as everybody may read it."""

    label: Words
    period: Words
    counted_from: Words
    basis: Words
    ours: bool


def shown_table(now: datetime) -> list[Shown]:
    """Return the table for the public, with the periods in force (个人信息保护法 art. 17)."""
    return [
        Shown(
            row.label,
            _period_words(row, now),
            row.counted_from,
            row.basis,
            row.source is Source.CONFIGURATION,
        )
        for row in every_keeping()
    ]


def _period_words(row: Keeping, now: datetime) -> Words:
    span = period_in_force(row, now)
    if span is None:
        return _("在用时保存") if row.fate is Fate.KEEP else _("用完即删，或随上级记录")
    words = {
        Counting.CALENDAR_DAYS: ngettext("%(amount)s天", "%(amount)s天", span.amount),
        Counting.MONTHS: ngettext("%(amount)s个月", "%(amount)s个月", span.amount),
        Counting.YEARS: ngettext("%(amount)s年", "%(amount)s年", span.amount),
    }
    return words[span.counting] % {"amount": span.amount}


def cut(kind: str, now: datetime) -> datetime:
    """Return the moment before which rows of a kind have been kept long enough."""
    span = period_in_force(keeping(kind), now)
    return span.before(now) if span else now


def cut_for_cases(domain_key: str, now: datetime) -> datetime:
    """Return the moment before which closed cases of a domain have been kept: its longest period decides."""
    spans = [period_in_force(row, now) for row in DOMAINS[domain_key].retention if row.case]
    moments = [span.before(now) for span in spans if span is not None]
    return min(moments) if moments else cut(CASES, now)


def least_for_cases(domain_key: str, now: datetime) -> datetime:
    """Return the moment before which closed cases of a domain have been kept as long as the law asks at least."""
    leasts = [row.least for row in DOMAINS[domain_key].retention if row.case]
    moments = [least.before(now) if least else now for least in leasts]
    return min(moments, default=now)
