"""Who is acting, how the page is shown, and how a refusal becomes a page: set on every request."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from gongzhi.base.declined import Declined
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Account, Post
from gongzhi.web import errors
from gongzhi.web.display import ELDER_COOKIE

Respond = Callable[[HttpRequest], HttpResponse]

POST_IN_SESSION: Final = "post_id"
PERMISSIONS: Final = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()"


def post_of(account: Account, chosen: int | None, day: date) -> Post | None:
    """The post this account acts in: the one it chose, else its only one; ended and future posts do not count."""
    held = Post.objects.select_related("unit").filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), account=account, valid_from__lte=day
    )
    if chosen is not None:
        return held.filter(pk=chosen).first()
    posts = list(held.order_by("pk")[:2])
    return posts[0] if len(posts) == 1 else None


def actor_in(post: Post, account: Account) -> Actor:
    """The actor an account becomes in one of its posts."""
    return Actor(
        role=Role(post.role),
        person_id=account.person_id,
        account_id=account.pk,
        post_id=post.pk,
        unit_id=post.unit_id,
        region_code=post.region_code,
        name=account.name,
    )


def actor(respond: Respond) -> Respond:
    """Set ``request.actor``: a citizen, or an official in the post chosen at sign-in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.post = None  # type: ignore[attr-defined]
        request.actor = Actor(role=Role.CITIZEN)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            account = request.user
            post = post_of(account, request.session.get(POST_IN_SESSION), timezone.localdate())
            request.post = post  # type: ignore[attr-defined]
            request.actor = (  # type: ignore[attr-defined]
                actor_in(post, account)
                if post
                else Actor(
                    role=Role.CITIZEN,
                    person_id=account.person_id,
                    account_id=account.pk,
                    name=account.name,
                )
            )
        return respond(request)

    return middleware


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
