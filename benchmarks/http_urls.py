"""The platform's addresses and one bare page, which shows what middleware and server cost by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongzhi.project.urls import handler400, handler403, handler404, handler500
from gongzhi.project.urls import urlpatterns as platform

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """Answer with nothing."""
    return HttpResponse(b"")


urlpatterns = [path("bare/", bare), *platform]
