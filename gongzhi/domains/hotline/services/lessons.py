"""What the machine that suggests categories may learn from: requests that are closed, under the category they ended with."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from gongzhi.domains.hotline.queries.gathered import speaking_of_nobody
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.people.actor import Actor

#: So far back requests are read, so many of them at most, the latest first, and so many at a time.
LOOK_BACK: Final = timedelta(days=3 * 365)
MOST, BATCH = 60_000, 1_000

Lesson = tuple[str, str, str]


@transaction.atomic
def lessons_of_requests(*, actor: Actor, now: datetime) -> list[Lesson]:
    """Return title, text and key of the final category of closed requests, with one line in the audit record.

    Left out are confidential requests and all that complain of a unit or an official or name somebody (信访工作条例 art. 30),
    and those that were withdrawn. Who wrote is not read.
    """
    authorise(actor, "hotline.learn")
    closed = speaking_of_nobody().filter(
        case__closed_at__lte=now, case__opened_at__gte=now - LOOK_BACK, case__category__isnull=False
    )
    latest = list(closed.order_by("-case__opened_at", "-pk").values_list("pk", flat=True)[:MOST])
    found: list[Lesson] = []
    for begin in range(0, len(latest), BATCH):
        batch = closed.filter(pk__in=latest[begin : begin + BATCH]).order_by("-case__opened_at", "-pk")
        found += batch.values_list("case__title", "text", "case__category__key")
    record(actor=actor, action="hotline.learn", now=now, details={"requests": len(found)})
    return found
