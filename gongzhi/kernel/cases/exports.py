"""Taking a list with personal data out: asked for with a purpose, allowed by another, written down for each person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.kernel.access.decide import authorise, may, reach
from gongzhi.kernel.access.ledger import declared_purpose, write_look, written_purpose
from gongzhi.kernel.access.models import UNDECIDED, Export
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.approval import asked_before, decide, needs_post
from gongzhi.kernel.cases.exportfiles import KINDS, Sheet, written
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import ROLE_LABELS
from gongzhi.kernel.people.persons import read_particulars
from gongzhi.kernel.registry.api import DOMAINS, domain

TIMES: Final = 3  # a broken download is fetched again; each time every person gets a line in the ledger
NOT_FOUND: Final = "没有找到这份导出申请。请回到导出列表重新选择。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an official asks for: the open matters registered within a period, and what for."""

    opened_from: date
    opened_to: date
    purpose: str
    words: str
    kind: str = "xlsx"


@transaction.atomic
def ask_export(*, actor: Actor, domain_key: str, wanted: Wanted, now: datetime, key: str) -> Export:
    """Ask to take out the contacts of open matters; the list is fixed now, so that what is approved is what leaves.

    Confidential matters are never exported (GB/T 33358-2016), nor what the actor may not look up one by one.
    """
    action = f"{domain_key}.export"
    authorise(actor, action)
    account, post = needs_post(actor)
    body = {"domain": domain_key, **{name: getattr(wanted, name) for name in Wanted.__slots__}}
    number, mark, before = asked_before(Export, actor, key, body)
    if before is not None:
        return before
    purpose, words = written_purpose(action, wanted.purpose, wanted.words)
    if wanted.kind not in KINDS:
        raise NotPossible("请选择 CSV 或 Excel 格式。")
    if wanted.opened_to < wanted.opened_from:
        raise NotPossible("结束日期不能早于开始日期。")
    period = Q(opened_at__date__gte=wanted.opened_from, opened_at__date__lte=wanted.opened_to)
    cases = list(
        _exportable(actor, domain_key)
        .filter(period)
        .order_by("pk")
        .values_list("pk", flat=True)[: _most() + 1]
    )
    if not cases:
        raise NotPossible("这段时间没有可以导出的在办事项。请换一段时间。")
    if len(cases) > _most():
        raise NotPossible("一次最多导出 %(most)s 件。请缩短时间后再申请。", most=_most())
    export = Export.objects.create(
        key=number,
        mark=mark,
        purpose=purpose.key,
        words=words,
        unit_id=actor.unit_id,
        region_code=actor.region_code,
        asked_by_id=account,
        asked_in_id=post,
        asked_at=now,
        action=action,
        kind=wanted.kind,
        case_ids=cases,
    )
    _record(actor, "export.asked", export, now)
    return export


@transaction.atomic
def decide_export(
    *, actor: Actor, export_id: int, approve: bool, words: str, now: datetime, key: str
) -> Export:
    """Allow or refuse an export: a second official whose own reach covers every matter on the list."""
    export = Export.objects.select_for_update().filter(pk=export_id).first()
    if export is None:
        raise NotPossible(NOT_FOUND)
    action = f"{domain(export.action).key}.approve_export"
    authorise(actor, action)
    if approve and not _covers(actor, action, export):
        raise NotAllowed("名单里有不在您审批范围内的事项。请由所在单位负责人或督办员审批。")
    if not decide(export, actor=actor, approve=approve, words=words, now=now, key=key):
        return export
    if approve:
        export.expires_at = now + timedelta(hours=settings.EXPORT_HOURS)
    export.save(force_update=True)
    _record(actor, "export.approved" if approve else "export.refused", export, now)
    return export


