"""Papers of a letter: photos and documents that the writer and the offices add."""

from datetime import datetime

from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.papers import take_in_file
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import Readable
from gongzhi.kernel.people.actor import Actor


def attach_file(
    *, actor: Actor, case_id: int, name: str, content: Readable, now: datetime, to_person: bool = False
) -> Document:
    """Add a file to a letter; the same file sent again is kept once. Pictures lose where they were taken.

    What an office adds stays with the offices unless it is meant *to_person* as well.
    """
    authorise(actor, "mailbox.attach")
    return take_in_file(
        actor=actor,
        attaches="mailbox.attach",
        case_id=case_id,
        name=name,
        content=content,
        now=now,
        to_person=to_person,
    )
