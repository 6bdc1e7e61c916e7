"""What others may ask of the hotline: register a request that reached us some other way."""

from datetime import datetime

from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.services import Submission, submit_request
from gongzhi.kernel.people.actor import SYSTEM

__all__ = ["Submission", "is_registered", "register_request"]


def register_request(*, submission: Submission, received_at: datetime, now: datetime, key: str) -> int:
    """Register a request as of the moment it was received elsewhere; return the case's key."""
    request = submit_request(actor=SYSTEM, submission=submission, now=now, key=key, received_at=received_at)
    return int(request.pk)


def is_registered(source_reference: str) -> bool:
    """Say whether a message of another system has become a request already."""
    return Request.objects.filter(source_reference=source_reference).exists()
