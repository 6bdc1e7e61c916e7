"""Root addresses: one path per domain, taken from the registry."""

from django.urls import path

urlpatterns: list[object] = []
