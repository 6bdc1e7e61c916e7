"""Lawful delay: one official orders that a person is not told yet who looked, another in another post approves it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.access.models import APPROVED, DelayOrder
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.approval import asked_before, decide, needs_post
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import NOT_FOUND, case_for
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, domain


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason that the law gives for not telling yet, with its article."""

    key: str
    label: Words
    article: str


GROUNDS: Final = (
    Ground("investigation", _("正在依法调查，告知会妨碍调查"), "个人信息保护法 第三十五条"),
    Ground(
        "protection",
        _("保护被害人、证人、举报人及其近亲属"),
        "个人信息保护法 第三十五条；刑事诉讼法 第六十四条",
    ),
    Ground("secrecy", _("法律、行政法规规定应当保密"), "个人信息保护法 第十八条第一款"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """What an officer asks for: on which ground, how far and until which day; the court's number where one is needed."""

    ground: str
    words: str
    release_on: date
    whole_person: bool = False
    court_reference: str = ""


@transaction.atomic
def order_delay(*, actor: Actor, case_id: int, delay: Delay, now: datetime, key: str) -> DelayOrder:
    """Ask that a person is not told yet of the looks of the actor's unit (个人信息保护法 art. 18 and 35).

    Nothing is held back until another official agrees. A unit orders only about its own looks, never another's, and
    once: a second delay over the same, also after the first is over, needs the reference of a court.
    """
    authorise(actor, f"{_domain_of(case_id)}.order_delay")
    account, post = needs_post(actor)
    body = {"case": case_id, "delay": vars_of(delay)}
    number, mark, before = asked_before(DelayOrder, actor, key, body)
    if before is not None:
        return before
    case = _case(actor, case_id, "order_delay")
    person_id = case.opened_by_id
    if person_id is None:
        raise NotPossible("这件事没有登记联系人，没有需要暂缓的告知。")
    if actor.unit_id is None:
        raise NotPossible("您的岗位没有所属单位。暂缓告知只能由查看信息的单位提出。")
    _check(delay, localdate(now))
    order = DelayOrder(
        key=number,
        mark=mark,
        person_id=person_id,
        case_id=case.pk,
        whole_person=delay.whole_person,
        purpose=delay.ground,
        words=delay.words.strip()[:200],
        unit_id=actor.unit_id,
        region_code=actor.region_code,
        asked_by_id=account,
        asked_in_id=post,
        asked_at=now,
        since=now,
        release_on=delay.release_on,
        court_reference=delay.court_reference.strip()[:80],
    )
    _one_at_a_time(person_id)
    _refuse_without_court(order)
    order.save(force_insert=True)
    _record(actor, "delay.ordered", order, now)
    return order


@transaction.atomic
def decide_delay(
    *, actor: Actor, order_id: int, approve: bool, words: str, now: datetime, key: str
) -> DelayOrder:
    """Approve or refuse an order as the second official; whoever ordered it, or holds the same post, cannot.

    Whether it is the first is asked again here: two orders may have waited side by side.
    """
    order = DelayOrder.objects.filter(pk=order_id).first()
    if order is None:
        raise NotPossible(NOT_FOUND)
    _case(actor, order.case_id, "approve_delay")
    _one_at_a_time(order.person_id)
    order = DelayOrder.objects.select_for_update().get(pk=order_id)
    if not decide(order, actor=actor, approve=approve, words=words, now=now, key=key):
        return order
    if approve:
        if order.release_on <= localdate(now):
            raise NotPossible("告知日期已到，不能再批准暂缓。请不予批准。")
        _refuse_without_court(order)
        order.since = _since(order, now)
    order.save(force_update=True)
    _record(actor, "delay.approved" if approve else "delay.refused", order, now)
    return order


def delays_for(actor: Actor) -> QuerySet[DelayOrder]:
    """Return the orders that the actor asked for or may decide, newest first."""
    mine = Q(asked_by_id=actor.account_id or 0)
    for key in DOMAINS:
        cases = Case.objects.filter(reach(actor, f"{key}.approve_delay"))
        mine |= Q(case_id__in=cases.values("pk"))
    return DelayOrder.objects.filter(mine).select_related("unit").order_by("-asked_at", "-pk")


def ground_of(order: DelayOrder) -> Ground:
    """Return the ground of an order."""
    return next(one for one in GROUNDS if one.key == order.purpose)


def vars_of(delay: Delay) -> dict[str, object]:
    """Return what was asked for, as it enters the fingerprint."""
    return {name: getattr(delay, name) for name in Delay.__slots__}


def _domain_of(case_id: int) -> str:
    procedure = Case.objects.filter(pk=case_id).values_list("procedure", flat=True).first()
    if procedure is None:
        raise NotPossible(NOT_FOUND)
    return domain(procedure).key


def _case(actor: Actor, case_id: int, word: str) -> Case:
    """Return the case if the actor may read it and do *word* to it."""
    key = _domain_of(case_id)
    case = case_for(actor, f"{key}.read", case_id)
    authorise(actor, f"{key}.{word}", case)
    return case


def _check(delay: Delay, today: date) -> None:
    if delay.ground not in {one.key for one in GROUNDS}:
        raise NotPossible("请从列表中选择暂缓告知的法定理由。")
    if len(delay.words.strip()) < 5:
        raise NotPossible("请写明为什么现在告知会妨碍调查或危及他人，审批人要据此决定。")
    last = today + timedelta(days=settings.LOOK_DELAY_DAYS)
    if not today < delay.release_on <= last:
        raise NotPossible(
            "告知日期要晚于今天，最迟 %(last)s。到期会自动告知本人；再次暂缓须有法院文书。",
            last=last.isoformat(),
        )


def _earlier(order: DelayOrder) -> QuerySet[DelayOrder]:
    """The approved orders of the same unit that overlap in scope: a new order over the same is a second delay."""
    same = DelayOrder.objects.filter(person=order.person, unit=order.unit, decision=APPROVED)
    return same if order.whole_person else same.filter(Q(whole_person=True) | Q(case_id=order.case_id))


def _refuse_without_court(order: DelayOrder) -> None:
    if not order.court_reference and _earlier(order).exists():
        raise NotPossible("这项告知已经暂缓过一次。再次暂缓须有法院文书，请填写文书编号。")


def _since(order: DelayOrder, now: datetime) -> datetime:
    """From when on it holds back: its approval, or what an order at least as wide and still running holds already."""
    running = _earlier(order).filter(release_on__gt=localdate(now))
    if order.whole_person:
        running = running.filter(whole_person=True)
    first = running.order_by("since").values_list("since", flat=True).first()
    return first or now


def _one_at_a_time(person_id: int) -> None:
    """Let orders about one person wait for each other: asking for earlier ones must see them all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"delay:{person_id}"])


def _record(actor: Actor, action: str, order: DelayOrder, now: datetime) -> None:
    record(
        actor=actor,
        action=action,
        now=now,
        case_id=order.case_id,
        subject=f"delay:{order.pk}",
        purpose=ground_of(order).article,
        details={"release_on": order.release_on.isoformat(), "court_reference": order.court_reference},
    )
