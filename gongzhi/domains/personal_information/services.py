"""Use cases: the only code that writes. A person asks about their own data; one official proves them, another decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.personal_information.events import (
    PersonProved,
    RightsRequestAssigned,
    RightsRequestGranted,
    RightsRequestReceived,
    RightsRequestRefused,
)
from gongzhi.domains.personal_information.models import Right, RightsRequest
from gongzhi.domains.personal_information.queries import open_request_of, region_of
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.bycode import draw_code_anew
from gongzhi.kernel.cases.keys import one_at_a_time
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.opening import Opening, open_case
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.events.publish import publish
from gongzhi.kernel.notices.direct import tell_person
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.binding import code_of, offer_binding, unbind
from gongzhi.kernel.people.persons import correct_person
from gongzhi.kernel.retention.persons import erase_later, erase_not, may_be_erased

#: The title that stays with the case: in Chinese, whatever language the person reads.
TITLES: Final = {
    Right.SEE: "申请查阅、复制个人信息",
    Right.CORRECT: "申请更正个人信息",
    Right.DELETE: "申请删除个人信息",
}


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person asks: the right, words if they like, and for a correction what is to stand there instead."""

    right: str
    text: str = ""
    new_name: str = ""
    new_phone: str = ""
    new_address: str = ""


@transaction.atomic
def submit_rights_request(*, actor: Actor, submission: Submission, now: datetime, key: str) -> Case:
    """Register what a person asks about their own data (个人信息保护法 art. 45-47); the same key gives the first again.

    Only who has shown to be that person, by the code of one of their matters or signed in, may ask: whoever could ask
    for a stranger would learn whether they are known here.
    """
    authorise(actor, "personal_information.submit")
    if actor.person_id is None:
        raise NotAllowed("请先用一件事的查询码和手机号后四位证明是您本人；没有查询码请拨打 12345。")
    corrects = submission.new_name or submission.new_phone or submission.new_address
    if submission.right not in Right.values or (submission.right == Right.CORRECT) != bool(corrects):
        raise NotPossible("请选择查阅、更正或删除；更正要填写至少一项改成什么。")
    one_at_a_time(uuid5(NAMESPACE_OID, f"rights request of {actor.person_id}"))
    opened = open_case(
        actor=actor,
        opening=Opening(
            procedure="personal_information.rights_request",
            title=TITLES[Right(submission.right)],
            region_code=region_of(actor.person_id),
            channel="web",
            opened_by_id=actor.person_id,
        ),
        body=vars(submission) | {"person": actor.person_id},
        now=now,
        key=key,
    )
    if opened.replayed:
        return opened.case
    earlier = open_request_of(actor.person_id, submission.right, besides=opened.case.pk)
    if earlier is not None:
        raise NotPossible(
            "您已有一件同样的申请在办理，编号 %(number)s。请等它有了结果，或先撤回它。", number=earlier.number
        )
    asked = RightsRequest(case=opened.case, right=submission.right, text=submission.text)
    asked.new_name, asked.new_phone = submission.new_name, submission.new_phone
    asked.new_address = submission.new_address
    asked.save(force_insert=True)
    publish(RightsRequestReceived(case_id=opened.case.pk, region_code=opened.case.region_code), now=now)
    return opened.case


@transaction.atomic
def offer_wechat_binding(*, actor: Actor, now: datetime, key: str) -> None:
    """Send a code to the person's own phone, with which a follower of the official account shows to be them.

    The code goes nowhere else: who found a query code alone binds nothing. The same key sends it once.
    """
    authorise(actor, "personal_information.bind")
    person_id = _oneself(actor)
    region_code, code = region_of(person_id), code_of(key)
    words = f"绑定码{code}，十分钟内有效。请在微信公众号里回复：绑定{code}。不要告诉别人。"
    if tell_person(person_id, words, region_code=region_code, key=key, now=now):
        offer_binding(person_id, code=code, now=now)
        record(
            actor=actor, action="personal_information.bind_offered", now=now, subject=f"person:{person_id}"
        )


@transaction.atomic
def part_wechat(*, actor: Actor, now: datetime) -> None:
    """Part the person from the follower who is bound to them; the same again is the same."""
    authorise(actor, "personal_information.bind")
    person_id = _oneself(actor)
    if unbind(person_id=person_id):
        record(
            actor=actor, action="personal_information.wechat_parted", now=now, subject=f"person:{person_id}"
        )


