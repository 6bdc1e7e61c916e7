"""One letter with its case, who wrote it under duty, and the units to which it may be given."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.access.decide import may, units_kept_out
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import open_person
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Particulars


def letter_for(actor: Actor, case_id: int) -> Letter:
    """Return one letter with its case, if *actor* may read it."""
    case = case_for(actor, "mailbox.read", case_id)
    letter = Letter.objects.select_related("office__unit").get(pk=case.pk)
    letter.case = case
    return letter


def looked_at(*, actor: Actor, case_id: int, now: datetime) -> Letter:
    """Return one letter to an official and write down that they looked."""
    letter = letter_for(actor, case_id)
    record(actor=actor, action="case.read", now=now, case_id=case_id, purpose="办理")
    return letter


def units_to_choose(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of the city to which a letter may be given; those complained of and under them are left out."""
    return [unit for unit in units_to_name(case, on) if unit.pk not in units_kept_out(case)]


def units_to_name(case: Case, on: date) -> Sequence[Unit]:
    """Return the units of the city of which a letter may complain, those of its county first."""
    low, high = prefix_range(case.region_code[:4])
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    county = case.region_code[:6]
    found = Unit.objects.filter(lasting, region_id__gte=low, region_id__lt=high)
    return sorted(found, key=lambda unit: (not unit.region_id.startswith(county), unit.name))


def may_see_requester(actor: Actor, case: Case) -> bool:
    """Say whether the contact may be shown at all: of a confidential letter not to the unit that handles it."""
    return may(actor, "mailbox.see_sealed_requester" if case.sealed else "mailbox.see_requester", case)


def may_publish(actor: Actor, letter: Letter) -> bool:
    """Say whether the actor decides what is shown of a letter, and its writer has agreed to show it."""
    return letter.may_publish and letter.replied_at is not None and may(actor, "mailbox.publish", letter.case)


def requester(*, actor: Actor, case_id: int, purpose: str, words: str, now: datetime) -> Particulars:
    """Show who wrote, to those who may know, and write down that it was shown (no case, no data)."""
    case = case_for(actor, "mailbox.read", case_id)
    action = "mailbox.see_sealed_requester" if case.sealed else "mailbox.see_requester"
    return open_person(actor=actor, action=action, case_id=case_id, purpose=purpose, words=words, now=now)


def successor_of(actor: Actor, case: Case) -> Case | None:
    """Return the case in which a letter went on, for the person who wrote it."""
    if actor.person_id is None:
        return None
    return Case.objects.filter(handed_from_id=case.pk, opened_by_id=actor.person_id).first()
