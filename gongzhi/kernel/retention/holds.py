"""Set a legal hold, and have another lift it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import Declined, NotAllowed
from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import NOTHING, told_to
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.retention.held import HOLDS_LOCK
from gongzhi.kernel.retention.models import LegalHold

#: An administrator sees no matters, so cannot name one.
KEEPERS = frozenset({Role.SUPERVISOR})


class NotHeld(Declined):
    """The hold cannot be set or lifted like this (HTTP 422)."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is held: one case, everything of the person who opened it, or the cases of a unit opened within a period.

    With `whole_person` the case only names who; it is kept with the hold, which is for those alone who may read it.
    """

    case_id: int | None = None
    unit_id: int | None = None
    whole_person: bool = False
    opened_from: date | None = None
    opened_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who asks for the hold and why."""

    reason: str
    authority: str
    reference: str


@transaction.atomic
def set_hold(*, actor: Actor, subject: Subject, order: Order, now: datetime) -> LegalHold:
    """Keep something from being forgotten, by order of an authority (刑事诉讼法 art. 54; 监察法 art. 18)."""
    account_id = _keeper(actor)
    if (subject.case_id is None) == (subject.unit_id is None):
        raise NotHeld(_("请只填一项：事项，或单位。"))
    person_id = _named(actor, subject, subject.case_id) if subject.case_id is not None else None
    if subject.unit_id and not (
        subject.opened_from and subject.opened_to and subject.opened_from <= subject.opened_to
    ):
        raise NotHeld(_("按单位保全要写明登记日期的起止。"))
    if not (order.reason.strip() and order.authority.strip() and order.reference.strip()):
        raise NotHeld(_("请写明要求保全的机关、文书编号和理由。"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HOLDS_LOCK])
    what: dict[str, Any] = asdict(subject) | {"person_id": person_id}
    del what["whole_person"]
    same = LegalHold.objects.filter(
        lifted_at=None,
        set_by_id=account_id,
        reference=order.reference,
        **what,
    ).first()
    if same is not None:
        return same  # the same order, sent again
    hold = LegalHold.objects.create(
        **what,
        region_code=actor.region_code,
        reason=order.reason,
        authority=order.authority,
        reference=order.reference,
        set_by_id=account_id,
        set_at=now,
    )
    _note(actor, "retention.hold_set", hold, now)
    return hold


def holds_for(actor: Actor) -> QuerySet[LegalHold]:
    """Return the holds of the actor's area and those they set, without what must be kept from them.

    A hold on a person is for whoever may learn of the case that named them (信访工作条例 art. 30); without one it is shut.
    """
    mine = Q(set_by_id=_keeper(actor)) | _area(actor)
    told = Q(unit_id__isnull=False) | Q(case_id__in=Case.objects.filter(told_to(actor)).values("pk"))
    return LegalHold.objects.filter(mine, told)


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: int, reason: str, now: datetime) -> LegalHold:
    """Let what was held be forgotten in its time; whoever set the hold cannot lift it."""
    account_id = _keeper(actor)
    hold = holds_for(actor).select_for_update(of=("self",)).filter(pk=hold_id).first()
    if hold is None:
        raise NotHeld(_("没有找到这项保全。请回到列表刷新。"))
    if hold.lifted_at is not None and hold.lifted_by_id == account_id:
        return hold  # sent again
    if hold.lifted_at is not None:
        raise NotHeld(_("这项保全已经解除。"))
    if hold.set_by_id == account_id:
        raise NotAllowed(_("设置保全的人不能自己解除。请由另一位督办员解除。"))
    if not reason.strip():
        raise NotHeld(_("请写明解除的理由。"))
    hold.lifted_by_id, hold.lifted_at, hold.lifted_reason = account_id, now, reason
    hold.save(update_fields=["lifted_by_id", "lifted_at", "lifted_reason"])
    _note(actor, "retention.hold_lifted", hold, now)
    return hold


def _named(actor: Actor, subject: Subject, case_id: int) -> int | None:
    """Return whom the case names, for a hold on the whole person; it is there, in the actor's area, not kept from them."""
    case = Case.objects.filter(_area(actor), told_to(actor), pk=case_id).first()
    if case is None:
        raise NotHeld(_("您管辖的地区没有这个编号的事项。请核对编号。"))
    if not subject.whole_person:
        return None
    if case.opened_by_id is None:
        raise NotHeld(_("这件事没有登记本人。请只保全这一件事。"))
    return case.opened_by_id


def _area(actor: Actor) -> Q:
    """Return the filter for rows of the actor's region; without one there are none."""
    if not actor.region_code:
        return NOTHING
    low, high = prefix_range(actor.region_code)
    return Q(region_code__gte=low, region_code__lt=high)


def _keeper(actor: Actor) -> int:
    if actor.role not in KEEPERS or actor.account_id is None:
        raise NotAllowed(_("只有督办员可以设置或解除依法保全。请换用督办员岗位登录。"))
    return actor.account_id


def _note(actor: Actor, action: str, hold: LegalHold, now: datetime) -> None:
    record(
        action=action,
        actor=actor,
        now=now,
        subject=f"hold:{hold.pk}",
        case_id=hold.case_id,
        details={"reference": hold.reference, "authority": hold.authority},
    )
