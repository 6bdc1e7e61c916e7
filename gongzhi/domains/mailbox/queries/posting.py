"""The answers that go out on paper: which wait to be posted, and one of them to print."""

from typing import Final

from django.db.models import Q

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.access.decide import may, reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.people.actor import Actor

MOST: Final = 50


def letters_to_post(actor: Actor) -> list[Letter]:
    """Return the answers that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Letter.objects.filter(by_post=True, posted_at=None, replied_at__isnull=False)
    known = Q(sealed=False) | reach(actor, "mailbox.see_sealed_requester")
    theirs = waiting.filter(case__in=Case.objects.filter(known, reach(actor, "mailbox.post")))
    return list(theirs.select_related("case__opened_by", "office").order_by("replied_at", "pk")[:MOST])


def is_to_post(actor: Actor, letter: Letter) -> bool:
    """Say whether an answer is there that goes out on paper, and the actor may post it.

    The answer begins with to whom it goes: that to a confidential letter is posted by who may know them, not by the unit that
    handles it (信访工作条例 art. 30).
    """
    answers = letter.by_post and letter.replied_at is not None and may(actor, "mailbox.post", letter.case)
    return answers and (not letter.case.sealed or may_see_requester(actor, letter.case))
