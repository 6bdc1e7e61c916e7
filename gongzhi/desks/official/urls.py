"""Addresses of the official's desk."""

from django.urls import path

from gongzhi.desks.official import delays, exports, handovers, holds, searching, views, wordings
from gongzhi.desks.official.auditing import Audit

app_name = "official"
urlpatterns = [
    path("", views.Inbox.as_view(), name="inbox"),
    path("preview/<int:pk>/", views.Preview.as_view(), name="preview"),
    path("search/", searching.Search.as_view(), name="search"),
    path("notices/", views.Notices.as_view(), name="notices"),
    path("audit/", Audit.as_view(), name="audit"),
    path("wordings/", wordings.Wordings.as_view(), name="wordings"),
    path("wordings/new/", wordings.NewWording.as_view(), name="new-wording"),
    path("wordings/<int:pk>/", wordings.DecideWording.as_view(), name="wording"),
    path("delays/", delays.Delays.as_view(), name="delays"),
    path("delays/new/", delays.NewDelay.as_view(), name="new-delay"),
    path("delays/<int:pk>/", delays.DecideDelay.as_view(), name="delay"),
    path("exports/", exports.Exports.as_view(), name="exports"),
    path("exports/new/", exports.NewExport.as_view(), name="new-export"),
    path("exports/<int:pk>/", exports.DecideExport.as_view(), name="export"),
    path("exports/<int:pk>/file/", exports.File.as_view(), name="export-file"),
    path("handovers/", handovers.HandOvers.as_view(), name="handovers"),
    path("handovers/new/", handovers.NewHandOver.as_view(), name="new-handover"),
    path("handovers/<int:pk>/", handovers.DecideHandOver.as_view(), name="handover"),
    path("holds/", holds.Holds.as_view(), name="holds"),
    path("holds/new/", holds.NewHold.as_view(), name="new-hold"),
    path("holds/<int:pk>/lift/", holds.LiftHold.as_view(), name="lift-hold"),
    path("scorecard/", views.Scorecards.as_view(), name="scorecard"),
]
