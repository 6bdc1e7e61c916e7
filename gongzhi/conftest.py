"""What every test starts with: nothing remembered from the test before, and pages that stand behind the second lock."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.test import override_settings

from gongzhi.kernel.cases.calendars import forget_calendar
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.project.tests.behind_lock import MIDDLEWARE


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Empty the answers kept in the process, since the rows behind them are rolled back."""
    forget_everything()
    forget_calendar()
    yield


@pytest.fixture(autouse=True, scope="session")
def pages_behind_the_second_lock() -> Iterator[None]:
    """Let each page of a test be served by the role that owns nothing, though the test itself sees everything."""
    with override_settings(MIDDLEWARE=[MIDDLEWARE, *configured.MIDDLEWARE]):
        yield
