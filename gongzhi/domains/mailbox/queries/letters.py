"""One letter with its case, and the units to which it may be given."""

from datetime import datetime

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.people.actor import Actor


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


def may_publish(actor: Actor, letter: Letter) -> bool:
    """Say whether the actor decides what is shown of a letter, and its writer has agreed to show it."""
    return letter.may_publish and letter.replied_at is not None and may(actor, "mailbox.publish", letter.case)
