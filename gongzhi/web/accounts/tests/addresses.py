"""Addresses for the tests of signing in: its pages, the administrator's, and a page for each kind of access."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

from gongzhi.kernel.people.actor import Role
from gongzhi.web import errors
from gongzhi.web.accounts.access import RoleRequired, StaffPage
from gongzhi.web.views import actor_of


class Desk(StaffPage):
    """Says who is acting."""

    def get(self, request, *args, **kwargs):
        actor = actor_of(request)
        return HttpResponse(f"{actor.role} {actor.post_id}")

    post = get


class HeadsOnly(RoleRequired, Desk):
    """Says who is acting, to heads."""

    roles = frozenset({Role.HEAD})


urlpatterns = [
    path("", include("gongzhi.desks.citizen.urls")),
    path("", include("gongzhi.web.urls")),
    path("accounts/", include("gongzhi.web.accounts.urls")),
    path("admin/", admin.site.urls),
    path("desk/", include(([path("", Desk.as_view(), name="inbox")], "official"))),
    path("heads/", HeadsOnly.as_view()),
]
handler403 = errors.forbidden
