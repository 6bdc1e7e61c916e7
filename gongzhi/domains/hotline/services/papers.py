"""What is added to a request as a file."""

from datetime import datetime

from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import Readable, store_upload
from gongzhi.kernel.people.actor import Actor


def attach_document(*, actor: Actor, case_id: int, name: str, content: Readable, now: datetime) -> Document:
    """Keep a photo or paper with the request; the same file sent twice is kept once."""
    authorise(actor, "hotline.attach")
    case = case_for(actor, "hotline.attach", case_id)
    return store_upload(actor=actor, case_id=case.pk, name=name, content=content, now=now)
