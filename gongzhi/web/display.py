"""The plain link that switches the elder version and the language, and leads back to where one was."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

ELDER_COOKIE: Final = "gongzhi_elder"
YEAR_IN_SECONDS: Final = 365 * 24 * 60 * 60


def safe_next(request: HttpRequest) -> str:
    """The address to go back to: ``next`` when it lies on this site, else the front page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


@require_http_methods(["GET", "POST"])
def choose_display(request: HttpRequest) -> HttpResponse:
    """Remember ``elder`` (1 or 0) and ``language`` in cookies for a year; anything else is ignored."""
    chosen = request.POST if request.method == "POST" else request.GET
    response = HttpResponseRedirect(safe_next(request))
    if chosen.get("elder") in {"0", "1"}:
        _remember(response, ELDER_COOKIE, chosen["elder"])
    if chosen.get("language") in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen["language"])
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read and other sites do not send."""
    response.set_cookie(
        name,
        value,
        max_age=YEAR_IN_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
