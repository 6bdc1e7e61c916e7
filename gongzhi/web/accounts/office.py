"""Whether a request comes from an office: a browser in which staff sign in, or a network registered as an office's.

It is asked only when a rating is filed, and answered with yes or no. No address, no device and no person is kept. The browser's
mark is the same for all officials and opens nothing: it says only that staff signed in with it in the last thirty days. A
citizen's browser never carries one.
"""

from ipaddress import ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gongzhi.web.accounts.origin import address_of

COOKIE: Final = "gongzhi_office"
SALT: Final = "gongzhi.office"
KEPT_SECONDS: Final = 30 * 24 * 60 * 60
MARK: Final = "office"


def remember_office(response: HttpResponseBase) -> None:
    """Mark the browser with which an official has just signed in."""
    response.set_signed_cookie(
        COOKIE,
        MARK,
        salt=SALT,
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_from_office(request: HttpRequest) -> bool:
    """Say whether staff are signed in here, signed in here lately, or the network is registered as an office's."""
    marked = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS) == MARK
    return marked or _is_staff(request) or _in_office_network(address_of(request))


def _is_staff(request: HttpRequest) -> bool:
    """An account may be a citizen's: staff act in a post."""
    return getattr(request, "post", None) is not None


def _in_office_network(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in ip_network(each) for each in settings.OFFICE_NETWORKS)
