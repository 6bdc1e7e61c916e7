"""Plays one fictional request through the use cases, at believable times before now."""

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.people.actor import SYSTEM, Actor, Role

Story = Mapping[str, Any]
ANSWERED = {"closed_solved", "closed_explained", "closed_rejected", "rated_good", "rated_bad_callback"}
ANSWERED |= {"replied_waiting_rating", "contested", "reopened", "in_review"}
HOURS = {  # how long each step takes after the one before, in hours: from, to
    "dispatch": (0.2, 3.0),
    "accept": (0.5, 8.0),
    "return": (1.0, 6.0),
    "progress": (2.0, 20.0),
    "reply": (6.0, 60.0),
    "approve": (0.5, 3.0),
    "rate": (3.0, 40.0),
    "other": (2.0, 12.0),
}


@dataclass(frozen=True)
class County:
    """Who works where: actors by unit and role, units by key."""

    actors: Mapping[tuple[str, str], Sequence[Actor]]
    units: Mapping[str, int]

    def at(self, unit_id: int | None, role: str) -> Actor:
        """Return someone who holds a role at a unit."""
        key = next(key for key, pk in self.units.items() if pk == unit_id)
        return self.actors[key, role][0]

    def of(self, role: str) -> Actor:
        """Return someone of the county who holds a role, at the hotline office where it has one."""
        at_office = self.actors.get(("hotline", role))
        return (
            at_office[0]
            if at_office
            else next(held[0] for key, held in self.actors.items() if key[1] == role)
        )


@dataclass(frozen=True)
class Told:
    """A story that has been played: the case it became."""

    case_id: int


class Telling:
    """One story while it is being played: the case, the time, and the next key."""

    def __init__(self, county: County, story: Story, now: datetime) -> None:
        self.county, self.story, self.end = county, story, now
        self.chance = random.Random(story["id"])  # nosec B311 # noqa: S311 - believable times, no secret
        self.at = now - timedelta(days=story["days_ago"])
        self.pace = min(1.0, story["days_ago"] / 5.5) * (0.4 if story["instant"] else 1.0)
        self.steps = 0
        self.case_id = 0

    def key(self) -> str:
        """Return the key of the next step, the same whenever the story is played again."""
        self.steps += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"gongzhi-demo:{self.story['id']}:{self.steps}"))

    def wait(self, kind: str) -> datetime:
        """Let the time of a step pass, never beyond now."""
        shortest, longest = HOURS[kind]
        passed = timedelta(hours=self.chance.uniform(shortest, longest) * self.pace)
        self.at = min(self.at + passed, self.end - timedelta(minutes=1))
        return self.at

    def do(self, kind: str, use_case: Callable[..., Any], actor: Actor, **answers: Any) -> None:
        """Play one step, then let its notices be written at its own time."""
        now = self.wait(kind)
        use_case(actor=actor, case_id=self.case_id, now=now, key=self.key(), **answers)
        hand_on_due(now)

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.get(pk=self.case_id)

    @property
    def person(self) -> Actor:
        """The person whose matter it is."""
        return Actor(role=Role.CITIZEN, person_id=self.case.opened_by_id)

    def handler(self) -> Actor:
        """Someone who handles in the responsible unit."""
        return self.county.at(self.case.unit_id, "handler")

    def head(self) -> Actor:
        """The head of the responsible unit."""
        return self.county.at(self.case.unit_id, "head")

    def word(self, name: str) -> str:
        """Return one of the story's texts."""
        return str(self.story.get(name, ""))


def tell(county: County, story: Story, seen: Mapping[str, Told], now: datetime) -> Told:
    """Play *story* as far as it goes; played before, it changes nothing."""
    known = Request.objects.filter(source_reference=f"demo:{story['id']}").first()
    if known is not None:
        return Told(known.pk)
    with transaction.atomic():
        telling = Telling(county, story, now)
        _submit(telling)
        _play(telling, seen)
    return Told(telling.case_id)


def _submit(telling: Telling) -> None:
    story, person = telling.story, telling.story["person"]
    phoned = story["channel"] == "phone"
    request = services.submit_request(
        actor=telling.county.of("call_taker") if phoned else Actor(role=Role.CITIZEN),
        submission=Submission(
            kind=story["kind"],
            category=story["category"],
            title=story["title"],
            text=story["text"],
            region_code=story["region"],
            place=story["place"],
            name=person["name"],
            phone=person["phone"],
            channel=story["channel"],
            confidential=story["confidential"],
            may_publish=story["public"],
            source_reference=f"demo:{story['id']}",
        ),
        now=telling.at,
        key=telling.key(),
    )
    telling.case_id = request.pk
    hand_on_due(telling.at)


