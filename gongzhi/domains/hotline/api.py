"""What others may ask of the hotline: register a request that reached us some other way, and go on with a person's own."""

from collections.abc import Callable
from datetime import datetime

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.matters import Matter, matters_of
from gongzhi.domains.hotline.services import (
    Submission,
    add_to_request,
    attach_file,
    rate_request,
    submit_request,
)
from gongzhi.domains.hotline.services.lessons import Lesson, lessons_of_requests
from gongzhi.domains.hotline.services.shelving import index_requests
from gongzhi.kernel.documents.uploads import Readable
from gongzhi.kernel.people.actor import SYSTEM, Actor, Role

__all__ = [
    "Lesson",
    "Matter",
    "Submission",
    "add_to_matter",
    "attach_to_matter",
    "index_open",
    "is_registered",
    "lessons",
    "matters_of",
    "rate_matter",
    "register_request",
]


def register_request(
    *, submission: Submission, received_at: datetime, now: datetime, key: str, actor: Actor = SYSTEM
) -> int:
    """Register a request as of the moment it was received elsewhere; return the case's key."""
    request = submit_request(actor=actor, submission=submission, now=now, key=key, received_at=received_at)
    return int(request.pk)


def is_registered(source_reference: str) -> bool:
    """Say whether a message of another system has become a request already."""
    return Request.objects.filter(source_reference=source_reference).exists()


def lessons(now: datetime) -> list[Lesson]:
    """Return title, text and category of closed requests for a machine to learn from; complaints and what is sealed are not among them."""
    return lessons_of_requests(actor=SYSTEM, now=now)


def index_open(now: datetime, tell: Callable[[int, int], None]) -> int:
    """Lay down anew the index by which duplicates of open requests are found; return how many are on it. Raises Busy."""
    return index_requests(actor=SYSTEM, now=now, tell=tell)


def add_to_matter(matter: Matter, *, note: str, now: datetime, key: str) -> None:
    """Add to a request what its person, who was recognised by their phone, says further."""
    add_to_request(actor=matter.person, case_id=matter.case_id, note=note, now=now, key=key)


def attach_to_matter(case_id: int, person_id: int, *, name: str, content: Readable, now: datetime) -> None:
    """Keep a file that the person sent through another channel, with the checks of every upload."""
    attach_file(
        actor=Actor(role=Role.CITIZEN, person_id=person_id),
        case_id=case_id,
        name=name,
        content=content,
        now=now,
    )


def rate_matter(matter: Matter, *, grade: int, words: str, now: datetime, key: str) -> None:
    """Rate an answer as its person, who was recognised by their phone, does."""
    rate_request(actor=matter.person, case_id=matter.case_id, grade=grade, words=words, now=now, key=key)
