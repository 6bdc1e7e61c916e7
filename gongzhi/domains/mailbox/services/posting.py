"""Posting an answer to whoever left an address and no phone; it is no step of the procedure, which may be at its end."""

from datetime import datetime

from django.db import transaction

from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.services.held import letter_held
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.posting import record_posted, refuse_posting
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def note_posted(*, actor: Actor, case_id: int, now: datetime, printed: datetime | None = None) -> Letter:
    """Note that the answer is in the post (信访工作条例 art. 23: told in writing); the day of the first note stays."""
    authorise(actor, "mailbox.post")
    letter = letter_held(actor, "mailbox.post", case_id)
    written = letter.replied_at
    refuse_posting(
        actor,
        letter.case,
        by_post=letter.by_post,
        waits=written is not None,
        written_at=written,
        printed=printed,
    )
    if letter.posted_at is None:
        letter.posted_at = now
        letter.save(update_fields=["posted_at"])
        record_posted(actor, letter.case, now)
    return letter
