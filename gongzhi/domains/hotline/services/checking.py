"""What a reply to a request is read beside before it goes out."""

from gongzhi.domains.hotline.models import Request
from gongzhi.insight.triage.reply_door import COMPARED, Asked
from gongzhi.insight.triage.reply_points import Given
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return what a reply is read beside: the request, or the one it is a part of."""
    request = Request.objects.select_related("case").filter(pk=case.parent_id or case.pk).first()
    if request is None:
        return None
    given = Given(phone=case.opened_by_id is not None, place=bool(request.place))
    return Asked(text=request.text, title=request.case.title, given=given, others=_others(case, request))


def _others(case: Case, asked: Request) -> list[str]:
    """Return the latest replies of the unit to other matters; those linked to this one are answered alike on purpose."""
    main = asked.duplicate_of_id or asked.pk
    replies = Request.objects.filter(case__unit=case.unit, replied_at__isnull=False)
    replies = replies.exclude(pk=asked.pk).exclude(pk=main).exclude(duplicate_of_id=main)
    return list(replies.order_by("-replied_at").values_list("reply", flat=True)[:COMPARED])
