"""Posting an answer to whoever left an address and no phone; it is no step of the procedure, which may be at its end."""

from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.services.held import letter_held
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def note_posted(*, actor: Actor, case_id: int, now: datetime) -> Letter:
    """Note that the answer is in the post (信访工作条例 art. 23: told in writing); the day of the first note stays."""
    authorise(actor, "mailbox.post")
    letter = letter_held(actor, "mailbox.post", case_id)
    if letter.case.sealed and not may_see_requester(actor, letter.case):
        raise NotPossible("这封信对承办单位保密来信人，答复由收信单位或派单员邮寄。")
    if not letter.by_post:
        raise NotPossible("来信人留了电话，答复已经按电话告知，不用邮寄。")
    if letter.replied_at is None:
        raise NotPossible("还没有答复，没有要寄的。请先答复。")
    if letter.posted_at is None:
        letter.posted_at = now
        letter.save(update_fields=["posted_at"])
        record(actor=actor, action="mailbox.posted", now=now, case_id=case_id, purpose="邮寄答复")
    return letter
