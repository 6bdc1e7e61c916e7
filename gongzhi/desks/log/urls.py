"""Addresses of the public log: the page, the checkpoints with their key, and proofs for programs."""

from django.urls import path

from gongzhi.desks.log import views

app_name = "log"
urlpatterns = [
    path("", views.Log.as_view(), name="log"),
    path("checkpoints.json", views.checkpoints, name="checkpoints"),
    path("key", views.key, name="key"),
    path("proof", views.proof, name="proof"),
    path("consistency", views.consistency, name="consistency"),
    path("receipt", views.receipt, name="receipt"),
    path("check/", views.Check.as_view(), name="check"),
]
