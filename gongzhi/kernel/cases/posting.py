"""What goes out on paper to who left an address and no phone: who may post it, and that it was posted."""

from datetime import datetime
from typing import Final

from django.apps import apps
from django.db.models import Q

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access.decide import may, reach
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.keys import is_used, key_of, one_at_a_time
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.cases.reading import action_of
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.persons import correct_person, person_for
from gongzhi.kernel.registry.api import DOMAINS

#: A list of what waits to be posted is no longer than this.
MOST: Final = 50


def may_post(actor: Actor, case: Case) -> bool:
    """Say whether the actor may post what is written to the person of a case.

    It begins with to whom it goes: that of a confidential matter is posted by who may know them, not by the unit that handles
    it (信访工作条例 art. 30).
    """
    known = not case.sealed or may_see_requester(actor, case)
    return known and may(actor, action_of(case, "post"), case)


def posted_by(actor: Actor, domain_key: str) -> Q:
    """Return the filter over the cases of a domain that `may_post` opens: its twin."""
    known = Q(sealed=False) | reach(actor, f"{domain_key}.see_sealed_requester")
    return known & reach(actor, f"{domain_key}.post")


def unit_posts(unit_id: int | None) -> bool:
    """Say whether anything of any domain waits with a unit to be posted, as of a few seconds ago at most: menus ask it."""
    return unit_id is not None and _waits_with(unit_id)


def _find_waiting(unit_id: int) -> bool:
    declared = [one.to_post for one in DOMAINS.values() if one.to_post is not None]
    return any(
        apps.get_model(model)._default_manager.filter(waiting, case__unit_id=unit_id).exists()
        for model, waiting in declared
    )


_waits_with: Remembered[int, bool] = Remembered(_find_waiting)


def refuse_posting(
    actor: Actor,
    case: Case,
    *,
    by_post: bool,
    waits: bool,
    written_at: datetime | None,
    printed: datetime | None,
) -> None:
    """Raise NotPossible where the actor has nothing to post in a case, or the last was written after it was *printed*."""
    if case.sealed and not may_see_requester(actor, case):
        raise NotPossible("这件事对承办单位保密当事人，答复由登记的部门或派单员邮寄。")
    if not by_post:
        raise NotPossible("本人留了电话，答复已经按电话告知，不用邮寄。")
    if not waits:
        raise NotPossible("还没有答复，没有要寄的。请先答复。")
    if printed is not None and written_at is not None and written_at > printed:
        raise NotPossible("您打开列表以后又有新的答复或告知书。请回到列表，打印后再登记寄出。")


def record_posted(actor: Actor, case: Case, now: datetime) -> None:
    """Write down that it is in the post (信访工作条例 art. 23: told in writing)."""
    record(actor=actor, action=action_of(case, "posted"), now=now, case_id=case.pk, purpose="邮寄答复")


def person_reached(
    *, name: str, phone: str, address: str, region_code: str, now: datetime, key: str
) -> int | None:
    """Return whose matter is opened under *key*: of one phone the person of that name; who leaves only an address, a person
    of their own, for an address set on a record that a phone already finds would let one stranger's matter lead the
    answers to others astray.

    They are written down once for a key, since nothing finds them again; None when it was used.
    """
    if not phone:
        one_at_a_time(key_of(key))
        if is_used(key):
            return None
    person_id = person_for(name=name, phone=phone, region_code=region_code, now=now)
    if not phone:
        correct_person(person_id, address=address)
    return person_id
