"""Addresses of an installation whose domains have no pages yet."""

from django.urls import include, path

urlpatterns = [path("", include("gongzhi.desks.citizen.urls")), path("", include("gongzhi.web.urls"))]
