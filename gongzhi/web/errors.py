"""The pages shown when something is refused, missing or broken: kind, and with a next step."""

import sys
from typing import Final

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from gongzhi.base.declined import Declined

RETRY_AFTER_SECONDS: Final = 30


def words_of(refusal: Declined) -> str:
    """The refusal in the reader's language: the sentence is translated first, then the values are put in."""
    sentence = gettext(str(refusal.message))
    return sentence % refusal.values if refusal.values else sentence


def frame_for(request: HttpRequest) -> object:
    """The template around what is said, by who sees it."""
    return "web/staff_base.html" if getattr(request, "post", None) else "web/citizen_base.html"


def _page(
    request: HttpRequest, name: str, status: int, context: dict[str, object] | None = None
) -> HttpResponse:
    """An error page in the frame of whoever sees it."""
    return render(
        request, f"web/errors/{name}.html", {"frame": frame_for(request), **(context or {})}, status=status
    )


def declined(request: HttpRequest, refusal: Declined) -> HttpResponse:
    """The page for a use case that declined: 403, 409 or 422 with the words of the refusal."""
    name = str(refusal.status) if refusal.status in {403, 409, 422} else "422"
    return _page(request, name, refusal.status, {"message": words_of(refusal)})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler403``."""
    return _page(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``."""
    return _page(request, "404", 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``: most often a page kept open too long or a changed address."""
    return _page(request, "400", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """``CSRF_FAILURE_VIEW``: the form's safety mark is missing or out of date."""
    return _page(request, "403_csrf", 403)


def too_many(request: HttpRequest, wait_seconds: int = 60) -> HttpResponse:
    """The page for somebody who tried too often; says how long to wait."""
    minutes = max(1, -(-wait_seconds // 60))
    response = _page(request, "429", 429, {"minutes": minutes})
    response.headers["Retry-After"] = str(wait_seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: a fault of ours, or 503 when the database cannot be reached.

    The page is drawn without context processors, because what they need may be what failed.
    """
    if isinstance(sys.exc_info()[1], OperationalError):
        response = HttpResponse(render_to_string("web/errors/503.html"), status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return HttpResponse(render_to_string("web/errors/500.html"), status=500)
