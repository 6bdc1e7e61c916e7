"""Papers of a petition: what people and offices add, and the opinion, typeset once and kept with its hash."""

from datetime import datetime
from typing import Final, Unpack

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.queries.letters import letter_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.papers import SentFile, take_in_file
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import documents_of, store_generated
from gongzhi.kernel.people.actor import Actor
from gongzhi.web.written import pdf_of_written

NOT_ISSUED: Final = "意见书还没有出具。出具以后这里可以下载。"


def attach_file(*, actor: Actor, case_id: int, now: datetime, **sent: Unpack[SentFile]) -> Document:
    """Add a file to a petition, as every case takes files in: once, and no picture with the place where it was taken."""
    authorise(actor, "petitions.attach")
    return take_in_file(actor=actor, attaches="petitions.attach", case_id=case_id, now=now, **sent)


def file_opinion(*, actor: Actor, case_id: int, verify_url: str, now: datetime) -> Document:
    """Return the opinion as PDF, kept with the case from the first time that somebody asks for it (art. 32).

    It is set once and never again: whoever downloads it later gets the same bytes, with the hash in the record.
    """
    authorise(actor, "petitions.read")
    found = matter_for(actor, case_id)
    letter = letter_of(found, "opinion")
    if letter is None:
        raise NotPossible(NOT_ISSUED)
    name = f"{letter.title}{letter.number}"
    kept = documents_of(case_id).filter(kind=Document.Kind.GENERATED, name=f"{name}.pdf").first()
    if kept is not None:
        return kept
    content = pdf_of_written(letter, address=verify_url)
    return store_generated(actor=actor, case_id=case_id, name=f"{name}.pdf", content=content, now=now)
