"""One request: for those who may read it, who looked at it, what else its caller asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.access.ledger import declared_purpose, write_look
from gongzhi.kernel.audit.record import entries_of_case, record
from gongzhi.kernel.cases.complaints import only_told
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import NOT_FOUND, case_for
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account
from gongzhi.kernel.people.persons import persons_with_phone
from gongzhi.kernel.registry.api import domain

CALLERS_MOST = 20


def request_for(actor: Actor, case_id: int) -> Request:
    """Return one request with its case, if *actor* may read it."""
    case = case_for(actor, "hotline.read", case_id)
    request = Request.objects.select_related("duplicate_of__case").get(pk=case.pk)
    request.case = case
    return request


def read_case(actor: Actor, case_id: int) -> Case:
    """Return a case of the hotline that *actor* may read: a request, or the part of a unit that helps."""
    return case_for(actor, "hotline.read", case_id)


def look_at(*, actor: Actor, case: Case, now: datetime) -> Request:
    """Return what a case is about and write down that an official looked; helpers read the request they help with."""
    seen = Request.objects.select_related("duplicate_of__case").filter(pk=case.parent_id or case.pk)
    request = seen.first()
    if request is None:  # its part is over, and with it the look at the whole
        raise NotPossible(NOT_FOUND)
    record(actor=actor, action="case.read", now=now, case_id=case.pk, purpose="办理")
    return request


def lookers(actor: Actor, case: Case) -> Sequence[dict[str, Any]]:
    """Return who read or changed a case, newest first, with the names of officials and units.

    Who asked is not named: in a confidential request the unit must not learn it from here either (GB/T 33358-2016).
    """
    authorise(actor, "hotline.read", case)
    entries = list(only_told(actor, entries_of_case(case.pk))[:100])
    officials = {e.account_id for e in entries if e.account_id and e.role != Role.CITIZEN.value}
    names = dict(Account.objects.filter(pk__in=officials).values_list("pk", "name"))
    units = Unit.objects.in_bulk({e.unit_id for e in entries if e.unit_id})
    return [
        {
            "entry": entry,
            "who": names.get(entry.account_id or 0, "") if entry.role != Role.CITIZEN.value else "",
            "unit": units.get(entry.unit_id or 0, ""),
        }
        for entry in entries
    ]


def purposes_offered() -> list[tuple[str, Words]]:
    """Return what a contact may be looked at for; a call that comes in is its own purpose and nothing to choose."""
    return [(one.key, one.label) for one in domain("hotline").purposes if one.key != "incoming_call"]


def gone_on(case: Case) -> Case | None:
    """Return the case of another procedure in which a request goes on; None where it does not."""
    return Case.objects.filter(handed_from_id=case.pk).first()


@transaction.atomic
def requests_of_caller(*, actor: Actor, phone: str, now: datetime) -> Sequence[Request]:
    """Return a caller's earlier requests within the call-taker's area; the look is written down.

    Every line of the ledger and every row of the record is written, or none is and nothing is shown.
    """
    authorise(actor, "hotline.search_caller")
    if not actor.region_code:
        raise NotAllowed("您的岗位没有对应的地区。请换用热线中心岗位。")
    people = persons_with_phone(phone)
    for person_id in people:
        write_look(
            actor=actor,
            action="hotline.search_caller",
            person_id=person_id,
            case_id=None,
            purpose=declared_purpose("hotline.search_caller", "incoming_call"),
            words="",
            now=now,
        )
    reachable = Case.objects.filter(reach(actor, "hotline.search_caller"), opened_by_id__in=people)
    found = Request.objects.filter(case__in=reachable)
    return list(
        found.select_related("case__unit", "case__category").order_by("-case__opened_at")[:CALLERS_MOST]
    )
