"""No case, no data: the one way to open what is kept about a person, and the ledger of who did."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.regioncodes import TOWNSHIP
from gongzhi.kernel.access.decide import authorise, may, reach
from gongzhi.kernel.access.ledger import Shown, shown_to_person, write_look, written_purpose
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import NOT_FOUND, action_of, case_for
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Particulars
from gongzhi.kernel.people.persons import read_particulars
from gongzhi.kernel.registry.api import DOMAINS, domain

#: The purpose for which somebody looks who writes an envelope.
POST: Final = "post"


@transaction.atomic
def open_person(
    *, actor: Actor, action: str, case_id: int, purpose: str, words: str, now: datetime
) -> Particulars:
    """Return who the person is whose matter a case is, and write down who looked, for which case and why.

    *action* is the declared permission of the domain, e.g. "hotline.see_requester"; *purpose* one of those it declares,
    *words* the officer's own. The case must be open to the actor by that permission, and be going on: one that is finished opens
    only for the envelope of what waits to be posted, to who posts it. The line of the ledger is written before the read, in
    the same transaction: no read without it (个人信息保护法 art. 6 and 34).
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None or case.opened_by_id is None:
        raise NotPossible("这件事没有登记联系人。")
    authorise(actor, action, case)
    chosen, said = written_purpose(action, purpose, words)
    if case.is_closed and not (chosen.key == POST and still_opens(actor, case)):
        raise NotAllowed("这件事已经办结，不能再查看联系方式。如需回访，请由热线中心发起。")
    person_id = case.opened_by_id
    write_look(
        actor=actor, action=action, person_id=person_id, case_id=case_id, purpose=chosen, words=said, now=now
    )
    return read_particulars([person_id], purpose=chosen.key)[person_id]


def still_opens(actor: Actor, case: Case) -> bool:
    """Say whether the contact may be opened at all now: of a finished case only by who posts what waits."""
    return not case.is_closed or (waits_to_post(case) and may(actor, action_of(case, "post"), case))


def may_reveal(actor: Actor, case: Case) -> bool:
    """Say whether the contact would be shown now to who gives a purpose: pages offer that to nobody else."""
    return case.opened_by_id is not None and may_see_requester(actor, case) and still_opens(actor, case)


def waits_to_post(case: Case) -> bool:
    """Say whether something written to the person of a case, who left no phone, is not in the post yet."""
    declared = domain(case.procedure).to_post
    if declared is None:
        return False
    model, waiting = declared
    return bool(apps.get_model(model)._default_manager.filter(waiting, pk=case.pk).exists())


def may_see_requester(actor: Actor, case: Case) -> bool:
    """Say whether the contact may be shown at all: of a sealed matter only to those whom its domain names for that."""
    return may(actor, _sees(case), case)


def place_shown(actor: Actor, case: Case, place: str = "") -> tuple[str, str]:
    """Return region code and exact place of a matter as far as the actor may know them.

    The place of a confidential one may tell who asked: whoever must not learn that sees the township, and what the office
    writes to them when it gives the matter to them (信访工作条例 art. 30; GB/T 33358-2016).
    """
    if case.sealed and not may_see_requester(actor, case):
        return case.region_code[:TOWNSHIP], ""
    return case.region_code, place


def exact_places_told(actor: Actor) -> Q:
    """Return the filter over cases whose place below the township the actor may know: the twin of `place_shown`."""
    return reduce(or_, (reach(actor, f"{key}.see_sealed_requester") for key in DOMAINS), Q(sealed=False))


def requester(
    *, actor: Actor, reads: str, case_id: int, purpose: str, words: str, now: datetime
) -> Particulars:
    """Show whose matter it is, to those who may know, and write down that it was shown (no case, no data).

    Whoever may not read it by the action *reads* does not learn that it is there, or sealed.
    """
    action = _sees(case_for(actor, reads, case_id))
    return open_person(actor=actor, action=action, case_id=case_id, purpose=purpose, words=words, now=now)


def looks_of(actor: Actor, case: Case, now: datetime) -> Shown:
    """Return to the person whose matter it is who opened their contact in it (个人信息保护法 art. 44 and 45)."""
    if actor.person_id is None or actor.person_id != case.opened_by_id:
        raise NotPossible(NOT_FOUND)
    return shown_to_person(actor.person_id, now=now, case_id=case.pk)


def _sees(case: Case) -> str:
    return action_of(case, "see_sealed_requester" if case.sealed else "see_requester")
