"""How a letter comes in: written to an office, or typed in there from paper; one that complains of the office goes around it; what the writer adds later."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.comparing import stand_in
from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.events import LetterGoesAround, LetterReceived
from gongzhi.domains.mailbox.models import Letter, Office
from gongzhi.domains.mailbox.queries.offices import open_offices
from gongzhi.domains.mailbox.services.step import Step
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY, Opening, open_case
from gongzhi.kernel.cases.posting import person_reached
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.events.publish import told
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.units import units_over
from gongzhi.kernel.people.actor import SYSTEM, Actor
from gongzhi.kernel.people.holding import head_named, names_unit, somebody_left, units_headed_by
from gongzhi.kernel.prepared import added


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A letter to the office with the key *office*.

    `region_code` is the place of the matter, at least the county. `about_office` says that it complains of the unit of
    the office or of anybody in it, `complained_of` of whom in the writer's words. `confidential` keeps the writer from
    the unit that handles it; `may_publish` is leave to show letter and answer without who wrote. `channel` is how it came.
    `address` is where the answer is posted to whoever leaves no phone.
    """

    office: str
    title: str
    text: str
    region_code: str
    name: str
    phone: str
    place: str = ""
    about_office: bool = False
    complained_of: str = ""
    confidential: bool = False
    may_publish: bool = False
    channel: str = "web"
    address: str = ""


@transaction.atomic
def write_letter(*, actor: Actor, submission: Submission, now: datetime, key: str) -> Letter:
    """Register a letter the moment it arrives (信访工作条例 art. 21); the same key with the same content gives the first.

    What complains of the office, or of who commands it, never lies there, not for a moment: it opens with those who
    dispatch in the region, as far as they are not under that unit themselves (art. 30).
    """
    authorise(actor, "mailbox.write")
    return _registered(actor, submission, _office(submission, now), now, key)


@transaction.atomic
def register_letter(*, actor: Actor, submission: Submission, now: datetime, key: str) -> Letter:
    """Register a letter on paper: typed in by staff of the unit whose office it was sent to, word for word (art. 21).

    It goes the way of every other letter: around the office where it complains of it, though it was opened there.
    """
    authorise(actor, "mailbox.register")
    office = _office(submission, now)
    if office.unit_id != actor.unit_id:
        raise NotPossible("只能登记写给本单位信箱的来信。写给别的单位的，请原样转交。")
    return _registered(actor, submission, office, now, key)


def _registered(actor: Actor, submission: Submission, office: Office, now: datetime, key: str) -> Letter:
    unit_id, account_id = _against(submission, office, localdate(now))
    around = unit_id is not None or account_id is not None
    person_id = person_reached(
        name=submission.name,
        phone=submission.phone,
        address=submission.address,
        region_code=submission.region_code,
        now=now,
        key=key,
    )
    letter = _letter(submission, office, shown=not around)
    opened = open_case(
        actor=actor,
        opening=Opening(
            procedure="mailbox.letter",
            title=submission.title,
            region_code=submission.region_code,
            channel=submission.channel,
            opened_by_id=person_id,
            unit_id=None if around else office.unit_id,
            involved_units=() if around else (office.unit_id,),
            flags=(NAMES_SOMEBODY,) if submission.complained_of.strip() or around else (),
            sealed=submission.confidential,
            against_unit_id=unit_id,
            against_account_id=account_id,
        ),
        body=vars(submission),
        now=now,
        key=key,
        along=(added(letter), told(LetterReceived, region_code=submission.region_code, now=now)),
    )
    if around:
        step = Step(move="go_around", service="write_letter", fact=LetterGoesAround)
        carry(SYSTEM, opened.case.pk, step, now, str(uuid.uuid5(uuid.UUID(key), "around")))
    return Letter.objects.select_related("case", "office").get(pk=opened.case.pk)


def add_to_letter(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let the writer complete what they said; whoever has it sees it at once."""
    authorise(actor, "mailbox.add")
    return carry(actor, case_id, Step(move="add", service="add_to_letter", answers={"note": note}), now, key)


def withdraw_letter(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let the writer take it back before it is answered; they need not say why."""
    authorise(actor, "mailbox.withdraw")
    step = Step(move="withdraw", service="withdraw_letter", answers={"outcome": "withdrawn"})
    return carry(actor, case_id, step, now, key)


def _office(submission: Submission, now: datetime) -> Office:
    if not submission.title.strip() or not submission.text.strip():
        raise NotPossible("请写明您要说的事。")
    if len(submission.region_code) < 6:
        raise NotPossible("请至少选择到县（市、区）。")
    if bool(submission.phone) == bool(submission.address.strip()):
        raise NotPossible("请写电话或通信地址，写一项：有电话的按电话告知，没有电话的把答复寄过去。")
    office = open_offices(localdate(now)).filter(key=submission.office).first()
    if office is None:
        raise NotPossible("没有这个信箱，或者它已经停用。请回到信箱列表另选一个。")
    return office


def _against(submission: Submission, office: Office, today: date) -> tuple[int | None, int | None]:
    """Return the unit or the account of which the office must not learn a complaint: then the letter goes around it, whatever was ticked.

    That is the office, its unit or somebody there, or a unit above it or the head of one, who command it; the latter only where somebody
    is left who may see it: a matter that no one sees is worse than a word seen.
    """
    words, unit, title = submission.complained_of, office.unit, office.title
    titled = stand_in(words, title, title.removesuffix("信箱"))
    if submission.about_office or titled or names_unit(unit, words, today):
        return unit.pk, None
    if not words.strip():
        return None, None
    over, region = units_over(unit.pk) - {unit.pk}, submission.region_code
    for above in Unit.objects.filter(pk__in=over).order_by("pk"):
        named = stand_in(words, above.name, above.short_name)
        if named and somebody_left(region, frozenset({above.pk}), today):
            return above.pk, None
    head = head_named(over, words, today)
    if head is None or not somebody_left(region, units_headed_by(head, today), today):
        return None, None
    return None, head


def _letter(submission: Submission, office: Office, *, shown: bool) -> Letter:
    return Letter(
        office=office,
        text=submission.text,
        place=submission.place,
        complained_of=submission.complained_of.strip(),
        may_publish=submission.may_publish and shown and not submission.confidential,
        by_post=not submission.phone,
    )
