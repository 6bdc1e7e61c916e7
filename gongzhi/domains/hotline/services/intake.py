"""What people do with their own request: submit it, add to it, urge, withdraw; and two made of one that tells of two matters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from gongzhi.base.cutting import cut_short
from gongzhi.base.declined import Conflict, Declined, NeedsReason, NotAllowed, NotPossible
from gongzhi.domains.hotline.events import RequestReceived, RequestSplit, RequestUrged
from gongzhi.domains.hotline.models import Kind, Request
from gongzhi.domains.hotline.services.dispatching import answer_directly
from gongzhi.domains.hotline.services.step import Step
from gongzhi.kernel.access.decide import authorise, is_kept
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY, Opening, open_case
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.documents.handed import hand_on_papers
from gongzhi.kernel.events.publish import told
from gongzhi.kernel.organisations.categories import category_by_key
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.persons import person_for
from gongzhi.kernel.prepared import added

LONGEST_TITLE: Final = 60


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a person says, whichever door it comes through; `asked_by_id` is whose text an official registers.

    `region_code` is the place of the matter, as exact as known (at least the county). `confidential` seals the
    request (保密工单, GB/T 33358-2016): the handling unit does not learn who asked. `complained_of` names a unit or an
    official in the person's own words: such a request is never published (信访工作条例 art. 30). `files` tells the files
    that come along from others (see `marks_of`), so that a key used again with another photo is refused.
    """

    kind: str
    category: str
    title: str
    text: str
    region_code: str
    place: str = ""
    name: str = ""
    phone: str = ""
    channel: str = "web"
    confidential: bool = False
    may_publish: bool = False
    complained_of: str = ""
    against_unit_id: int | None = None
    against_account_id: int | None = None
    source_reference: str | None = None
    asked_by_id: int | None = None
    files: tuple[str, ...] = ()


@transaction.atomic
def submit_request(
    *, actor: Actor, submission: Submission, now: datetime, key: str, received_at: datetime | None = None
) -> Request:
    """Register a request the moment it arrives; nothing is refused for being in the wrong place.

    The person gets a query code at once and is answered within the promised period (安阳市政务服务条例 art. 50).
    The same key with the same content gives the first request again. What reached us before runs from *received_at*.
    What complains of the centre that would read it lies with the level above from the first moment (信访工作条例 art. 30).
    """
    authorise(actor, "hotline.submit")
    return _registered(actor, submission, now, key, received_at, ends=1)


@dataclass(frozen=True)
class Told:
    """A request of somebody on the phone, and why it could not be answered at once; then it goes on to dispatch."""

    request: Request
    not_answered: Declined | None = None


@transaction.atomic
def register_and_answer(
    *, actor: Actor, submission: Submission, reply: str, outcome: str, despite: str, now: datetime, key: str
) -> Told:
    """Register what somebody says on the phone and answer it at once (安阳市政务服务条例 art. 49).

    A reply that leaves something open comes back (NeedsReason), and nothing is registered yet. Where it cannot be answered
    here the request stays registered. Another answer under the key of the first is refused like any other use of a key.
    """
    authorise(actor, "hotline.submit")
    request = submit_request(actor=actor, submission=submission, now=now, key=key)
    if is_kept(actor, request.case):
        return Told(request)
    answer_key = str(uuid5(UUID(key), "answer"))
    try:
        answer_directly(
            actor=actor,
            case_id=request.pk,
            reply=reply,
            outcome=outcome,
            despite=despite,
            now=now,
            key=answer_key,
        )
    except (Conflict, NeedsReason):
        raise
    except (NotAllowed, NotPossible) as refusal:
        return Told(request, refusal)
    return Told(request)


def add_to_request(
    *, actor: Actor, case_id: int, note: str, now: datetime, key: str, files: tuple[str, ...] = ()
) -> Case:
    """Let a person complete what they said; the office sees it at once. `files` are the marks of what comes along."""
    authorise(actor, "hotline.add")
    step = Step(move="add", service="add_to_request", answers={"note": note, **_with(files)})
    return carry(actor, case_id, step, now, key)


