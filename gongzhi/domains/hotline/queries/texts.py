"""The texts of people that wait for a call taker."""

from collections.abc import Sequence
from datetime import datetime

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.notices.incoming import for_somebody, within_reach, words_of
from gongzhi.kernel.notices.models import Incoming
from gongzhi.kernel.people.actor import Actor

MOST = 100


def texts_waiting(actor: Actor, now: datetime) -> Sequence[Incoming]:
    """Return the talks of the actor's area that nobody has answered yet, the oldest first."""
    authorise(actor, "hotline.answer_text")
    return list(for_somebody(actor, now)[:MOST])


def talk_for(actor: Actor, text_id: int) -> Incoming:
    """Return one talk of the actor's area, or refuse it in words that do not tell whether it exists elsewhere."""
    authorise(actor, "hotline.answer_text")
    talk = within_reach(actor).filter(pk=text_id, talk=None).first()
    if talk is None:
        raise NotPossible(NOT_FOUND)
    return talk


def look_at_talk(*, actor: Actor, text_id: int, now: datetime) -> tuple[Incoming, list[Incoming]]:
    """Return a talk with its texts, and write down that an official read it."""
    talk = talk_for(actor, text_id)
    record(actor=actor, action="hotline.text.read", now=now, subject=f"text:{talk.pk}", purpose="处理短信")
    return talk, words_of(talk)
