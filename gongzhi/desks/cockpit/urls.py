"""Addresses of the cockpit."""

from django.urls import path

from gongzhi.desks.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.Cockpit.as_view(), name="cockpit"),
    path("brief/", views.Brief.as_view(), name="brief"),
]
