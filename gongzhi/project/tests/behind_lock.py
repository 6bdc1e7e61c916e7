"""Lets the pages of a test be served with the rights of the web server, though the test itself sees everything."""

from collections.abc import Callable
from typing import Final

from django.db import connection
from django.http import HttpRequest, HttpResponse

from gongzhi.kernel.lock.policies import WEB

MIDDLEWARE: Final = f"{__name__}.as_web_role"


def as_web_role(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer as the role that owns nothing; only within the transaction of a test."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not connection.in_atomic_block:
            return respond(request)
        _run(f"SET LOCAL ROLE {WEB}")
        try:
            return respond(request)
        finally:
            _run("RESET ROLE")

    return middleware


def _run(statement: str) -> None:
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(statement)
