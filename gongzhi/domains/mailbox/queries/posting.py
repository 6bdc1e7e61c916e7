"""The answers that go out on paper: which wait to be posted, and one of them to print."""

from typing import Final

from gongzhi.domains.mailbox.models import Letter
from gongzhi.kernel.access.decide import may, reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor

MOST: Final = 50


def letters_to_post(actor: Actor) -> list[Letter]:
    """Return the answers that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Letter.objects.filter(by_post=True, posted_at=None, replied_at__isnull=False)
    theirs = waiting.filter(case__in=Case.objects.filter(reach(actor, "mailbox.post")))
    return list(theirs.select_related("case__opened_by", "office").order_by("replied_at", "pk")[:MOST])


def is_to_post(actor: Actor, letter: Letter) -> bool:
    """Say whether an answer is there that goes out on paper, and the actor may post it."""
    return letter.by_post and letter.replied_at is not None and may(actor, "mailbox.post", letter.case)
