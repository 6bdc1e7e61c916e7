"""Addresses of the official's desk."""

from django.urls import path

from gongzhi.desks.official import views
from gongzhi.desks.official.auditing import Audit

app_name = "official"
urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("preview/<int:pk>/", views.Preview.as_view(), name="preview"),
    path("search/", views.Search.as_view(), name="search"),
    path("notices/", views.Notices.as_view(), name="notices"),
    path("audit/", Audit.as_view(), name="audit"),
    path("scorecard/", views.Scorecards.as_view(), name="scorecard"),
]
