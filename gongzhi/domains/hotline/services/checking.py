"""Reads a reply through before it goes out, beside what was asked, and counts what was found."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from gongzhi.domains.hotline.models import Request
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, noted
from gongzhi.insight.triage.reply_door import COMPARED, Asked, Reading
from gongzhi.insight.triage.reply_points import Given
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.prepared import Part


def asked_of(case: Case) -> Asked | None:
    """Return what a reply is read beside: the request, or the one it is a part of."""
    request = Request.objects.select_related("case").filter(pk=case.parent_id or case.pk).first()
    if request is None:
        return None
    given = Given(phone=case.opened_by_id is not None, place=bool(request.place))
    return Asked(text=request.text, title=request.case.title, given=given, others=_others(case, request))


def notes_of_reply(reading: Reading, case: Case, now: datetime) -> Iterator[Part]:
    """Yield the row of a reply that was read: for which points it came back, and the reason it went out with them."""
    if not reading.is_read:
        return
    stopping = reading.stopping
    note = Note(
        kind=Kind.REPLY,
        suggested=" ".join(sorted({one.point.value for one in stopping})),
        chosen="sent" if stopping else "passed",
        shadow=settings.TRIAGE_REPLY_SHADOW,
        reason=reading.reason.get("despite", "") if stopping else "",
    )
    yield noted(note, region_code=case.region_code, now=now)


def _others(case: Case, asked: Request) -> list[str]:
    """Return the latest replies of the unit to other matters; those linked to this one are answered alike on purpose."""
    main = asked.duplicate_of_id or asked.pk
    replies = Request.objects.filter(case__unit=case.unit, replied_at__isnull=False)
    replies = replies.exclude(pk=asked.pk).exclude(pk=main).exclude(duplicate_of_id=main)
    return list(replies.order_by("-replied_at").values_list("reply", flat=True)[:COMPARED])
