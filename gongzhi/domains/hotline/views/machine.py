"""The hotline for machines: create a request, find it again, list public answers."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import HeaderEx, P, Query, Router, Status

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.forms.citizen import first_sentence
from gongzhi.domains.hotline.queries.answers import answer_for_everybody
from gongzhi.domains.hotline.queries.public import PAGE, for_everybody, public_requests
from gongzhi.domains.hotline.queries.requests import request_for
from gongzhi.domains.hotline.schemas import (
    Ask,
    Happened,
    NewRequest,
    Privacy,
    PublicPage,
    PublicQuery,
    PublicRequest,
    Receipt,
    Standing,
)
from gongzhi.domains.hotline.services import Submission, submit_request
from gongzhi.domains.hotline.views.progress import progress_of
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import deadlines_of, shown_deadline
from gongzhi.kernel.organisations.categories import category_by_key
from gongzhi.kernel.organisations.regions import path_name
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.throttle import allow
from gongzhi.web.accounts.bycode import tracked
from gongzhi.web.accounts.origin import counted_address
from gongzhi.web.accounts.sending import count_phone
from gongzhi.web.machine import REFUSALS, Refusal

ANYBODY: Final = Actor(role=Role.CITIZEN)  # a cookie that came along counts for nothing here
CREATED_PER_HOUR: Final = 300

IdempotencyKey = HeaderEx[
    UUID, P(alias="Idempotency-Key", description="一次提交一个 UUID；重发时不变，只登记一次")
]

router = Router(tags=["hotline"])


@router.post("requests", response={201: Receipt, 200: Receipt, 409: Refusal, **REFUSALS}, summary="提交诉求")
def create_request(
    request: HttpRequest, body: NewRequest, idempotency_key: IdempotencyKey
) -> Status[Receipt]:
    """Register a request: 201 at first, 200 when the same key comes again with the same content."""
    now = timezone.now()
    allow("hotline.api.create", counted_address(request), CREATED_PER_HOUR, timedelta(hours=1), now)
    count_phone("hotline.submit", body.phone, str(idempotency_key), now)
    if not path_name(body.region):
        raise NotPossible("没有「%(code)s」这个地区。请改用县、乡镇或村的现行区划代码。", code=body.region)
    submission = Submission(
        kind=body.kind.value,
        category=body.category,
        title=body.title.strip() or first_sentence(body.text),
        text=body.text,
        region_code=body.region,
        place=body.place,
        complained_of=body.complained_of,
        name=body.name,
        phone=body.phone,
        channel="api",
        confidential=body.privacy is Privacy.CONFIDENTIAL,
        may_publish=body.privacy is Privacy.PUBLIC,
    )
    made = submit_request(actor=ANYBODY, submission=submission, now=now, key=str(idempotency_key))
    act_as(
        Actor(role=Role.CITIZEN, person_id=made.case.opened_by_id)
    )  # the lock shows the clocks to the person
    return Status(201 if made.case.opened_at == now else 200, _receipt(made.case))


@router.post("requests/track", response={200: Standing, **REFUSALS}, summary="查询进度")
def track_request(request: HttpRequest, body: Ask) -> Standing:
    """Find a request by its code and the last four digits of the phone; POST, so that no log keeps the code."""
    now = timezone.now()
    found = tracked(request, body.query_code, body.last_four, now)
    asked = request_for(found.actor, found.case.pk)
    case = asked.case
    progress = progress_of(found.actor, case, replied=asked.replied_at is not None, now=now)
    return Standing(
        number=case.number,
        title=case.title,
        stage=case.stage,
        stage_words=str(progress.label),
        received_at=case.opened_at,
        answer_by=progress.promise.due_at if progress.promise else None,
        basis=progress.promise.basis if progress.promise else "",
        reply=asked.reply if asked.replied_at else "",
        open=sorted(progress.open),
        steps=[_happened(entry) for entry in progress.entries],
    )


@router.get("requests", response={200: PublicPage, **REFUSALS}, summary="公开的诉求和答复")
def list_requests(request: HttpRequest, wanted: Query[PublicQuery]) -> PublicPage:
    """List answered requests whose writers agreed to show them, once an official has read and cleared them."""
    category = category_by_key(wanted.category)
    found = public_requests(
        region_code=wanted.region,
        category_id=category.pk if category else None,
        words=wanted.words,
        before=int(wanted.before) if wanted.before else None,
    )
    items = [
        PublicRequest(
            number=one.number,
            title=for_everybody(one.title),
            category=one.category.key if one.category else "",
            region_code=one.region_code,
            unit=one.unit.name if one.unit else "",
            reply=answer_for_everybody(one.reply, one.unit),
            replied_at=one.replied_at,
        )
        for one in found
        if one.replied_at is not None
    ]
    return PublicPage(items=items, next=str(found[-1].pk) if len(found) == PAGE else "")


def _receipt(case: Case) -> Receipt:
    promise = shown_deadline(deadlines_of(case))
    return Receipt(
        number=case.number,
        query_code=case.query_code,
        title=case.title,
        stage=case.stage,
        received_at=case.opened_at,
        answer_by=promise.due_at if promise else None,
        basis=promise.basis if promise else "",
    )


def _happened(entry: dict[str, Any]) -> Happened:
    said = entry["quote"] or entry["text"]
    return Happened(at=entry["at"], what=str(entry["title"]), by=entry["who"], said=said)
