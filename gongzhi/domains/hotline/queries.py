"""Reads over requests, each limited to what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db.models import Q, QuerySet

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Request
from gongzhi.kernel.access.decide import authorise, may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import ALPHABET, CODE_LENGTH
from gongzhi.kernel.cases.personfile import open_person
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import document_of, documents_of, open_document
from gongzhi.kernel.organisations.categories import catalogue
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Person

NOT_FOUND = "没有找到这件事。请核对查询码和手机号后四位；也可以拨打 12345，请工作人员帮您查。"
LOOK_BACK = timedelta(days=30)  # the rolling window for duplicates; no law fixes it
PAGE = 20


@dataclass(frozen=True, slots=True)
class Tracked:
    """A request found by its code, and the person acting for themselves in it."""

    request: Request
    actor: Actor


def request_for(actor: Actor, case_id: int) -> Request:
    """Return one request with its case, if *actor* may read it."""
    case = case_for(actor, "hotline.read", case_id)
    request = Request.objects.select_related("duplicate_of__case").get(pk=case.pk)
    request.case = case
    return request


def request_by_code(query_code: str, phone_tail: str) -> Tracked:
    """Find a request by query code and the last four digits of the phone; the view limits how often one may try."""
    code = "".join(sign for sign in query_code.upper() if sign in ALPHABET or sign.isdigit())
    found = Request.objects.select_related("case__unit", "case__category", "case__opened_by")
    request = found.filter(case__query_code=code).first() if len(code) == CODE_LENGTH else None
    person = request.case.opened_by if request else None
    if request is None or person is None or person.phone_tail != phone_tail:
        raise NotPossible(NOT_FOUND)
    return Tracked(request, Actor(role=Role.CITIZEN, person_id=person.pk, name=person.name))


def public_requests(
    *, region_code: str = "", category_id: int | None = None, words: str = "", before: int | None = None
) -> Sequence[Request]:
    """Return answered requests whose writers agreed to publish them, newest first, a page before key *before*."""
    found = Request.objects.filter(case__public=True, case__sealed=False, replied_at__isnull=False)
    if region_code:
        low, high = prefix_range(region_code)
        found = found.filter(case__region_code__gte=low, case__region_code__lt=high)
    if category_id is not None:
        found = found.filter(case__category_id__in=_narrower(category_id))
    if words:
        found = found.filter(Q(case__title__icontains=words) | Q(text__icontains=words))
    if before is not None:
        mark = Request.objects.filter(pk=before).values_list("replied_at", flat=True).first()
        found = found.filter(Q(replied_at__lt=mark) | Q(replied_at=mark, pk__lt=before)) if mark else found
    return list(found.select_related("case__unit", "case__category").order_by("-replied_at", "-pk")[:PAGE])


def public_request(case_id: int) -> Request | None:
    """Return one request whose writer agreed to show it, answered or not; None when it is not public."""
    found = Request.objects.filter(pk=case_id, case__public=True, case__sealed=False)
    return found.select_related("case__unit", "case__category").first()


def similar_public_requests(
    *, region_code: str, category_id: int | None, limit: int = 3
) -> Sequence[Request]:
    """Return public requests of the same kind of matter in the same county, to look at before writing a new one."""
    low, high = prefix_range(region_code[:6])
    found = Request.objects.filter(
        case__public=True,
        case__sealed=False,
        case__region_code__gte=low,
        case__region_code__lt=high,
        case__category_id=category_id,
    )
    return list(found.select_related("case__unit").order_by("-case__opened_at")[:limit])


def likely_duplicates(actor: Actor, request: Request, limit: int = 5) -> Sequence[Request]:
    """Return other requests of the same matter and place, or of the same person, that *actor* may read."""
    case = request.case
    low, high = prefix_range(case.region_code)
    near = Q(case__region_code__gte=low, case__region_code__lt=high) & Q(case__category_id=case.category_id)
    same_person = Q(case__opened_by_id=case.opened_by_id) if case.opened_by_id else Q(pk=None)
    found = (
        Request.objects.filter(near | same_person)
        .filter(
            case__opened_at__gte=case.opened_at - LOOK_BACK, case__opened_at__lte=case.opened_at + LOOK_BACK
        )
        .exclude(pk=request.pk)
        .select_related("case__unit", "case__category")
        .order_by("-case__opened_at")[: limit * 4]
    )
    return [other for other in found if may(actor, "hotline.read", other.case)][:limit]


def _narrower(category_id: int) -> list[int]:
    """Return a category and all below it."""
    known = catalogue()
    return [one for one in known.by_id if category_id in known.way_up(one)]


def requester(*, actor: Actor, case_id: int, purpose: str, now: datetime) -> Person:
    """Show who asked, to those who may know, and write down that it was shown (no case, no data)."""
    sealed = Case.objects.values_list("sealed", flat=True).get(pk=case_id)
    action = "hotline.see_sealed_requester" if sealed else "hotline.see_requester"
    return open_person(actor=actor, action=action, case_id=case_id, purpose=purpose, now=now)


def files_of(actor: Actor, case_id: int) -> Sequence[Document]:
    """Return the files of a request that *actor* may read."""
    return list(documents_of(case_for(actor, "hotline.read", case_id).pk))


def open_file(*, actor: Actor, case_id: int, document_id: int, now: datetime) -> tuple[Document, BinaryIO]:
    """Return one file and its content to those who may read the request; an official's look is written down."""
    case = case_for(actor, "hotline.read", case_id)
    document = document_of(case.pk, document_id)
    if actor.role is not Role.CITIZEN:
        record(
            actor=actor, action="document.read", now=now, case_id=case.pk, subject=f"document:{document.pk}"
        )
    return document, open_document(document)


def requests_of_caller(*, actor: Actor, phone: str, now: datetime) -> Sequence[Request]:
    """Return a caller's earlier requests within the call-taker's area; the look is written down."""
    authorise(actor, "hotline.search_caller")
    if not actor.region_code:
        raise NotAllowed("您的岗位没有对应的地区。请换用热线中心岗位。")
    low, high = prefix_range(actor.region_code)
    people = list(Person.objects.filter(phone=phone).values_list("pk", flat=True))
    for person_id in people:
        record(
            actor=actor,
            action="person.search",
            now=now,
            subject=f"person:{person_id}",
            purpose="接听来电，查看此前诉求",
        )
    found = Request.objects.filter(
        case__opened_by_id__in=people, case__region_code__gte=low, case__region_code__lt=high
    )
    return list(found.select_related("case__unit", "case__category").order_by("-case__opened_at")[:PAGE])


def draws_for(actor: Actor) -> QuerySet[Draw]:
    """Return the call-back samples of the actor's area, newest first."""
    authorise(actor, "hotline.draw")
    low, high = prefix_range(actor.region_code) if actor.region_code else ("", "")
    return Draw.objects.filter(region_code__gte=low, region_code__lt=high).order_by("-announced_at")


def published_draws() -> QuerySet[Draw]:
    """Return every announced sample: the hash of the seed before the draw, the seed itself only after it."""
    return Draw.objects.order_by("-announced_at")
