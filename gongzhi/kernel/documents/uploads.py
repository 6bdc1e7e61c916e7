"""Take files into a case and give them out again.

Whether the actor may do so is decided by the caller before, by the rules of the case's domain: these functions only
make sure that what is kept is harmless, whole, and kept once.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import BinaryIO, Protocol

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.fingerprints import fingerprint
from gongzhi.kernel.documents.images import redraw
from gongzhi.kernel.documents.kinds import FileType, sniff
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.names import safe_name
from gongzhi.kernel.people.actor import Actor, Role

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 10

#: Nine files from the person and nine from the offices, beside those that came with the matter: neither can use up the other's.
MOST_FILES = 9


class Readable(Protocol):
    """Anything a file can be read from, such as an uploaded file."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to ``size`` bytes."""


def store_upload(
    *,
    actor: Actor,
    case_id: int,
    name: str,
    content: Readable,
    now: datetime,
    secrecy: Document.Secrecy = Document.Secrecy.CASE,
) -> Document:
    """Keep a file that somebody sends for a case; sending the same file again gives the first document.

    The type is told by the content; pictures are drawn anew without the place they were taken at. Declines empty,
    large, damaged or unknown files and a tenth file, each with the next step.
    """
    received = _read(content)
    received_hash = store.hash_of(received)
    with transaction.atomic():
        _one_at_a_time(case_id)
        if known := _same(case_id, received_hash):
            return known
        _leave_room(actor, case_id)
        kind = sniff(received)
        kept = redraw(received, kind) if kind.is_image else received
        if known := _same(case_id, store.hash_of(kept)):
            return known
        document = _described(actor, case_id, name, kind, kept, now)
        document.kind = Document.Kind.PHOTO if kind.is_image else Document.Kind.ATTACHMENT
        document.secrecy = secrecy
        document.received_sha256 = received_hash
        if kind.is_image and document.from_office:
            document.fingerprint = fingerprint(kept)
        return _added(actor, document, now)


def store_generated(
    *,
    actor: Actor,
    case_id: int,
    name: str,
    content: bytes,
    now: datetime,
    secrecy: Document.Secrecy = Document.Secrecy.CASE,
) -> Document:
    """Keep a file that the house itself made for a case, such as a printed reply; it is kept as it is."""
    with transaction.atomic():
        _one_at_a_time(case_id)
        if known := _same(case_id, store.hash_of(content)):
            return known
        document = _described(actor, case_id, name, sniff(content), content, now)
        document.kind, document.from_office = Document.Kind.GENERATED, True  # whoever asked for it first
        document.secrecy = secrecy
        document.received_sha256 = document.sha256
        return _added(actor, document, now)


def documents_of(case_id: int) -> QuerySet[Document]:
    """Return the documents of a case, oldest first."""
    return Document.objects.filter(case_id=case_id).order_by("id")


def document_of(case_id: int, document_id: int) -> Document:
    """Return one document of a case, or decline; a document of another case is not found."""
    found = documents_of(case_id).filter(pk=document_id).first()
    if found is None:
        raise NotPossible(_("没有找到这个文件。请回到事项页面重新选择。"))
    return found


def open_document(document: Document) -> BinaryIO:
    """Return the content of a document as a stream, after comparing it with its hash."""
    return io.BytesIO(store.content_of(document.sha256))


def _read(content: Readable) -> bytes:
    received = content.read(MOST_MEGABYTES * MEGABYTE + 1)
    if not received:
        raise NotPossible(_("文件是空的。请在您的设备上打开确认后重新选择。"))
    if len(received) > MOST_MEGABYTES * MEGABYTE:
        raise NotPossible(_("单个文件不能超过 %(most)s MB。请压缩或拆分后再传。"), most=MOST_MEGABYTES)
    return received


def _one_at_a_time(case_id: int) -> None:
    """Let files of one case be added one after the other, so that counts and repetitions are seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"documents of {case_id}",))


def hold_content(address: str, *, alone: bool = False) -> None:
    """Hold a content until the transaction ends: uploads of it side by side, whoever takes it out of the store *alone*."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", (f"content {address}",))


def _same(case_id: int, address: str) -> Document | None:
    return documents_of(case_id).filter(Q(sha256=address) | Q(received_sha256=address)).first()


def _is_office(actor: Actor) -> bool:
    return actor.role is not Role.CITIZEN


def _leave_room(actor: Actor, case_id: int) -> None:
    here = documents_of(case_id).filter(from_office=_is_office(actor), handed_on=False)
    sent = here.exclude(kind=Document.Kind.GENERATED)
    if sent.count() >= MOST_FILES:
        raise NotPossible(
            _("一件事最多上传 %(most)s 个文件，已经满了。请把多张照片合成一个 PDF，或在补充说明中写明。"),
            most=MOST_FILES,
        )


def _described(
    actor: Actor, case_id: int, name: str, kind: FileType, content: bytes, now: datetime
) -> Document:
    """Describe some content and put it into the store, where it is held until its row is there."""
    hold_content(store.hash_of(content))
    return Document(
        case_id=case_id,
        name=safe_name(name, kind.ending),
        media_type=kind.media_type,
        size=len(content),
        sha256=store.keep(content),
        from_office=_is_office(actor),
        uploaded_by_person_id=actor.person_id,
        uploaded_by_post_id=actor.post_id,
        uploaded_at=now,
    )


def _added(actor: Actor, document: Document, now: datetime) -> Document:
    document.save(force_insert=True)
    record(
        actor=actor,
        action="documents.stored",
        now=now,
        case_id=document.case_id,
        subject=f"document:{document.pk}",
        details={"sha256": document.sha256, "media_type": document.media_type, "size": document.size},
    )
    return document
