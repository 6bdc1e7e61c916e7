"""What a person has written so far, kept on the server until it is sent: the key in the address is all the page holds.

Nothing of it lies in the page, so nothing of it can be changed on the way. The key is also the idempotency key of the
whole submission: whoever sends twice has sent once. Each domain keeps its drafts apart.
"""

from typing import Any, Final

from django.http import HttpRequest

AT_ONCE: Final = 3  # several tabs; the oldest draft goes first


def draft_of(request: HttpRequest, domain: str, key: str) -> dict[str, Any] | None:
    """Return the answers kept under a key; None when this browser has no such draft."""
    found: dict[str, Any] | None = request.session.get(_place(domain), {}).get(key)
    return found


def keep(request: HttpRequest, domain: str, key: str, **answers: Any) -> None:
    """Add answers to a draft, which begins with its first ones."""
    drafts = request.session.get(_place(domain), {})
    drafts[key] = {**drafts.pop(key, {}), **answers}
    request.session[_place(domain)] = dict(list(drafts.items())[-AT_ONCE:])


def mark_sent(request: HttpRequest, domain: str, key: str, case_id: int) -> None:
    """Forget what was written, and remember only which case it became."""
    drafts = request.session.get(_place(domain), {})
    drafts[key] = {"sent": case_id}
    request.session[_place(domain)] = drafts


def _place(domain: str) -> str:
    return f"{domain}_drafts"
