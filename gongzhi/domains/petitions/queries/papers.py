"""The papers of a petition, for those who may open them."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from gongzhi.base.declined import NotPossible
from gongzhi.domains.petitions.queries.matters import may_see_requester
from gongzhi.kernel.access.decide import may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import document_of, documents_of, open_document
from gongzhi.kernel.people.actor import Actor, Role


def papers_of(actor: Actor, case: Case) -> Sequence[Document]:
    """Return the papers of a case that the actor may open."""
    return [one for one in documents_of(case.pk) if may_open_paper(actor, case, one)]


def open_paper(*, actor: Actor, case_id: int, document_id: int, now: datetime) -> tuple[Document, BinaryIO]:
    """Return a paper and its content to those who may open it; an official's look is written down."""
    case = case_for(actor, "petitions.read", case_id)
    paper = document_of(case.pk, document_id)
    if not may_open_paper(actor, case, paper):  # what somebody may not open looks like what is not there
        raise NotPossible("没有找到这个文件。请回到事项页面重新选择。")
    if actor.role is not Role.CITIZEN:
        subject = f"document:{paper.pk}"
        record(actor=actor, action="document.read", now=now, case_id=case.pk, subject=subject, purpose="办理")
    return paper, open_document(paper)


def may_open_paper(actor: Actor, case: Case, paper: Document) -> bool:
    """Papers for offices alone stay there; what the person sent with a sealed petition may show who they are (art. 30)."""
    if actor.role is Role.CITIZEN:
        return paper.secrecy != Document.Secrecy.OFFICE and may(actor, "petitions.read", case)
    if case.sealed and not paper.from_office:
        return may_see_requester(actor, case)
    return may(actor, "petitions.read", case)
