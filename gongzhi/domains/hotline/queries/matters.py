"""A person's own requests as plain data, for the channels that speak with them."""

from collections.abc import Collection

from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.ownmatters import MOST, OwnMatter
from gongzhi.kernel.cases.reading import cases_for, deadlines_of, open_moves, procedure_of, shown_deadline
from gongzhi.kernel.people.actor import Actor, Role


class Matter(OwnMatter):
    """One request of a person."""

    __slots__ = ()


def matters_of(people: Collection[int]) -> list[Matter]:
    """Return the latest requests of some persons, as those who left one phone; each as its person may read it."""
    return [
        matter for person_id in people for matter in _matters(Actor(role=Role.CITIZEN, person_id=person_id))
    ]


def _matters(actor: Actor) -> list[Matter]:
    own = cases_for(actor, "hotline.read").filter(procedure="hotline.request", opened_by_id=actor.person_id)
    cases = {case.pk: case for case in own.order_by("-opened_at")[:MOST]}
    requests = Request.objects.filter(pk__in=cases).order_by("-pk")
    return [_matter(actor, cases[request.pk], request) for request in requests]


def _matter(actor: Actor, case: Case, request: Request) -> Matter:
    moves = {move.key for move in open_moves(actor, case)}
    promise = shown_deadline(deadlines_of(case))
    return Matter(
        case_id=case.pk,
        person_id=actor.person_id or 0,
        title=case.title,
        stage=str(procedure_of(case).label_of(case.stage)),
        opened_at=case.opened_at,
        answer_by=promise.due_at if promise else None,
        reply=request.reply if request.replied_at else "",
        replied_at=request.replied_at,
        is_live="add" in moves and request.replied_at is None,
        may_rate="rate" in moves,
    )
