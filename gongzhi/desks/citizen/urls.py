"""Addresses of the citizen's pages that belong to no single domain."""

from django.urls import path

from gongzhi.desks.citizen.views import Accessibility, Home, Privacy

app_name = "citizen"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("privacy/", Privacy.as_view(), name="privacy"),
]
