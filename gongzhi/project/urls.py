"""Root addresses: the citizen's pages, sign-in, one path per listed domain, the desks, the interface for machines."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from gongzhi.web import errors


def _mounted(route: str, module: str) -> list[URLPattern | URLResolver]:
    """Mount the addresses of a package, or nothing while it has none."""
    return [path(route, include(module))] if find_spec(module) else []


def _api() -> list[URLPattern | URLResolver]:
    """Mount the JSON interface, which the package gathers from the domains' schemas."""
    name = "gongzhi.project.api"
    return [path("api/v1/", import_module(name).api.urls)] if find_spec(name) else []


urlpatterns: list[URLPattern | URLResolver] = [
    *_mounted("", "gongzhi.desks.citizen.urls"),
    *_mounted("", "gongzhi.web.urls"),
    *_mounted("accounts/", "gongzhi.web.accounts.urls"),
    *[route for key in settings.DOMAINS for route in _mounted(f"{key}/", f"gongzhi.domains.{key}.urls")],
    *_mounted("desk/", "gongzhi.desks.official.urls"),
    *_mounted("cockpit/", "gongzhi.desks.cockpit.urls"),
    *_mounted("log/", "gongzhi.desks.log.urls"),
    *_mounted("sms/", "gongzhi.channels.sms.urls"),
    *_mounted("wechat/", "gongzhi.channels.wechat.urls"),
    *_api(),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
