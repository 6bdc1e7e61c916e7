"""Files of a request: photos and papers that people and offices add."""

from datetime import datetime

from django.db import transaction

from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import Readable, store_upload
from gongzhi.kernel.people.actor import Actor, Role


@transaction.atomic
def attach_file(
    *, actor: Actor, case_id: int, name: str, content: Readable, now: datetime, to_person: bool = False
) -> Document:
    """Add a file to a request; the same file sent again is kept once. Pictures lose where they were taken.

    What an office adds stays with the offices unless it is meant *to_person* as well.
    """
    authorise(actor, "hotline.attach")
    case = case_for(actor, "hotline.attach", case_id)
    shared = to_person or actor.role is Role.CITIZEN
    secrecy = Document.Secrecy.CASE if shared else Document.Secrecy.OFFICE
    return store_upload(actor=actor, case_id=case.pk, name=name, content=content, now=now, secrecy=secrecy)
