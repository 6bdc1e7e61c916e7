"""What every test starts with: nothing remembered from the test before, and pages that stand behind the second lock."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as configured
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from gongzhi.kernel.cases.calendars import forget_calendar
from gongzhi.kernel.lock.policies import WEB
from gongzhi.kernel.organisations.remembered import forget_everything


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Empty the answers kept in the process, since the rows behind them are rolled back."""
    forget_everything()
    forget_calendar()
    yield


@pytest.fixture(autouse=True, scope="session")
def pages_behind_the_second_lock() -> Iterator[None]:
    """Let each page of a test be served by the role that owns nothing, though the test itself sees everything."""
    first = f"{__name__}.as_web_role"
    with override_settings(MIDDLEWARE=[first, *configured.MIDDLEWARE]):
        yield


def as_web_role(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the rights of the web server; only within the transaction of a test."""

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
