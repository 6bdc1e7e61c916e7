"""Addresses of the citizen's pages that belong to no single domain."""

from django.urls import path

from gongzhi.desks.citizen.tracking import Track, moved
from gongzhi.desks.citizen.views import Accessibility, Home, Lookers, Privacy

app_name = "citizen"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("lookers/", Lookers.as_view(), name="lookers"),
    path("track/", Track.as_view(), name="track"),
    path("hotline/track/", moved, name="track-moved"),
    path("privacy/", Privacy.as_view(), name="privacy"),
]
