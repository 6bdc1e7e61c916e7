"""Hand stored facts on to their receivers, once each; try again with growing pauses; keep what never works visible."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongzhi.kernel.events.models import Outbox
from gongzhi.kernel.notices.write import write_messages

log = logging.getLogger(__name__)

ATTEMPTS = 10
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


def waiting(now: datetime) -> QuerySet[Outbox]:
    """Return the facts to hand on now, oldest first."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    return Outbox.objects.filter(due, delivered_at=None, dead_at=None).order_by("id")


def dead_letters() -> QuerySet[Outbox]:
    """Return the facts given up, newest first, for an administrator to look at."""
    return Outbox.objects.filter(dead_at__isnull=False).order_by("-id")


def hand_on_due(now: datetime, limit: int = 100) -> int:
    """Hand on up to *limit* waiting facts; return how many arrived."""
    arrived = 0
    for _ in range(limit):
        with transaction.atomic():
            fact = waiting(now).select_for_update(skip_locked=True).first()
            if fact is None:
                break
            arrived += _hand_on(fact, now)
    return arrived


def revive(facts: QuerySet[Outbox]) -> int:
    """Give dead letters another chance, as an administrator asked; return how many."""
    return facts.filter(dead_at__isnull=False).update(dead_at=None, attempts=0, next_try_at=None)


def _hand_on(fact: Outbox, now: datetime) -> bool:
    """Give one fact to every receiver, in this order. Add a receiver here, by name."""
    try:
        with transaction.atomic():
            write_messages(fact, now=now)
            Outbox.objects.filter(pk=fact.pk).update(delivered_at=now, attempts=F("attempts") + 1)
    except Exception as fault:  # whatever a receiver raises, the fact must stay and the others go on
        log.exception("Fact %s (%s) was not handed on", fact.pk, fact.key)
        _postpone(fact, now, fault)
        return False
    return True


def _postpone(fact: Outbox, now: datetime, fault: Exception) -> None:
    fact.attempts += 1
    fact.last_error = f"{type(fault).__name__}: {fault}"[:2000]
    fact.next_try_at = now + min(FIRST_PAUSE * 2**fact.attempts, LONGEST_PAUSE)
    if fact.attempts >= ATTEMPTS:
        fact.dead_at = now
    fact.save(update_fields=["attempts", "last_error", "next_try_at", "dead_at"])
