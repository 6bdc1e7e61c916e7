"""Addresses of the citizen's pages that belong to no single domain."""

from django.urls import path

from gongzhi.desks.citizen.tracking import PrintedEarlier, Track
from gongzhi.desks.citizen.views import Accessibility, Home, Lookers, Privacy

app_name = "citizen"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accessibility/", Accessibility.as_view(), name="accessibility"),
    path("lookers/", Lookers.as_view(), name="lookers"),
    path("track/", Track.as_view(), name="track"),
    path("hotline/track/", PrintedEarlier.as_view(), name="printed-earlier"),
    path("privacy/", Privacy.as_view(), name="privacy"),
]
