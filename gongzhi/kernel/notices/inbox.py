"""What an actor has been told inside the platform, and which of it is new."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import LiteralString

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel import prepared
from gongzhi.kernel.access.decide import told_to
from gongzhi.kernel.declare.notice import Channel
from gongzhi.kernel.notices.models import Message, Read
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.registry.api import DOMAINS, rules_for

KEEP_FROM: LiteralString = "SELECT notices_keep_from(%s::bigint[], %s::bigint, %s::bigint)"
NEW_FOR = timedelta(days=30)
MOST_COUNTED = 100


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Return the actor's in-app messages, newest first, each with `is_read`."""
    return _mine(actor).annotate(is_read=Exists(_reads(actor))).order_by("-id")


def unread_for(actor: Actor, now: datetime) -> QuerySet[Message]:
    """Return what the actor has not read of the last thirty days."""
    return _mine(actor).filter(~Exists(_reads(actor)), written_at__gt=now - NEW_FOR).order_by("-id")


def unread_count(actor: Actor, now: datetime) -> int:
    """Return how many messages are new, counted to a hundred at most."""
    if actor.account_id is None:
        return 0
    return unread_for(actor, now)[:MOST_COUNTED].count()


def mark_read(actor: Actor, message_ids: Iterable[int], now: datetime) -> int:
    """Note that the actor has read these; what is not addressed to them is left out. Return how many were meant."""
    if actor.account_id is None:
        return 0
    mine = list(messages_for(actor).filter(pk__in=list(message_ids)).values_list("pk", flat=True))
    rows = [Read(message_id=pk, account_id=actor.account_id, at=now) for pk in mine]
    Read.objects.bulk_create(rows, ignore_conflicts=True)
    return len(mine)


def keep_messages_from(case_ids: Iterable[int], *, unit_id: int | None, account_id: int | None) -> None:
    """Hide every message about some cases, also those already read, from whom they complain of (信访工作条例 art. 30)."""
    prepared.run(KEEP_FROM, (list(case_ids), unit_id, account_id))


def _mine(actor: Actor) -> QuerySet[Message]:
    mine = Message.objects.filter(_addressed_to(actor), channel=Channel.IN_APP.value)
    if actor.role is not Role.CITIZEN:
        mine = mine.filter(told_to(actor, "kept_from_unit_id", "kept_from_account_id"))
    return mine


def _reads(actor: Actor) -> QuerySet[Read]:
    return Read.objects.filter(message=OuterRef("pk"), account=actor.account_id)


def _addressed_to(actor: Actor) -> Q:
    if actor.role is Role.CITIZEN:
        return Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=())
    addressed = Q(pk__in=())
    if actor.unit_id is not None:
        of_unit = Q(unit_id=actor.unit_id, role__in=("", actor.role.value))
        addressed |= of_unit if _reads_matters(actor.role) else of_unit & Q(urgent=True)
    if actor.region_code:
        low, high = prefix_range(actor.region_code)
        addressed |= Q(
            unit=None, person=None, role=actor.role.value, region_code__gte=low, region_code__lt=high
        )
    return addressed


def _reads_matters(role: Role) -> bool:
    """Say whether a role reads matters of any kind: a message bears the title of one.

    Others of a unit, as who leads an area, read of what is urgent alone, which bears a number (信访工作条例 art. 25).
    """
    return any(rules_for(f"{key}.read", role) for key in DOMAINS)
