"""Posting the answer to whoever left an address and no phone, and whose letter became a request; it is no step of the procedure."""

from datetime import datetime

from django.db import transaction

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.posting import is_waiting
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.posting import record_posted, refuse_posting
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def note_posted(*, actor: Actor, case_id: int, now: datetime, printed: datetime | None = None) -> Request:
    """Note that the answer is in the post; an answer that is given anew is posted anew."""
    authorise(actor, "hotline.post")
    case = case_for(actor, "hotline.post", case_id)
    request = Request.objects.select_for_update(no_key=True).get(pk=case.pk)
    written = request.replied_at
    refuse_posting(
        actor, case, by_post=request.by_post, waits=written is not None, written_at=written, printed=printed
    )
    if is_waiting(request):
        request.posted_at = now
        request.save(update_fields=["posted_at"])
        record_posted(actor, case, now)
    return request
