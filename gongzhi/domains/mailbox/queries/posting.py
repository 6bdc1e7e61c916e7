"""The answers that go out on paper: which wait to be posted, and whether one of them does."""

from datetime import date

from gongzhi.domains.mailbox.models import TO_POST, Letter
from gongzhi.domains.mailbox.queries.offices import has_mailbox
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.posting import MOST, may_post, posted_by
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Actor


def letters_to_post(actor: Actor) -> list[Letter]:
    """Return the answers that the actor may post and nobody has, the longest waiting first, fifty at most."""
    waiting = Letter.objects.filter(TO_POST)
    theirs = waiting.filter(case__in=Case.objects.filter(posted_by(actor, "mailbox")))
    return list(theirs.select_related("case__opened_by", "office").order_by("replied_at", "pk")[:MOST])


def unit_posts(unit_id: int | None, on: date) -> bool:
    """Say whether a unit posts answers: it has a mailbox, or one that goes around its office waits with it (as of seconds ago)."""
    return has_mailbox(unit_id, on) or (unit_id is not None and _with_answers(unit_id))


def _find_answers(unit_id: int) -> bool:
    return Letter.objects.filter(TO_POST, case__unit_id=unit_id).exists()


_with_answers: Remembered[int, bool] = Remembered(_find_answers)


def is_to_post(actor: Actor, letter: Letter) -> bool:
    """Say whether an answer is there that goes out on paper, and the actor may post it."""
    return letter.by_post and letter.replied_at is not None and may_post(actor, letter.case)
