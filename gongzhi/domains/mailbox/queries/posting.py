"""The answers that go out on paper: which wait to be posted, and whether one of them does."""

from gongzhi.domains.mailbox.models import TO_POST, Letter
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.posting import MOST, may_post, posted_by
from gongzhi.kernel.people.actor import Actor


def letters_to_post(actor: Actor) -> list[Letter]:
    """Return the answers that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Letter.objects.filter(TO_POST)
    theirs = waiting.filter(case__in=Case.objects.filter(posted_by(actor, "mailbox")))
    return list(theirs.select_related("case__opened_by", "office").order_by("replied_at", "pk")[:MOST])


def is_to_post(actor: Actor, letter: Letter) -> bool:
    """Say whether an answer is there that goes out on paper, and the actor may post it."""
    return letter.by_post and letter.replied_at is not None and may_post(actor, letter.case)
