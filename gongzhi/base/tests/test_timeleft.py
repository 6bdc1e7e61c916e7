"""Time left is said in the two largest units and never promises more than there is."""

from datetime import date, datetime, timedelta

import pytest

from gongzhi.base.calendar import ZONE, Counting, official
from gongzhi.base.timeleft import in_words


@pytest.mark.parametrize(
    ("left", "chinese", "english"),
    [
        (timedelta(hours=6, minutes=48), "6 小时 48 分", "6 h 48 min"),
        (timedelta(days=2, hours=3, minutes=59), "2 天 3 小时", "2 d 3 h"),
        (timedelta(days=2, minutes=4), "2 天", "2 d"),
        (timedelta(minutes=9, seconds=59), "9 分钟", "9 min"),
        (timedelta(seconds=20), "不到 1 分钟", "under 1 min"),
        (timedelta(hours=-6), "超期 6 小时", "6 h overdue"),
        (timedelta(days=-1, seconds=-30), "超期 1 天", "1 d overdue"),
    ],
)
def test_time_left_is_said_in_words(left: timedelta, chinese: str, english: str) -> None:
    assert in_words(left) == chinese
    assert in_words(left, "en") == english


def test_the_whole_last_day_counts() -> None:
    due = official().add(date(2026, 3, 2), 2, Counting.WORKING_DAYS)

    assert in_words(due.at - datetime(2026, 3, 4, 0, 0, tzinfo=ZONE)) == "1 天"
    assert in_words(due.at - datetime(2026, 3, 5, 1, 0, tzinfo=ZONE)).startswith("超期 ")
