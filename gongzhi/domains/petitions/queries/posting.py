"""What was written to petitioners without a phone and waits to be posted."""

from gongzhi.domains.petitions.models import TO_POST, Petition
from gongzhi.domains.petitions.queries.letters import letter_of, letters_of
from gongzhi.domains.petitions.queries.matters import Matter, matter_for
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.posting import MOST, may_post, posted_by
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.written import Written


def petitions_to_post(actor: Actor) -> list[Petition]:
    """Return the petitions with something that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Petition.objects.filter(TO_POST)
    theirs = waiting.filter(case__in=Case.objects.filter(posted_by(actor, "petitions")))
    return list(theirs.select_related("case__opened_by").order_by("to_post_at", "pk")[:MOST])


def unposted(actor: Actor, case_id: int) -> tuple[Matter, list[Written]]:
    """Return a petition with the notices that were given since the last one was posted."""
    found = matter_for(actor, case_id)
    last = found.petition.posted_at if found.petition else None
    return found, [one for one in letters_of(found) if last is None or one.at > last]


def letter_to_post(actor: Actor, found: Matter, which: str) -> Written | None:
    """Return one notice to whoever may post it; None to everybody else, and to a petitioner who left a phone."""
    petition = found.petition
    if petition is None or not petition.by_post or not may_post(actor, found.case):
        return None
    return letter_of(found, which)
