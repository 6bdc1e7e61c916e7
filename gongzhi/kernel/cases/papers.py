"""The papers of a case for those who may open them, whatever its domain: listed, opened, and taken in."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO, NotRequired, TypedDict, Unpack

from django.db import transaction

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.cases.reading import action_of, case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import Readable, document_of, documents_of, open_document, store_upload
from gongzhi.kernel.people.actor import Actor, Role


def papers_of(actor: Actor, case: Case) -> Sequence[Document]:
    """Return the papers of a case that the actor may open."""
    return [one for one in documents_of(case.pk) if may_open_paper(actor, case, one)]


def open_paper(
    *, actor: Actor, reads: str, case_id: int, document_id: int, now: datetime
) -> tuple[Document, BinaryIO]:
    """Return a paper of a case that the action *reads* opens, and its content; an official's look is written down.

    What somebody may not open looks like what is not there.
    """
    case = case_for(actor, reads, case_id)
    paper = document_of(case.pk, document_id)
    if not may_open_paper(actor, case, paper):
        raise NotPossible("没有找到这个文件。请回到事项页面重新选择。")
    if actor.role is not Role.CITIZEN:
        subject = f"document:{paper.pk}"
        record(actor=actor, action="document.read", now=now, case_id=case.pk, subject=subject, purpose="办理")
    return paper, open_document(paper)


def may_open_paper(actor: Actor, case: Case, paper: Document) -> bool:
    """Papers for offices alone stay there; what the person sent with a sealed matter may show who they are.

    So it opens to those who may know the person (信访工作条例 art. 30; GB/T 33358-2016).
    """
    if actor.role is Role.CITIZEN:
        return paper.secrecy != Document.Secrecy.OFFICE and may(actor, action_of(case, "read"), case)
    if case.sealed and not paper.from_office:
        return may_see_requester(actor, case)
    return may(actor, action_of(case, "read"), case)


class SentFile(TypedDict):
    """A file as it comes in. What an office sends stays with the offices unless it is meant *to_person* too."""

    name: str
    content: Readable
    to_person: NotRequired[bool]


@transaction.atomic
def take_in_file(
    *, actor: Actor, attaches: str, case_id: int, now: datetime, **sent: Unpack[SentFile]
) -> Document:
    """Keep a file with a case that the action *attaches* opens; the same file sent again is kept once.

    Pictures lose where they were taken.
    """
    case = case_for(actor, attaches, case_id)
    shared = sent.get("to_person", False) or actor.role is Role.CITIZEN
    secrecy = Document.Secrecy.CASE if shared else Document.Secrecy.OFFICE
    name, content = sent["name"], sent["content"]
    return store_upload(actor=actor, case_id=case.pk, name=name, content=content, now=now, secrecy=secrecy)
