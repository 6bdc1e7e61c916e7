"""Keeps the index by which likely duplicates are found like the requests that are open."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.duplicates import LOOK_BACK
from gongzhi.domains.hotline.queries.gathered import speaking_of_nobody
from gongzhi.insight.triage.answers import joined
from gongzhi.insight.triage.shelf import Busy, Shelved, built
from gongzhi.insight.triage.shelved import clear, follow, shelf_folder
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.people.actor import Actor

#: So many requests are read at a time.
BATCH: Final = 1_000


def follow_requests(*, actor: Actor, now: datetime) -> int:
    """Put on the index what was asked since, take off what was closed, withdrawn, named or is long ago; return how many of both.

    Never on it are confidential requests and all that complain of a unit or an official or name somebody (信访工作条例 art. 30): an index
    is not behind the second lock. What another process writes now is left to it. With suggestions switched off nothing is kept.
    """
    authorise(actor, "hotline.gather")
    if not settings.TRIAGE_SUGGESTIONS:
        clear()
        return 0
    wanted = list(_to_be_found(now).values_list("pk", flat=True))
    try:
        return follow(wanted, lambda ids: _read(now, ids), now)
    except Busy:
        return 0


def index_requests(*, actor: Actor, now: datetime, tell: Callable[[int, int], None]) -> int:
    """Lay the index down anew, with one line in the audit record; return how many requests are on it.

    *tell* is told how many were read of how many: each is read twice, to count which signs are rare and to keep them. Raises
    Busy when another process writes.
    """
    authorise(actor, "hotline.gather")
    ids = list(_to_be_found(now).order_by("pk").values_list("pk", flat=True))
    read = 0

    def batches() -> Iterator[Sequence[Shelved]]:
        nonlocal read
        for begin in range(0, len(ids), BATCH):
            yield _read(now, ids[begin : begin + BATCH])
            read += len(ids[begin : begin + BATCH])
            tell(read, 2 * len(ids))

    with transaction.atomic():
        number = len(built(shelf_folder(), batches))
        record(actor=actor, action="hotline.index", now=now, details={"requests": number})
    return number


def _to_be_found(now: datetime) -> QuerySet[Request]:
    """Return the open requests among which duplicates are looked for, those that put nobody in danger."""
    return speaking_of_nobody().filter(
        case__closed_at=None, case__opened_at__gte=now - LOOK_BACK, case__opened_at__lte=now
    )


def _read(now: datetime, ids: Sequence[int]) -> list[Shelved]:
    columns = ("pk", "case__region_code", "case__opened_at", "case__title", "text")
    rows = _to_be_found(now).filter(pk__in=ids).values_list(*columns)
    return [Shelved(pk, region, at, joined(title, text)) for pk, region, at, title, text in rows]
