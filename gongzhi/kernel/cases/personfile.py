"""No case, no data: the one way to open what is kept about a person, and the record of who did."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Person


@transaction.atomic
def open_person(*, actor: Actor, action: str, case_id: int, purpose: str, now: datetime) -> Person:
    """Return the person whose matter a case is, and write down who looked, for which case and why.

    *action* is the declared permission of the domain, e.g. "hotline.see_requester". The case must be open to
    the actor; a purpose must be given. The row is written in the same transaction as the read.
    """
    if not purpose.strip():
        raise NotPossible("请写明查看联系方式的用途，例如「电话核实地点」。")
    case = Case.objects.select_related("opened_by").filter(pk=case_id).first()
    if case is None or case.opened_by is None:
        raise NotPossible("这件事没有登记联系人。")
    authorise(actor, action, case)
    if case.is_closed:
        raise NotAllowed("这件事已经办结，不能再查看联系方式。如需回访，请由热线中心发起。")
    record(
        actor=actor,
        action="person.read",
        now=now,
        case_id=case_id,
        subject=f"person:{case.opened_by_id}",
        purpose=purpose.strip()[:200],
    )
    return case.opened_by
