"""The answers to people without a phone that wait to be posted."""

from gongzhi.domains.hotline.models import TO_POST, Request
from gongzhi.domains.hotline.queries.written import written_answer
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.posting import MOST, may_post, posted_by
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.written import Written


def requests_to_post(actor: Actor) -> list[Request]:
    """Return the answers that the actor may post and nobody has, the longest waiting first, fifty at most."""
    theirs = Request.objects.filter(TO_POST, case__in=Case.objects.filter(posted_by(actor, "hotline")))
    return list(theirs.select_related("case__opened_by").order_by("replied_at", "pk")[:MOST])


def is_waiting(request: Request) -> bool:
    """Say whether an answer is there that was not posted: the twin of the filter."""
    given, posted = request.replied_at, request.posted_at
    return request.by_post and given is not None and (posted is None or posted < given)


def answer_to_post(actor: Actor, request: Request) -> Written | None:
    """Return the answer to whoever may post it; None to everybody else, and to somebody who left a phone."""
    return written_answer(request) if request.by_post and may_post(actor, request.case) else None
