"""Addresses of the public log; its pages are on their way."""

urlpatterns: list[object] = []
