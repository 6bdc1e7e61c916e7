"""What others may ask of petitions: register one that reached us some other way, and go on with a person's own."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest
from django.urls import reverse

from gongzhi.domains.petitions.queries.own import Matter, matters_of
from gongzhi.domains.petitions.services import (
    Submission,
    add_to_petition,
    rate_petition,
    receive_opinion,
    submit_petition,
)
from gongzhi.domains.petitions.services.papers import attach_file
from gongzhi.kernel.documents.uploads import Readable
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.web.draft import draft_of, keep

DOMAIN: Final = "petitions"

__all__ = [
    "Matter",
    "Submission",
    "add_to_matter",
    "attach_to_matter",
    "begin_petition",
    "matters_of",
    "rate_matter",
    "receive_matter",
    "register_petition",
]


def register_petition(
    *, submission: Submission, received_at: datetime, now: datetime, key: str, asked_by_id: int | None = None
) -> int:
    """Register a petition as of the moment it was received; return the case's key.

    It is that of the person with its phone; without one, of whom the channel knows (*asked_by_id*).
    """
    asker = Actor(role=Role.CITIZEN, person_id=asked_by_id)
    petition = submit_petition(actor=asker, submission=submission, now=now, key=key, received_at=received_at)
    return int(petition.pk)


def begin_petition(request: HttpRequest, *, key: str, said: str, region_code: str) -> str:
    """Begin a draft in this browser with what somebody said elsewhere, and return the address where it is gone on with.

    Its petition will be opened with *key*. What was written in it since stays.
    """
    if draft_of(request, DOMAIN, key) is None:
        keep(request, DOMAIN, key, said=said, region=region_code)
    return f"{reverse('petitions:new')}?draft={key}"


def add_to_matter(matter: Matter, *, note: str, now: datetime, key: str) -> None:
    """Add to a petition what its person, who was recognised by their phone, says further."""
    add_to_petition(actor=matter.person, case_id=matter.case_id, note=note, now=now, key=key)


def receive_matter(matter: Matter, *, now: datetime, key: str) -> None:
    """Confirm that the person has the opinion: their thirty days begin (信访工作条例 art. 35, 36)."""
    receive_opinion(actor=matter.person, case_id=matter.case_id, now=now, key=key)


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
    """Rate office and unit alike, from 1 (not satisfied) to 3 (satisfied), as the person does in one word."""
    rate_petition(
        actor=matter.person,
        case_id=matter.case_id,
        grade_office=grade,
        grade_unit=grade,
        words=words,
        now=now,
        key=key,
    )