@transaction.atomic
def split_request(
    *,
    actor: Actor,
    case_id: int,
    text: str,
    now: datetime,
    key: str,
    title: str = "",
    category: str = "",
    place: str = "",
) -> Case:
    """Register the second matter of a message as a request of its own, of the same person and as of the same moment.

    The first keeps every word as it was said. Whom the person named, that the unit must not know them, and what they
    sent along goes with both; one message tells both numbers. Nobody is asked to write again (安阳市政务服务条例 art. 49).
    """
    authorise(actor, "hotline.split")
    if not text.strip():
        raise NotPossible("请写明另一件事，用反映人自己的话。")
    first = carry(
        actor, case_id, Step(move="split", service="split_request", answers={"note": text}), now, key
    )
    said = Request.objects.get(pk=first.pk)
    if text.strip() == said.text.strip():
        raise NotPossible("这和原文一样。请只留下另一件事的话，再提交。")
    submission = Submission(
        kind=said.kind,
        category=category,
        title=title or cut_short(text.strip().partition("。")[0], LONGEST_TITLE),
        text=text,
        region_code=first.region_code,
        place=place or said.place,
        channel=first.channel,
        confidential=first.sealed,
        may_publish=said.may_publish,
        complained_of=said.complained_of,
        against_unit_id=first.against_unit_id,
        against_account_id=first.against_account_id,
        asked_by_id=first.opened_by_id,
    )
    second_key = str(uuid5(UUID(key), "split"))
    second = _registered(actor, submission, now, second_key, first.opened_at, said)
    hand_on_papers(actor=actor, from_case=first.pk, to_case=second.pk, now=now, of_offices=False)
    return first


def withdraw_request(*, actor: Actor, case_id: int, now: datetime, key: str, note: str = "") -> Case:
    """Let a person take back their request before it is answered; they need not say why."""
    authorise(actor, "hotline.withdraw")
    step = Step(move="withdraw", service="withdraw_request", answers={"note": note})
    return carry(actor, case_id, step, now, key)


def urge_request(*, actor: Actor, case_id: int, now: datetime, key: str, note: str = "") -> Case:
    """Let a person press for an answer (催办); the unit is told each time."""
    authorise(actor, "hotline.urge")
    step = Step(
        move="urge",
        service="urge_request",
        answers={"note": note},
        counts="urged",
        fact=RequestUrged,
        facts=lambda case: {"supervised": False},
    )
    return carry(actor, case_id, step, now, key)


def _registered(
    actor: Actor,
    submission: Submission,
    now: datetime,
    key: str,
    received_at: datetime | None,
    split_from: Request | None = None,
    ends: int = 0,
) -> Request:
    _check(submission)
    category, begun = category_by_key(submission.category), received_at or now
    request = _request(submission, split_from)
    fact = told(RequestReceived, region_code=submission.region_code, now=begun)
    if split_from is not None:
        first = case_number(split_from.pk)
        fact = told(RequestSplit, region_code=submission.region_code, now=now, first=first)
    opened = open_case(
        actor=actor,
        opening=Opening(
            procedure="hotline.request",
            title=submission.title,
            region_code=submission.region_code,
            channel=submission.channel,
            opened_by_id=_person_id(actor, submission, begun),
            category_id=category.pk if category else None,
            against_unit_id=submission.against_unit_id,
            against_account_id=submission.against_account_id,
            flags=(
                *(category.flags if category else ()),
                *(
                    (NAMES_SOMEBODY,)
                    if submission.complained_of.strip() or submission.against_unit_id
                    else ()
                ),
            ),
            sealed=submission.confidential,
            public=_may_be_public(submission),
            received_at=received_at,
            complained_of=submission.complained_of,
            accuses=submission.text if submission.kind in (Kind.COMPLAINT, Kind.REPORT) else "",
        ),
        body=vars(submission),
        now=now,
        key=key,
        along=(added(request), fact),
        ends=ends,
    )
    if opened.replayed:
        return Request.objects.select_related("case").get(pk=opened.case.pk)
    request.case = opened.case
    request._state.adding = False
    return request


def _with(files: tuple[str, ...]) -> dict[str, object]:
    return {"files": list(files)} if files else {}


def _check(submission: Submission) -> None:
    """Refuse what no door may let through, whatever its form has checked."""
    if submission.kind not in Kind.values:
        raise NotPossible("请选择诉求类型：咨询、求助、投诉、举报、建议、感谢或其他。")
    if not submission.title.strip() or not submission.text.strip():
        raise NotPossible("请写明发生了什么。")
    if len(submission.region_code) < 6:
        raise NotPossible("请至少选择到县（市、区）。")


def _may_be_public(submission: Submission) -> bool:
    complains = submission.complained_of or submission.against_unit_id or submission.against_account_id
    return submission.may_publish and not submission.confidential and not complains


def _person_id(actor: Actor, submission: Submission, now: datetime) -> int | None:
    if submission.asked_by_id is not None:
        return submission.asked_by_id
    if actor.person_id is not None and not submission.phone:
        return actor.person_id
    if not submission.phone:
        return None
    return person_for(
        name=submission.name, phone=submission.phone, region_code=submission.region_code, now=now
    )


def _request(submission: Submission, split_from: Request | None) -> Request:
    return Request(
        split_from=split_from,
        by_post=split_from is not None and split_from.by_post,
        kind=submission.kind,
        text=submission.text,
        place=submission.place,
        complained_of=submission.complained_of.strip(),
        may_publish=submission.may_publish,
        source_reference=submission.source_reference,
    )
