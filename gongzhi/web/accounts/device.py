"""The browser from which someone has signed in before, so that strangers cannot make their account wait.

Wrong passwords are counted by account. A browser that has signed in to an account carries a signed cookie that says
so, and is counted by itself: whoever guesses from elsewhere uses up the tries of strangers, not those of its owner.
The cookie opens nothing; it holds a keyed hash of the username and a random word, of the last account signed in to.
"""

import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE: Final = "gongzhi_device"
SALT: Final = "gongzhi.device"
KEPT_SECONDS: Final = 180 * 24 * 60 * 60


def known_device(request: HttpRequest, username: str) -> str:
    """Return the random word of a browser that has signed in to this account before; empty for any other."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS) or ""
    about, _sep, word = kept.partition(".")
    return word if constant_time_compare(about, _mark(username)) else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, username: str) -> None:
    """Let this browser be counted by itself from now on; one that is known keeps its word."""
    word = known_device(request, username) or secrets.token_hex(16)
    response.set_signed_cookie(
        COOKIE,
        f"{_mark(username)}.{word}",
        salt=SALT,
        max_age=KEPT_SECONDS,
        path="/accounts/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _mark(username: str) -> str:
    return salted_hmac(SALT, username.casefold(), algorithm="sha256").hexdigest()[:32]
