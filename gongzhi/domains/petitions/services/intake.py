"""How a petition comes in: written by the person, or written down for them in the reception room; what they add later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.events import PetitionReceived
from gongzhi.domains.petitions.models import Channel, JointPetitioner, Kind, Petition
from gongzhi.domains.petitions.procedures.petition import DIRECT, TIERS
from gongzhi.domains.petitions.services.step import Step, carry
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY, Opening, open_case
from gongzhi.kernel.cases.posting import person_reached
from gongzhi.kernel.events.publish import told
from gongzhi.kernel.organisations.categories import category_by_key
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.prepared import added

#: Local value: whether the offices of a region share the fifteen days out by level; off, because no text confirms it.
TIERED: Final = "petitions.tiered_transfer"
MOST_REPRESENTATIVES: Final = 5  # of a visit by several (信访工作条例 art. 20 para. 3)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person demands, on which facts, whichever way it comes (信访工作条例 art. 17 and 19).

    `region_code` is the place of the matter, at least the county. `confidential` seals it: the unit does not learn who
    wrote. `people` is how many come; `representatives` and `joint` are the names of those who speak and of the others. `form_number` is that of the sheet of paper it was written on. `address` is where notices are posted to whoever leaves no phone.
    """

    kind: str
    title: str
    demand: str
    region_code: str
    facts: str = ""
    category: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    channel: str = Channel.WEB.value
    confidential: bool = False
    complained_of: str = ""
    against_unit_id: int | None = None
    against_account_id: int | None = None
    people: int = 1
    representatives: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    form_number: str = ""
    address: str = ""


@transaction.atomic
def submit_petition(
    *, actor: Actor, submission: Submission, now: datetime, key: str, received_at: datetime | None = None
) -> Petition:
    """Register a petition the moment it arrives (art. 21-23); the same key with the same content gives the first again.

    An accusation is sealed whoever writes it, and what complains of the office that would read it lies with the level above from
    the first moment (art. 30). What a unit writes down itself was put directly to it: its
    period runs from art. 23; a printed form is addressed to the petition office, whoever types it in, and is taken once. A letter runs from the day it arrived, *received_at*.
    """
    authorise(actor, "petitions.submit")
    _check(submission)
    direct = actor.role in (Role.HANDLER, Role.HEAD) and not submission.form_number
    category = category_by_key(submission.category) if submission.category else None
    petition = _petition(submission)
    opened = open_case(
        actor=actor,
        opening=Opening(
            procedure="petitions.petition",
            title=submission.title,
            region_code=submission.region_code,
            channel=submission.channel,
            opened_by_id=_person_id(actor, submission, now, key),
            category_id=category.pk if category else None,
            unit_id=actor.unit_id if direct else None,
            against_unit_id=submission.against_unit_id,
            against_account_id=submission.against_account_id,
            flags=(
                *((NAMES_SOMEBODY,) if petition.complained_of or submission.against_unit_id else ()),
                *((DIRECT,) if direct else _tier(actor, submission.region_code, now)),
            ),
            sealed=submission.confidential or submission.kind == Kind.ACCUSATION,
            received_at=received_at,
            complained_of=submission.complained_of,
            accuses=_told(submission) if submission.kind == Kind.ACCUSATION else "",
        ),
        body=vars(submission),
        now=now,
        key=key,
        along=(added(petition), told(PetitionReceived, region_code=submission.region_code, now=now)),
    )
    if opened.replayed:
        return Petition.objects.select_related("case").get(pk=opened.case.pk)
    petition.case = opened.case
    petition._state.adding = False
    _write_joint(opened.case.pk, submission)
    return petition


def add_to_petition(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Let a person complete what they said; the office sees it at once."""
    authorise(actor, "petitions.add")
    return carry(
        actor, case_id, Step(move="add", service="add_to_petition", answers={"note": note}), now, key
    )


def withdraw_petition(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let a person take back what they asked before it is answered; they need not say why."""
    authorise(actor, "petitions.withdraw")
    step = Step(move="withdraw", service="withdraw_petition", answers={"outcome": "withdrawn"})
    return carry(actor, case_id, step, now, key)


def _check(submission: Submission) -> None:
    """Refuse what no door may let through, whatever its form has checked."""
    if submission.kind not in Kind.values:
        raise NotPossible("请选择类别：建议意见、检举控告或申诉求决。")
    if submission.phone and submission.address.strip():
        raise NotPossible("请写电话或通信地址，写一项：有电话的按电话告知，没有电话的把告知书寄过去。")
    if not submission.title.strip() or not submission.demand.strip():
        raise NotPossible("请写明您的请求（信访工作条例第十九条）。")
    if len(submission.region_code) < 6:
        raise NotPossible("请至少选择到县（市、区）。")
    if submission.channel != Channel.VISIT or submission.people <= 1:
        return
    speaking = len(submission.representatives)
    if speaking > MOST_REPRESENTATIVES or (not speaking and submission.people > MOST_REPRESENTATIVES):
        raise NotPossible(
            "多人走访的，请推选不超过五名代表（信访工作条例第二十条第三款）。其他人可以登记为共同信访人。"
        )


def _told(submission: Submission) -> str:
    return f"{submission.title}\n{submission.demand}\n{submission.facts}"


def _person_id(actor: Actor, submission: Submission, now: datetime, key: str) -> int | None:
    if actor.role is Role.CITIZEN and actor.person_id is not None and not submission.phone:
        return actor.person_id
    if not (submission.phone or submission.address.strip()):
        return None
    return person_reached(
        name=submission.name,
        phone=submission.phone,
        address=submission.address,
        region_code=submission.region_code,
        now=now,
        key=key,
    )


def _tier(actor: Actor, region_code: str, now: datetime) -> tuple[str, ...]:
    """Return the flag of the level at which it was registered, where the region has turned the split on (XF-06)."""
    turned_on = local_value(region_code, TIERED, localdate(now))
    if turned_on is None or not turned_on.value:
        return ()
    level = {2: "province", 4: "city"}.get(len(actor.region_code), "county")
    return (TIERS[level][0],)


def _petition(submission: Submission) -> Petition:
    return Petition(
        kind=submission.kind,
        demand=submission.demand,
        facts=submission.facts,
        place=submission.place,
        complained_of=submission.complained_of.strip(),
        people=submission.people,
        form_number=submission.form_number,
        by_post=bool(submission.address.strip()),
    )


def _write_joint(case_id: int, submission: Submission) -> None:
    named = [*((name, True) for name in submission.representatives), *((n, False) for n in submission.joint)]
    for name, represents in named:
        joint = JointPetitioner.objects.create(case_id=case_id, represents=represents)
        joint.name = name
        joint.save(update_fields=["name_sealed"])
