"""Addresses of the shell itself: display choices, and the gallery of components while developing or demonstrating."""

from django.urls import path

from gongzhi.web.display import choose_display
from gongzhi.web.downloads import mark
from gongzhi.web.gallery import Gallery, PrintGallery, StaffGallery

app_name = "web"
urlpatterns = [
    path("settings/display/", choose_display, name="display"),
    path("favicon.ico", mark),
    path("design/", Gallery.as_view(), name="gallery"),
    path("design/staff/", StaffGallery.as_view(), name="staff-gallery"),
    path("design/print/", PrintGallery.as_view(), name="print-gallery"),
]
