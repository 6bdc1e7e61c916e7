"""Papers of a letter: photos and documents that the writer and the offices add."""

from datetime import datetime
from typing import Unpack

from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.papers import SentFile, take_in_file
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.people.actor import Actor


def attach_file(*, actor: Actor, case_id: int, now: datetime, **sent: Unpack[SentFile]) -> Document:
    """Add a file to a letter, as every case takes files in: once, and no picture with the place where it was taken."""
    authorise(actor, "mailbox.attach")
    return take_in_file(actor=actor, attaches="mailbox.attach", case_id=case_id, now=now, **sent)
