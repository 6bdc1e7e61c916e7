"""Addresses of the cockpit."""

from django.urls import path

from gongzhi.desks.cockpit import listed, views

app_name = "cockpit"
urlpatterns = [
    path("", views.Cockpit.as_view(), name="cockpit"),
    path("brief/", views.Brief.as_view(), name="brief"),
    path("brief.pdf", views.BriefFile.as_view(), name="brief-file"),
    path("table/", views.Tables.as_view(), name="table"),
    path("table.xlsx", views.Workbook.as_view(), name="workbook"),
    path("list/", listed.Behind.as_view(), name="list"),
    path("hot/<int:pk>/", listed.BehindHot.as_view(), name="hot"),
]
