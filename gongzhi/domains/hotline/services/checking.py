"""What a reply to a request is read beside before it goes out."""

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.gathered import speaking_of_nobody
from gongzhi.insight.triage.reply_door import COMPARED, Asked, open_in_unit
from gongzhi.insight.triage.reply_points import Given, Office
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return what a reply is read beside: the request, or the one it is a part of."""
    request = Request.objects.select_related("case").filter(pk=case.parent_id or case.pk).first()
    if request is None:
        return None
    given = Given(phone=case.opened_by_id is not None, place=bool(request.place))
    return Asked(text=request.text, title=request.case.title, given=given, office=_office(case, request))


def _office(case: Case, asked: Request) -> Office:
    """Return the unit's replies to other open matters, and its other messages that put nobody in danger.

    Those linked to this one are left out: they are answered alike on purpose.
    """
    main = asked.duplicate_of_id or asked.pk
    replied, waiting = (
        open_in_unit(rows.filter(replied_at__isnull=not answered), case)
        .exclude(pk=main)
        .exclude(duplicate_of_id=main)
        for rows, answered in ((Request.objects, True), (speaking_of_nobody(), False))
    )
    messages = waiting.values_list("case__title", "text")[:COMPARED]
    return Office(
        replies=list(replied.values_list("reply", flat=True)[:COMPARED]),
        messages=[f"{title} {text}" for title, text in messages],
    )
