"""What a session remembers of signing in, and whose account that makes it."""

from typing import Final

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

POST_IN_SESSION: Final = "post_id"
HALF_WAY: Final = "signing_in"


def account_in(request: HttpRequest) -> str:
    """Return the account of whoever is signed in, or half-way through it; empty when there is none.

    It opens that one row of the database and nothing else: whether the session is still good is looked at afterwards.
    """
    half_way = request.session.get(HALF_WAY) or {}
    return str(request.session.get(SESSION_KEY) or half_way.get("account") or "")
