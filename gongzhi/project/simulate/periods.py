"""Periods over the days of a year, and matters that are alike taken together."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from gongzhi.base.calendar import Counting, official
from gongzhi.project.simulate.drawing import DAY, NEVER, Seconds

LOCAL: Final = ZoneInfo("Asia/Shanghai")


@cache
def ends(begun: datetime, amount: int, counting: Counting) -> Seconds:
    """Return by day of the year when a period of the calendar ends that begins on it; twice, for starts in the next."""
    calendar, first = official(), begun.replace(tzinfo=LOCAL)
    ends = [calendar.add(first + timedelta(days=day), amount, counting).at for day in range(2 * 365)]
    found: Seconds = np.array(
        [int((end.astimezone(UTC) - first.astimezone(UTC)).total_seconds()) for end in ends]
    )
    return found


def only(times: Seconds, which: npt.NDArray[np.bool_]) -> Seconds:
    """Return the times of some matters, NEVER for the others."""
    return np.where(which, times, NEVER)


def day_of(seconds: Seconds) -> Seconds:
    """Return on which day of the year, or of the next, a moment falls."""
    return np.clip(seconds // DAY, 0, 2 * 365 - 1)


def groups(shapes: npt.NDArray[Any]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[Any]]]:
    """Yield the columns of *shapes* that are alike, and how they are."""
    shapes = shapes.astype(np.int64)
    code = np.zeros(shapes.shape[1], dtype=np.int64)
    for row in shapes:
        code = code * (int(row.max(initial=0)) + 1) + row
    order = np.argsort(code, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        if len(rows):
            yield rows, shapes[:, rows[0]]