def _oneself(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed("请先用一件事的查询码和手机号后四位证明是您本人；没有查询码请拨打 12345。")
    return actor.person_id


@transaction.atomic
def assign_rights_request(*, actor: Actor, case_id: int, unit_id: int, now: datetime, key: str) -> Case:
    """Give a request to the unit that has to answer it."""
    authorise(actor, "personal_information.assign")
    moved = advance(
        actor=actor,
        wanted=Wanted(case_id=case_id, move="assign", answers={"unit_id": unit_id}),
        service="assign_rights_request",
        now=now,
        key=key,
    )
    if not moved.replayed:
        publish(
            RightsRequestAssigned(case_id=case_id, region_code=moved.case.region_code, unit_id=unit_id),
            now=now,
        )
    return moved.case


@transaction.atomic
def prove_rights_request(
    *, actor: Actor, case_id: int, reason: str, note: str, now: datetime, key: str
) -> Case:
    """Write down how it was made certain that the person themselves asks, and give them a new query code.

    Whoever filed it with a code that they found is out: the new one goes to the registered phone alone.
    """
    authorise(actor, "personal_information.prove")
    moved = advance(
        actor=actor,
        wanted=Wanted(case_id=case_id, move="prove", answers={"reason": reason, "note": note}),
        service="prove_rights_request",
        now=now,
        key=key,
    )
    if not moved.replayed:
        draw_code_anew(moved.case)
        publish(PersonProved(case_id=case_id, region_code=moved.case.region_code), now=now)
    return moved.case


@transaction.atomic
def grant_rights_request(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Do what was asked: open the copy, set right, or forget on the day that is told. Who proved does not decide.

    Nobody is forgotten of whom another matter is open or whom a legal hold keeps (art. 47): then it is to be refused.
    """
    authorise(actor, "personal_information.grant")
    moved = advance(
        actor=actor,
        wanted=Wanted(case_id=case_id, move="grant", answers={"outcome": "solved"}),
        service="grant_rights_request",
        now=now,
        key=key,
    )
    if moved.replayed:
        return moved.case
    asked = RightsRequest.objects.get(pk=case_id)
    _carry_out(asked, moved.case.opened_by_id or 0, now)
    publish(
        RightsRequestGranted(case_id=case_id, region_code=moved.case.region_code, right=asked.right), now=now
    )
    return moved.case


def _carry_out(asked: RightsRequest, person_id: int, now: datetime) -> None:
    match asked.right:
        case Right.CORRECT:
            correct_person(person_id, name=asked.new_name, phone=asked.new_phone, address=asked.new_address)
        case Right.DELETE:
            if not may_be_erased(person_id):
                raise NotPossible(
                    "现在不能删除：本人还有事项在办、账号在用，或有依法须保全的内容。请选择「不予支持」并写明依据。"
                )
            erase_later(person_id, now)
    _empty(asked.pk)


@transaction.atomic
def refuse_rights_request(
    *, actor: Actor, case_id: int, reason: str, reply: str, now: datetime, key: str
) -> Case:
    """Refuse it with a reason from the list, each with its article, and say why (art. 50)."""
    authorise(actor, "personal_information.refuse")
    moved = advance(
        actor=actor,
        wanted=Wanted(
            case_id=case_id, move="refuse", answers={"reason": reason, "reply": reply, "outcome": "rejected"}
        ),
        service="refuse_rights_request",
        now=now,
        key=key,
    )
    if not moved.replayed:
        RightsRequest.objects.filter(pk=case_id).update(reply=reply)
        _empty(case_id)
        publish(
            RightsRequestRefused(case_id=case_id, region_code=moved.case.region_code, reason=reason), now=now
        )
    return moved.case


@transaction.atomic
def withdraw_rights_request(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Let a person take back what they asked before it is decided; they need not say why."""
    authorise(actor, "personal_information.withdraw")
    moved = advance(
        actor=actor,
        wanted=Wanted(case_id=case_id, move="withdraw"),
        service="withdraw_rights_request",
        now=now,
        key=key,
    )
    _empty(case_id)
    return moved.case


def _empty(case_id: int) -> None:
    """Keep what was to be put right no longer than until it is decided."""
    RightsRequest.objects.filter(pk=case_id).update(
        new_name_sealed=b"", new_phone_sealed=b"", new_address_sealed=b""
    )


@transaction.atomic
def stay_known(*, actor: Actor, case_id: int, now: datetime) -> Case:
    """Let a person change their mind after it was granted that they are forgotten, before the day has come."""
    authorise(actor, "personal_information.stay_known")
    case = case_for(actor, "personal_information.stay_known", case_id)
    asked = RightsRequest.objects.get(pk=case_id)
    if asked.right != Right.DELETE or case.stage != "granted":
        raise NotPossible("这不是一件已同意的删除申请，没有要取消的。")
    if not erase_not(case.opened_by_id or 0, now):
        raise NotPossible("现在已经不能取消删除了。如有疑问请拨打 12345。")
    record(actor=actor, action="personal_information.stay_known", now=now, case_id=case_id)
    return case
