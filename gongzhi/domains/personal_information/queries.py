"""Reads, each limited to what the actor may see."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from gongzhi.base.declined import NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.personal_information.models import Right, RightsRequest
from gongzhi.domains.personal_information.procedure import REFUSALS
from gongzhi.kernel.access.decide import authorise, may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import open_person
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.binding import is_bound
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.kernel.retention.copy import copy_for

COPY_KEPT: Final = timedelta(days=30)


def rights_request_for(actor: Actor, case_id: int) -> RightsRequest:
    """Return one request with its case, if *actor* may read it."""
    case = case_for(actor, "personal_information.read", case_id)
    found = RightsRequest.objects.get(pk=case.pk)
    found.case = case
    return found


def units_to_choose(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of the county to which a case may be given."""
    low, high = prefix_range(case.region_code[:6])
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return list(Unit.objects.filter(in_force, region_id__gte=low, region_id__lt=high).order_by("name"))


def person_shown(person_id: int) -> Person:
    """Return the masked row of a person, for themselves."""
    return Person.objects.get(pk=person_id)


def has_wechat(person_id: int) -> bool:
    """Say whether a follower of the official account is bound to this person, for themselves."""
    return is_bound(person_id)


def region_of(person_id: int) -> str:
    """Return the county of a person: where their latest matter arose, else where they were written down."""
    latest = Case.objects.filter(opened_by_id=person_id).order_by("-opened_at").first()
    code = latest.region_code if latest else Person.objects.get(pk=person_id).region_code
    if len(code) < 6:
        raise NotPossible("还不知道您的事归哪个县（市、区）办理。请拨打 12345，由工作人员登记。")
    return code[:6]


def open_request_of(person_id: int, right: str, *, besides: int) -> Case | None:
    """Return the person's open request for the same right, other than one."""
    found = RightsRequest.objects.filter(right=right, case__opened_by_id=person_id, case__closed_at=None)
    first = found.exclude(pk=besides).select_related("case").first()
    return first.case if first else None


def copy_until(request: RightsRequest) -> datetime | None:
    """Return until when the person may fetch their copy; None when it was not granted."""
    case = request.case
    granted = request.right == Right.SEE and case.stage == "granted" and case.closed_at is not None
    return case.closed_at + COPY_KEPT if granted and case.closed_at else None


@transaction.atomic
def own_copy(*, actor: Actor, case_id: int, now: datetime) -> dict[str, Any]:
    """Give a person the copy that was granted, as it is kept now, and write down that it was given (art. 45)."""
    request = rights_request_for(actor, case_id)
    authorise(actor, "personal_information.copy", request.case)
    until = copy_until(request)
    if until is None or now >= until or actor.person_id is None:
        raise NotPossible("现在没有可以下载的副本：还没有同意，或已超过三十天。需要时请再申请一次。")
    record(
        actor=actor,
        action="personal_information.copy",
        now=now,
        case_id=case_id,
        subject=f"person:{actor.person_id}",
        purpose="本人查阅、复制",
    )
    return copy_for(actor.person_id)


def asker(*, actor: Actor, case_id: int, words: str, now: datetime) -> Particulars:
    """Show who asks, to prove that it is they, and write down that it was shown (no case, no data)."""
    rights_request_for(actor, case_id)
    return open_person(
        actor=actor,
        action="personal_information.see_requester",
        case_id=case_id,
        purpose="prove",
        words=words,
        now=now,
    )


def may_see_asker(actor: Actor, case: Case) -> bool:
    """Say whether the contact may be shown at all: while the request is open, to the unit that proves."""
    return not case.is_closed and may(actor, "personal_information.see_requester", case)


def looked_at(*, actor: Actor, case_id: int, now: datetime) -> RightsRequest:
    """Return one request to an official and write down that they looked."""
    found = rights_request_for(actor, case_id)
    record(actor=actor, action="case.read", now=now, case_id=case_id, purpose="办理")
    return found


def proved_at(case: Case) -> datetime:
    """Return when it was made certain that the person themselves asks; the opening while it is not."""
    proved = case.steps.filter(move="prove").values_list("at", flat=True).first()
    return proved or case.opened_at


def refused_by(case: Case) -> Words:
    """Return the reason for which a request was refused, with its article; empty when it was not."""
    refusal = case.steps.filter(move="refuse").first()
    chosen = refusal.answers.get("reason") if refusal else None
    return next((one.label for one in REFUSALS if one.key == chosen), "")
