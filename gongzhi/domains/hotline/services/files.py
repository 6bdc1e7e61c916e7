"""Files of a request: photos and papers that people and offices add."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, Unpack

from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.papers import SentFile, take_in_file
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.store import hash_of
from gongzhi.kernel.documents.uploads import Readable
from gongzhi.kernel.people.actor import Actor


class Rereadable(Readable, Protocol):
    """A file that can be read once more from its beginning."""

    def seek(self, place: int, /) -> object:
        """Go to a place."""


def marks_of(files: Iterable[Rereadable]) -> tuple[str, ...]:
    """Return what tells these files from others: part of the content of a write, as its key is compared."""
    marks = []
    for one in files:
        one.seek(0)
        marks.append(hash_of(one.read()))
        one.seek(0)
    return tuple(marks)


def attach_file(*, actor: Actor, case_id: int, now: datetime, **sent: Unpack[SentFile]) -> Document:
    """Add a file to a request, as every case takes files in: once, and no picture with the place where it was taken."""
    authorise(actor, "hotline.attach")
    return take_in_file(actor=actor, attaches="hotline.attach", case_id=case_id, now=now, **sent)
