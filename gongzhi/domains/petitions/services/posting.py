"""Posting what was written to a petitioner who left an address and no phone; it is no step of the procedure."""

from datetime import datetime

from django.db import transaction

from gongzhi.domains.petitions.models import Petition
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.posting import record_posted, refuse_posting
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def note_posted(*, actor: Actor, case_id: int, now: datetime, printed: datetime | None = None) -> Petition:
    """Note that everything written so far is in the post (信访工作条例 art. 23, 34: told in writing)."""
    authorise(actor, "petitions.post")
    case = case_for(actor, "petitions.post", case_id)
    petition = Petition.objects.select_for_update(no_key=True).get(pk=case.pk)
    written, waits = petition.to_post_at, petition.to_post_at is not None
    there = waits or petition.posted_at is not None
    refuse_posting(actor, case, by_post=petition.by_post, waits=there, written_at=written, printed=printed)
    if waits:
        petition.to_post_at, petition.posted_at = None, now
        petition.save(update_fields=["to_post_at", "posted_at"])
        record_posted(actor, case, now)
    return petition
