"""Addresses with stand-ins for the pages of the hotline."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _stand_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


hotline = ([path(f"{name}/", _stand_in, name=name) for name in ("new", "track", "public")], "hotline")
urlpatterns = [
    path("", include("gongzhi.desks.citizen.urls")),
    path("", include("gongzhi.web.urls")),
    path("hotline/", include(hotline)),
]
