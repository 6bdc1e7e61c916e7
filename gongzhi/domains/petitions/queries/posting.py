"""What was written to petitioners without a phone and waits to be posted."""

from django.db.models import Prefetch

from gongzhi.domains.petitions.models import TO_POST, Petition
from gongzhi.domains.petitions.queries.letters import OF_STEPS, Given, given, letter_of
from gongzhi.domains.petitions.queries.matters import Matter
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.posting import MOST, may_post, posted_by
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.written import Written


def petitions_to_post(actor: Actor) -> list[Petition]:
    """Return the petitions with something that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Petition.objects.filter(TO_POST)
    theirs = waiting.filter(case__in=Case.objects.filter(posted_by(actor, "petitions")))
    giving = Prefetch("case__steps", Step.objects.filter(move__in=OF_STEPS).order_by("number"), "giving")
    found = theirs.select_related("case__opened_by").prefetch_related(giving)
    return list(found.order_by("to_post_at", "pk")[:MOST])


def unposted(petition: Petition) -> list[Given]:
    """Return the notices of a petition on the list that were given since the last one was posted."""
    last = petition.posted_at
    notices = given(petition.case, petition.case.giving)  # type: ignore[attr-defined]
    return [one for one in notices if last is None or one.step.at > last]


def letter_to_post(actor: Actor, found: Matter, which: str) -> Written | None:
    """Return one notice to whoever may post it; None to everybody else, and to a petitioner who left a phone."""
    petition = found.petition
    if petition is None or not petition.by_post or not may_post(actor, found.case):
        return None
    return letter_of(found, which)
