"""Who is acting, how the page is shown, and how a refusal becomes a page: set on every request."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from gongzhi.base.declined import Declined
from gongzhi.kernel.access.scope import act_as
from gongzhi.kernel.lock.base import one_moment
from gongzhi.kernel.lock.scope import VISITOR, acting
from gongzhi.kernel.people.accounts import actor_for, citizen, post_in_session
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Post
from gongzhi.web import errors
from gongzhi.web.accounts.bycode import IN_SESSION
from gongzhi.web.accounts.session import POST_IN_SESSION, account_in
from gongzhi.web.display import ELDER_COOKIE

Respond = Callable[[HttpRequest], HttpResponse]

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PERMISSIONS: Final = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"


class Compressing(GZipMiddleware):
    """Send pages compressed, padded by Django so that lengths give nothing away (BREACH); photos and papers go as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress text alone: what is kept in files is compressed in itself, and a large one is not held up."""
        kind = response.get("Content-Type", "")
        if response.streaming or not kind.startswith(("text/", "image/svg")):
            return response
        return super().process_response(request, response)


def actor(respond: Respond) -> Respond:
    """Set ``request.actor``: a citizen, or an official in the post chosen at sign-in; the database is told as well."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting(replace(VISITOR, account=account_in(request))):
            if request.method in READING:
                with one_moment():
                    return _kept_nowhere(request, respond(_told(request)))
            with one_moment():
                _told(request)
            return _kept_nowhere(request, respond(request))

    return middleware


def _kept_nowhere(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let no browser keep a page of whoever is signed in or follows a matter: the next at a shared one would only go back."""
    known = request.user.is_authenticated or IN_SESSION in request.session
    if known and response.headers.get("Cache-Control") in (None, "no-cache"):
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _told(request: HttpRequest) -> HttpRequest:
    request.post, request.actor = _in_post(request)  # type: ignore[attr-defined]
    if request.user.is_authenticated:
        act_as(request.actor, keeps_system=request.user.is_administrator)  # type: ignore[attr-defined]
    return request


def _in_post(request: HttpRequest) -> tuple[Post | None, Actor]:
    """Return the post in force that was chosen at sign-in, and who acts."""
    if not request.user.is_authenticated:
        return None, citizen()
    post = post_in_session(request.user, request.session.get(POST_IN_SESSION), timezone.localdate())
    return post, actor_for(post) if post else citizen(request.user)


def display(respond: Respond) -> Respond:
    """Show pages in the chosen language and size; Chinese unless a person chose otherwise."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.elder = request.COOKIES.get(ELDER_COOKIE) == "1"  # type: ignore[attr-defined]
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = respond(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


class Declining:
    """Turn a refusal that a view did not answer itself into a page with the refusal's own words."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception to Django."""
        return errors.declined(request, refusal) if isinstance(refusal, Declined) else None
