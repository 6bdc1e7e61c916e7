"""A person's own petitions as plain data, for the channels that speak with them."""

from collections.abc import Collection
from dataclasses import dataclass

from gongzhi.domains.petitions.models import Opinion, Petition
from gongzhi.domains.petitions.queries.opinions import OUTCOMES
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.ownmatters import MOST, OwnMatter
from gongzhi.kernel.cases.reading import cases_for, open_moves, procedure_of
from gongzhi.kernel.people.actor import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(OwnMatter):
    """One petition or review of a person, and what they may do once an opinion is there."""

    may_receive: bool
    may_ask_review: bool


def matters_of(people: Collection[int]) -> list[Matter]:
    """Return the latest petitions of some persons, as those who left one phone; each as its person may read it."""
    return [one for person_id in people for one in _matters(Actor(role=Role.CITIZEN, person_id=person_id))]


def _matters(actor: Actor) -> list[Matter]:
    own = cases_for(actor, "petitions.read").filter(opened_by_id=actor.person_id, parent_id=None)
    cases = list(own.order_by("-opened_at")[:MOST])
    petitions = Petition.objects.in_bulk([case.pk for case in cases])
    opinions = Opinion.objects.exclude(issued_at=None).in_bulk([case.pk for case in cases])
    return [_matter(actor, case, petitions.get(case.pk), opinions.get(case.pk)) for case in cases]


def _matter(actor: Actor, case: Case, petition: Petition | None, opinion: Opinion | None) -> Matter:
    moves = {move.key for move in open_moves(actor, case)}
    reply, replied_at = (petition.reply, petition.replied_at) if petition else ("", None)
    if opinion is not None:
        reply, replied_at = f"{OUTCOMES[opinion.outcome][1]}{opinion.decision}", opinion.issued_at
    handle = case.deadlines.filter(clock__in=("handle", "answer"), stopped_at=None).order_by("-pk").first()
    return Matter(
        case_id=case.pk,
        person_id=actor.person_id or 0,
        title=case.title,
        stage=str(procedure_of(case).label_of(case.stage)),
        opened_at=case.opened_at,
        answer_by=handle.due_at if handle else None,
        reply=reply,
        replied_at=replied_at,
        is_live="add" in moves and replied_at is None,
        may_rate="rate" in moves and petition is not None and petition.rated_at is None,
        may_receive="receive" in moves,
        may_ask_review=bool({"ask_review", "ask_rereview"} & moves),
    )