def _play(t: Telling, seen: Mapping[str, Told]) -> None:
    story = t.story["story"]
    if story == "received":
        return None
    if story == "diverted":
        words = {"route": t.word("route"), "note": t.word("divert_words")}
        return t.do(
            "dispatch", services.divert_request, t.county.of("dispatcher"), **words, cleared=t.case.public
        )
    if story == "withdrawn":
        return t.do("dispatch", services.withdraw_request, t.person, note=t.word("withdraw_words"))
    if story == "duplicate_of":
        main = seen[t.word("duplicate_of")].case_id
        services.link_duplicate(
            actor=t.county.of("dispatcher"), case_id=t.case_id, main_id=main, now=t.wait("dispatch")
        )
    _find_the_unit(t)
    if story in {"dispatched", "duplicate_of"} or t.case.stage == "disputed":
        return None
    return _handle(t)


def _find_the_unit(t: Telling) -> None:
    """Dispatch, with the returns and the arbiter's decision that the story tells of."""
    for number in ("first", "second"):
        if unit := t.word(f"{number}_unit"):
            t.do(
                "dispatch", services.dispatch_request, t.county.of("dispatcher"), unit_id=t.county.units[unit]
            )
            prefix = "" if number == "first" else "second_"
            reason, note = t.word(f"{prefix}return_reason"), t.word(f"{prefix}return_words")
            t.do("return", services.return_request, t.handler(), reason=reason, note=note)
    if t.case.stage == "disputed":
        if unit := t.word("arbiter_unit"):
            arbiter = t.county.at(t.case.arbiter_unit_id, "arbiter")
            decided = {"unit_id": t.county.units[unit], "note": t.word("arbiter_words")}
            t.do("other", services.settle_dispute, arbiter, **decided)
        return
    t.do("dispatch", services.dispatch_request, t.county.of("dispatcher"))


def _handle(t: Telling) -> None:
    if t.case.stage == "dispatched":
        t.do("accept", services.move_request, t.handler(), move="accept")
    _clear(t)
    if t.story["instant"]:
        t.do("accept", services.respond_at_once, t.handler(), note="已电话联系，正赶往现场。")
    if units := t.story.get("co_units"):
        _invite(t, units)
    if words := t.word("progress"):
        t.do("progress", services.report_progress, t.handler(), note=words)
    if words := t.word("extension_words"):
        t.do("other", services.extend_request, t.head(), note=words)
    if words := t.word("urge_words"):
        t.do("other", services.urge_request, t.person, note=words)
    if words := t.word("supervise_words"):
        t.do("other", services.supervise_request, t.county.of("supervisor"), note=words)
    if t.story["story"] in ANSWERED:
        _answer(t, t.word("reply"))
        _after_the_answer(t)


def _clear(t: Telling) -> None:
    """Show everybody what the unit has in hand and whose writer agreed: it read it when it took it."""
    if t.case.public:
        services.clear_request(actor=t.handler(), case_id=t.case_id, now=t.at)


def _invite(t: Telling, units: Sequence[str]) -> None:
    ids = [t.county.units[unit] for unit in units]
    t.do("other", services.invite_units, t.handler(), units=ids, note="请协助核实并反馈意见。")
    for child in Case.objects.filter(parent_id=t.case_id).order_by("pk")[:1]:
        helper = t.county.at(child.unit_id, "handler")
        for move, note in (("join", ""), ("contribute", t.word("co_words"))):
            if move == "join" or note:
                services.move_request(
                    actor=helper, case_id=child.pk, move=move, note=note, now=t.wait("accept"), key=t.key()
                )


def _answer(t: Telling, reply: str) -> None:
    t.do("reply", services.reply_to_request, t.handler(), reply=reply, outcome=t.word("outcome"))
    if t.case.stage == "review" and t.story["story"] != "in_review":
        t.do("approve", services.approve_reply, t.head())


def _after_the_answer(t: Telling) -> None:
    if t.case.stage != "replied":
        return
    if words := t.word("contest_words"):
        t.do("rate", services.contest_reply, t.person, note=words)
        _look_again(t)
    elif grade := t.story.get("grade"):
        t.do("rate", services.rate_request, t.person, grade=grade, words=t.word("rating_words"))
        if t.case.stage == "dissatisfied" and (words := t.word("callback_words")):
            t.do("other", services.revisit_request, t.county.of("call_taker"), note=words)
    _close_when_due(t)


def _look_again(t: Telling) -> None:
    reviewer = t.county.of("reviewer")
    if words := t.word("uphold_words"):
        t.do("other", services.uphold_reply, reviewer, note=words)
    elif words := t.word("reopen_words"):
        t.do("other", services.reopen_request, reviewer, unit_id=t.case.unit_id, note=words)
        t.do("accept", services.move_request, t.handler(), move="accept")
        if reply := t.word("second_reply"):
            _answer(t, reply)


def _close_when_due(t: Telling) -> None:
    """Close what the person has let rest: the clock would have done it the minute the window ended."""
    case = t.case
    window = case.deadlines.filter(clock="voice", stopped_at=None).first()
    if case.stage not in {"replied", "rated"} or window is None or window.due_at >= t.end:
        return
    take(actor=SYSTEM, case_id=case.pk, move="close", now=window.due_at + timedelta(minutes=1), key=t.key())
