"""Lets the pages of a test be served with the rights of the web server, though the test itself sees everything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest, HttpResponse

from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.lock.scope import LET_GO

MIDDLEWARE: Final = f"{__name__}.as_web_role"


def as_web_role(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer as the role that owns nothing; only within the transaction of a test."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not connection.in_atomic_block:
            return respond(request)
        _run(f"SET LOCAL ROLE {WEB}")
        try:
            with _cases_let_go():
                return respond(request)
        finally:
            _run("RESET ROLE")

    return middleware


@contextmanager
def _cases_let_go() -> Iterator[None]:
    """Let go of the cases in hand where the server's own transaction would end, which is a savepoint of the test's."""
    outermost = len(connection.savepoint_ids)
    commit = connection.savepoint_commit

    def committed(savepoint: str) -> None:
        commit(savepoint)
        if len(connection.savepoint_ids) == outermost:
            _run(LET_GO)

    with patch.object(connection, "savepoint_commit", committed):
        yield


def _run(statement: str) -> None:
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(statement)
