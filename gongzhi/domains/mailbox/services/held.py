"""A letter in hand, for what is done beside the steps of its procedure: also when that is at its end."""

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.people.actor import Actor


def letter_held(actor: Actor, action: str, case_id: int) -> Letter:
    """Return a letter that *action* opens to the actor, held until the transaction ends."""
    case = case_for(actor, action, case_id)
    letter = Letter.objects.select_for_update(no_key=True).get(pk=case.pk)
    letter.case = case
    return letter
