"""What a person has written so far, kept on the server until it is sent: the key in the address is all the page holds.

Nothing of it lies in the page, so nothing of it can be changed on the way. The key is also the idempotency key of the
whole submission: whoever sends twice has sent once.
"""

from typing import Any, Final

from django.http import HttpRequest

IN_SESSION: Final = "hotline_drafts"
AT_ONCE: Final = 3  # several tabs; the oldest draft goes first


def draft_of(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Return the answers kept under a key; None when this browser has no such draft."""
    found: dict[str, Any] | None = request.session.get(IN_SESSION, {}).get(key)
    return found


def keep(request: HttpRequest, key: str, **answers: Any) -> None:
    """Add answers to a draft, which begins with its first ones."""
    drafts = request.session.get(IN_SESSION, {})
    drafts[key] = {**drafts.pop(key, {}), **answers}
    request.session[IN_SESSION] = dict(list(drafts.items())[-AT_ONCE:])


def mark_sent(request: HttpRequest, key: str, case_id: int) -> None:
    """Forget what was written, and remember only which case it became."""
    drafts = request.session.get(IN_SESSION, {})
    drafts[key] = {"sent": case_id}
    request.session[IN_SESSION] = drafts
