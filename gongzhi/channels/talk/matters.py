"""What a person who texts has in hand, whichever domain it is in, and what they may do about it by text."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from gongzhi.domains.hotline import api as hotline
from gongzhi.domains.petitions import api as petitions
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.documents.uploads import Readable

Matter = hotline.Matter | petitions.Matter

#: How somebody says that it is to be a petition; anything else is a request to the hotline, which may hand it over.
PETITIONS: Final = re.compile(r"\W*(?:我要|我想|要)?信访")
RATE: Final = "回复5（非常满意）至1（非常不满意）评价。"
RATE_PETITION: Final = "回复满意、基本满意或不满意评价。"
RECEIVE: Final = "看完请回复收到；不服的，收到之日起三十日内可申请复查复核。"
REVIEW: Final = "不服可在期限内申请复查复核，请打12345。"


def matters_of(people: Collection[int]) -> list[Matter]:
    """Return requests and petitions of the persons of one phone."""
    return [*hotline.matters_of(people), *petitions.matters_of(people)]


def is_petition(text: str) -> bool:
    """Say whether the words begin as those of a petition do."""
    return PETITIONS.match(text) is not None


def demand_in(text: str) -> str:
    """Return the words of a petition without those that say it is one."""
    return PETITIONS.sub("", text, count=1).lstrip(" ：:，,。、")


def register(submission: hotline.Submission, *, received_at: datetime, now: datetime, key: str) -> int:
    """Register what was texted: as a petition where the person says so, else as a request. Return the case's key."""
    if not is_petition(submission.text):
        return hotline.register_request(submission=submission, received_at=received_at, now=now, key=key)
    petition = petitions.Submission(
        kind="appeal",
        title=submission.title,
        demand=demand_in(submission.text) or submission.text,
        region_code=submission.region_code,
        place=submission.place,
        name=submission.name,
        phone=submission.phone,
        channel=submission.channel,
        complained_of=submission.complained_of,
    )
    return petitions.register_petition(
        submission=petition, asked_by_id=submission.asked_by_id, received_at=received_at, now=now, key=key
    )


def add_to(matter: Matter, *, note: str, now: datetime, key: str) -> None:
    """Add what the person says further."""
    if isinstance(matter, petitions.Matter):
        petitions.add_to_matter(matter, note=note, now=now, key=key)
    else:
        hotline.add_to_matter(matter, note=note, now=now, key=key)


def attach(case: Case, person_id: int, *, name: str, content: Readable, now: datetime) -> None:
    """Keep a picture that the person sent with their matter."""
    domain = petitions if case.procedure.startswith("petitions.") else hotline
    domain.attach_to_matter(case.pk, person_id, name=name, content=content, now=now)


def rate(matter: Matter, *, grade: int, words: str, now: datetime, key: str) -> None:
    """Rate in five grades; petitions know three (满意, 基本满意, 不满意), of which the five are the same words."""
    if isinstance(matter, petitions.Matter):
        three = 3 if grade >= 4 else 2 if grade == 3 else 1
        petitions.rate_matter(matter, grade=three, words=words, now=now, key=key)
    else:
        hotline.rate_matter(matter, grade=grade, words=words, now=now, key=key)


def receive(people: Collection[int], *, now: datetime, key: str) -> bool:
    """Confirm that the person has the latest opinion; False when none waits for that."""
    waiting = [one for one in petitions.matters_of(people) if one.may_receive]
    if not waiting:
        return False
    petitions.receive_matter(max(waiting, key=lambda one: one.opened_at), now=now, key=key)
    return True


def asks_of(matter: Matter) -> str:
    """Return what the person may text back now."""
    if not isinstance(matter, petitions.Matter):
        return RATE if matter.may_rate else ""
    if matter.may_receive:
        return RECEIVE
    return (REVIEW if matter.may_ask_review else "") + (RATE_PETITION if matter.may_rate else "")
