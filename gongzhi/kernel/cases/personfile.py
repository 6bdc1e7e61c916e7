"""No case, no data: the one way to open what is kept about a person, and the ledger of who did."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.access.ledger import write_look, written_purpose
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.persons import read_particulars


@transaction.atomic
def open_person(
    *, actor: Actor, action: str, case_id: int, purpose: str, words: str, now: datetime
) -> Particulars:
    """Return who the person is whose matter a case is, and write down who looked, for which case and why.

    *action* is the declared permission of the domain, e.g. "hotline.see_requester"; *purpose* one of those it declares,
    *words* the officer's own. The case must be open, and open to the actor by that permission. The line of the ledger
    is written before the read, in the same transaction: no read without it (个人信息保护法 art. 6 and 34).
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.opened_by_id is None:
        raise NotPossible("这件事没有登记联系人。")
    authorise(actor, action, case)
    chosen, said = written_purpose(action, purpose, words)
    if case.is_closed:
        raise NotAllowed("这件事已经办结，不能再查看联系方式。如需回访，请由热线中心发起。")
    person_id = case.opened_by_id
    write_look(
        actor=actor, action=action, person_id=person_id, case_id=case_id, purpose=chosen, words=said, now=now
    )
    return read_particulars([person_id], purpose=chosen.key)[person_id]