@transaction.atomic
def fetch_export(*, actor: Actor, export_id: int, now: datetime) -> tuple[str, bytes]:
    """Return name and content of an approved list to who asked for it, with a line in the ledger for each person.

    What was closed, sealed or taken from the actor since it was approved is left out (no case, no data).
    """
    export = Export.objects.select_for_update().filter(pk=export_id).first()
    if export is None:
        raise NotPossible(NOT_FOUND)
    authorise(actor, export.action)
    if actor.account_id != export.asked_by_id or actor.post_id != export.asked_in_id:
        raise NotAllowed("只有申请人本人、以申请时的岗位才能下载这份名单。")
    if not export.is_approved or export.expires_at is None:
        raise NotPossible("这份名单还没有批准，不能下载。请等待审批。")
    if export.expires_at <= now or export.times_fetched >= TIMES:
        raise NotPossible("下载已过期或次数已用完。确有需要请重新申请。")
    exportable = _exportable(actor, domain(export.action).key).filter(pk__in=export.case_ids)
    cases = list(exportable.select_related("unit").order_by("pk"))
    if not cases:
        raise NotPossible("名单里的事项都已办结或不再由您办理，没有可以导出的内容。")
    export.times_fetched, export.fetched_at = export.times_fetched + 1, now
    export.save(update_fields=["times_fetched", "fetched_at"])
    purpose = declared_purpose(export.action, export.purpose)
    for case in cases:
        if case.opened_by_id is not None:
            write_look(
                actor=actor,
                action=export.action,
                person_id=case.opened_by_id,
                case_id=case.pk,
                purpose=purpose,
                words=export.words,
                now=now,
                export=export,
            )
    return f"{export.number}.{export.kind}", written(_sheet(actor, export, cases, now), export.kind)


def exports_for(actor: Actor) -> QuerySet[Export]:
    """Return the exports that the actor asked for or may have to decide, newest first."""
    shown = Q(asked_by_id=actor.account_id or 0)
    if any(may(actor, f"{key}.approve_export") for key in DOMAINS):
        shown |= Q(unit_id=actor.unit_id or 0)
        if actor.region_code:
            shown |= Q(region_code__startswith=actor.region_code)
    return Export.objects.filter(shown).select_related("unit").order_by("-asked_at", "-pk")


def may_decide(actor: Actor, export: Export) -> bool:
    """Say whether the actor is the second official whom this export waits for."""
    action = f"{domain(export.action).key}.approve_export"
    other = actor.account_id != export.asked_by_id and actor.post_id != export.asked_in_id
    return export.decision == UNDECIDED and other and may(actor, action) and _covers(actor, action, export)


def _exportable(actor: Actor, key: str) -> QuerySet[Case]:
    """Open matters with a person whose contact the actor may look up one by one; none that are confidential."""
    return Case.objects.filter(
        reach(actor, f"{key}.export"),
        reach(actor, f"{key}.see_requester"),
        closed_at__isnull=True,
        opened_by__isnull=False,
        sealed=False,
        against_unit__isnull=True,
        against_account__isnull=True,
    )


def _covers(actor: Actor, action: str, export: Export) -> bool:
    return Case.objects.filter(reach(actor, action), pk__in=export.case_ids).count() == len(export.case_ids)


def _most() -> int:
    return int(settings.EXPORT_PERSONS)


def _sheet(actor: Actor, export: Export, cases: list[Case], now: datetime) -> Sheet:
    label = declared_purpose(export.action, export.purpose).label
    post = ROLE_LABELS[actor.role]
    unit = export.unit.name if export.unit else ""
    persons = read_particulars(
        {case.opened_by_id for case in cases if case.opened_by_id}, purpose=export.purpose
    )
    rows = [
        (
            case.number,
            case.title,
            str(procedure_of(case).label_of(case.stage)),
            case.unit.name if case.unit else "",
            f"{localtime(case.opened_at):%Y-%m-%d}",
            who.name if who else "",
            who.phone if who else "",
        )
        for case in cases
        for who in [persons.get(case.opened_by_id or 0)]
    ]
    return Sheet(
        number=export.number,
        mark=(
            f"导出编号 {export.number}；导出人 {actor.name}（{unit} {post}）；"
            f"{localtime(now):%Y-%m-%d %H:%M}；用途：{label}：{export.words}；仅限本用途，不得转发"
        ),
        heads=("事项编号", "标题", "环节", "承办单位", "登记日期", "姓名", "电话"),
        rows=rows,
    )


def _record(actor: Actor, action: str, export: Export, now: datetime) -> None:
    record(
        actor=actor,
        action=action,
        now=now,
        subject=f"export:{export.pk}",
        purpose=export.words,
        details={"cases": len(export.case_ids), "kind": export.kind},
    )
