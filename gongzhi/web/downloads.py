"""Handing out what people have uploaded, with headers that keep it from acting as a page of ours."""

from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static


def handed_out(content: BinaryIO, *, name: str, media_type: str, in_page: bool = False) -> FileResponse:
    """Return a file to be saved; a picture may be shown *in_page*. Nothing in it runs, nothing keeps a copy."""
    shown = in_page and media_type.startswith("image/")
    response = FileResponse(content, as_attachment=not shown, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def mark(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for /favicon.ico to the seal mark."""
    return HttpResponsePermanentRedirect(static("web/img/mark.svg"))
