"""For which cases this browser has shown the query code lately, so that the links of a case work for a while."""

from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.views import actor_of

IN_SESSION: Final = "hotline_known"
KEPT: Final = timedelta(minutes=30)
AT_ONCE: Final = 10


def remember(request: HttpRequest, *, case_id: int, person_id: int | None, now: datetime) -> None:
    """Let this browser act for the person in one case for half an hour; a case without a person has nobody to act for."""
    if person_id is None:
        return
    known = request.session.get(IN_SESSION, {})
    known.pop(str(case_id), None)
    known[str(case_id)] = {"person": person_id, "until": (now + KEPT).timestamp()}
    request.session[IN_SESSION] = dict(list(known.items())[-AT_ONCE:])


def person_in(request: HttpRequest, *, case_id: int, now: datetime) -> Actor | None:
    """Return the person as whom this browser may act in a case: by its code, or signed in; None otherwise."""
    known = request.session.get(IN_SESSION, {}).get(str(case_id))
    if known is not None and now.timestamp() < known["until"]:
        person = Actor(role=Role.CITIZEN, person_id=known["person"])
        act_as(person)
        return person
    actor = actor_of(request)
    return actor if actor.role is Role.CITIZEN and actor.person_id is not None else None
