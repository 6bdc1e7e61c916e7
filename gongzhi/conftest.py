"""What every test starts with: nothing remembered from the test before."""

from collections.abc import Iterator

import pytest

from gongzhi.kernel.cases.calendars import forget_calendar
from gongzhi.kernel.organisations.remembered import forget_everything


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Empty the answers kept in the process, since the rows behind them are rolled back."""
    forget_everything()
    forget_calendar()
    yield
