"""What call takers do with a text that did not become a request by itself: register it, or answer it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import Conflict
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.texts import talk_for
from gongzhi.domains.hotline.services.intake import Submission, submit_request
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.notices import incoming
from gongzhi.kernel.notices.incoming import State
from gongzhi.kernel.notices.models import Incoming
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.persons import person_of_text

TAKEN = "已经有人处理过这条短信。请回到待处理短信，看看下一条。"


@transaction.atomic
def register_text(*, actor: Actor, text_id: int, submission: Submission, now: datetime, key: str) -> Request:
    """Register what somebody texted as a request of that person, from the channel they wrote through; they are told its code.

    Whose it is follows from phone or account, and from the name that they gave (`person_of_text`).

    It is counted from when the text came, not from when somebody looked (GB/T 33358-2016).
    """
    authorise(actor, "hotline.answer_text")
    talk = _held(actor, text_id)
    if talk.state == State.DONE and not is_used(key):
        raise Conflict(TAKEN)
    asker = _asker(talk, submission.name, now)
    of_person = replace(submission, name="", asked_by_id=asker, channel=talk.channel)
    incoming.set_by_sms([asker], True)  # who asks by text wants to be answered by text
    request = submit_request(
        actor=actor, submission=of_person, now=now, key=key, received_at=talk.received_at
    )
    if talk.state != State.DONE:
        incoming.move(talk, State.DONE, now, case_id=request.pk)
    return request


@transaction.atomic
def answer_text(*, actor: Actor, text_id: int, reply: str, now: datetime) -> Incoming:
    """Answer a text by text; an empty *reply* puts aside what was sent to us by mistake. Either is done once."""
    authorise(actor, "hotline.answer_text")
    talk = _held(actor, text_id)
    if talk.state == State.DONE:
        if talk.answer != reply or talk.case_id is not None:
            raise Conflict(TAKEN)
        return talk
    talk.answer = reply
    incoming.move(talk, State.DONE, now)
    if reply:
        incoming.reply(talk, reply, now, by="answer")
    record(
        actor=actor,
        action="hotline.text.answered" if reply else "hotline.text.put_aside",
        now=now,
        subject=f"text:{talk.pk}",
    )
    return talk


def _asker(talk: Incoming, name: str, now: datetime) -> int:
    """Return whose the request is; who did not want to say a name stays nameless."""
    said = incoming.words_of(talk)
    declined = any(one.taken_as == "name" and incoming.declines(one.text) for one in said)
    return talk.person_id if declined and not name else person_of_text(talk.person_id, name=name, now=now)


def _held(actor: Actor, text_id: int) -> Incoming:
    """Hold a talk until the transaction ends, so that of two call takers the second finds what the first did."""
    talk_for(actor, text_id)
    return Incoming.objects.select_for_update().get(pk=text_id)
