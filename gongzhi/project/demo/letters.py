"""Plays the letters of the demonstration through the real use cases, each as far as its story goes."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.models import Letter, Office
from gongzhi.domains.mailbox.services import Submission
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.project.demo.stories import County

#: How far a story goes, each with what comes before it.
FAR: Final = ("received", "reading", "handling", "answered", "published")
PAUSE: Final = timedelta(hours=5)


def tell_letters(
    county: County, told: Mapping[str, Any], persons: Mapping[str, Mapping[str, Any]], now: datetime
) -> int:
    """Open the mailboxes and play the letters; run again it changes nothing. Returns how many letters there are."""
    opened = now - timedelta(days=60)
    for office in told["offices"]:
        keeper = county.of("administrator")
        where = {"unit_id": county.units[office["unit"]], "about": office["about"]}
        services.open_office(actor=keeper, key=office["key"], title=office["title"], now=opened, **where)
    for story in told["letters"]:
        _tell(county, story, persons[story["person"]], now)
    return len(told["letters"])


class _Telling:
    """One letter while it is played: the moment, the case, and the key of the next step."""

    def __init__(self, story: Mapping[str, Any], now: datetime) -> None:
        self.story, self.end = story, now
        self.at = min(now - timedelta(days=story["days_ago"]), now - timedelta(minutes=30))
        self.case_id = 0

    def key(self, step: str) -> str:
        """Return the key of a step, the same whenever the story is played again."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"gongzhi-demo-letter:{self.story['id']}:{step}"))

    def do(self, step: str, use_case: Any, actor: Actor, **answers: Any) -> None:
        """Play one step some hours later, never beyond now."""
        self.at = min(self.at + PAUSE, self.end - timedelta(minutes=1))
        use_case(actor=actor, case_id=self.case_id, now=self.at, key=self.key(step), **answers)
        hand_on_due(self.at)


def _tell(county: County, story: Mapping[str, Any], person: Mapping[str, Any], now: datetime) -> None:
    telling = _Telling(story, now)
    if is_used(telling.key("write")):
        return  # played before, maybe by an earlier version
    with transaction.atomic():
        _write_and_play(county, telling, person)


def _write_and_play(county: County, telling: _Telling, person: Mapping[str, Any]) -> None:
    story, same = telling.story, ("office", "title", "text")
    submission = Submission(
        **{name: story[name] for name in same},
        region_code=story["region"],
        name=person["name"],
        phone=person["phone"],
        about_office=bool(story.get("about_office")),
        may_publish=story["goes"] == "published",
    )
    writer = Actor(role=Role.CITIZEN)
    letter = services.write_letter(
        actor=writer, submission=submission, now=telling.at, key=telling.key("write")
    )
    telling.case_id = letter.pk
    office = Office.objects.get(key=story["office"])
    staff, leader = (county.at(office.unit_id, role) for role in ("handler", "head"))
    if story["goes"] == "hotline":
        telling.do("hotline", services.hand_to_hotline, staff)
    elif story["goes"] in FAR:
        _play(county, telling, FAR.index(story["goes"]), (staff, leader))


def _play(county: County, telling: _Telling, far: int, office: Sequence[Actor]) -> None:
    """Play the steps up to the *far*-th of `FAR`."""
    (staff, leader), story = office, telling.story
    if far >= FAR.index("reading"):
        telling.do("take_in", services.take_in_letter, staff)
    if far >= FAR.index("handling"):
        unit_id = county.units[story["unit"]]
        telling.do("mark", services.mark_letter, leader, note=story["mark"])
        telling.do("assign", services.assign_letter, staff, unit_id=unit_id)
    if far >= FAR.index("answered"):
        words = {"outcome": story["outcome"], "reply": story["reply"]}
        telling.do("answer", services.answer_letter, county.at(unit_id, "head"), **words)
    if far >= FAR.index("published"):
        shown = {**story["shown"], "reply": story["reply"], "checked": True}
        services.publish_letter(actor=staff, case_id=telling.case_id, now=telling.at, **shown)
        writer = Letter.objects.select_related("case").get(pk=telling.case_id).case.opened_by_id
        person = Actor(role=Role.CITIZEN, person_id=writer)
        telling.do("rate", services.rate_letter, person, grade=story["grade"], words="")
