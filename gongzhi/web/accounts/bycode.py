"""Back to a matter by its query code: guesses are counted, and its links then work in this browser for half an hour."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest

from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.cases.bycode import Tracked, case_by_code, code_mark, is_code_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.throttle import allow, forget
from gongzhi.web.accounts.origin import counted_address
from gongzhi.web.forms import plain
from gongzhi.web.views import actor_of

TRIES: Final = 10
PER: Final = timedelta(minutes=15)
#: Ten thousand last digits are tried out in a year, not in days, by who has found a code.
TRIES_A_DAY: Final = 30
A_DAY: Final = timedelta(days=1)
FROM_ONE_LINE: Final = 60
IN_SESSION: Final = "known_cases"
KEPT: Final = timedelta(minutes=30)
AT_ONCE: Final = 10


def tracked(request: HttpRequest, query_code: str, last_four: str, now: datetime) -> Tracked:
    """Find a case by code and phone; attempts are counted for the code as well as for the caller."""
    code = plain(query_code).upper()
    allow("track.address", counted_address(request), FROM_ONE_LINE, PER, now)
    count_try(code, now)
    found = case_by_code(code, last_four)
    act_as(found.actor)
    forget("track.code", code)
    forget("track.code.day", code)
    return found


def count_try(code: str, now: datetime) -> None:
    """Count that last digits are tried with a code, through whichever door; raise Throttled beyond what is let through."""
    allow("track.code", code, TRIES, PER, now)
    allow("track.code.day", code, TRIES_A_DAY, A_DAY, now)


def remember(request: HttpRequest, case: Case, now: datetime) -> None:
    """Let this browser act for the person of a case in it for half an hour, unless another code is drawn meanwhile.

    A case without a person has nobody to act for.
    """
    if case.opened_by_id is None:
        return
    known = request.session.get(IN_SESSION, {})
    known.pop(str(case.pk), None)
    known[str(case.pk)] = {
        "person": case.opened_by_id,
        "until": (now + KEPT).timestamp(),
        "code": code_mark(case.query_code),
    }
    request.session[IN_SESSION] = dict(list(known.items())[-AT_ONCE:])


def person_in(request: HttpRequest, *, case_id: int, now: datetime) -> Actor | None:
    """Return the person as whom this browser may act in a case: by its code, or signed in; None otherwise."""
    known = request.session.get(IN_SESSION, {}).get(str(case_id))
    if (
        known is not None
        and now.timestamp() < known["until"]
        and is_code_of(known["code"], case_id=case_id, person_id=known["person"])
    ):
        person = Actor(role=Role.CITIZEN, person_id=known["person"])
        act_as(person)
        return person
    actor = actor_of(request)
    return actor if actor.role is Role.CITIZEN and actor.person_id is not None else None


def shown_at(request: HttpRequest, *, case_id: int) -> datetime | None:
    """Return when this browser showed the code of a case; None when it did not."""
    known = request.session.get(IN_SESSION, {}).get(str(case_id))
    return datetime.fromtimestamp(known["until"], UTC) - KEPT if known else None


def person_known(request: HttpRequest, now: datetime) -> Actor | None:
    """Return who this browser has shown to be: by the code of any of their matters, the latest first, or signed in."""
    cases = [int(case_id) for case_id in reversed(request.session.get(IN_SESSION, {}))]
    found = (person_in(request, case_id=case_id, now=now) for case_id in [*cases, 0])
    return next((person for person in found if person is not None), None)
