"""A legal value is the one in force on the day, with its article."""

from datetime import date

import pytest

from gongzhi.base.dated import Dated, Since
from gongzhi.base.declined import NotPossible

HISTORY = Dated(
    (
        Since(date(2015, 1, 1), 20, "示例办法（2015）第3条"),
        Since(date(2026, 1, 1), 15, "示例办法（2026）第5条", "P"),
    )
)


def test_the_day_decides_which_value_holds() -> None:
    assert HISTORY.at(date(2025, 12, 31)).value == 20
    assert HISTORY.at(date(2026, 1, 1)).value == 15
    assert HISTORY.at(date(2026, 1, 1)).basis == "示例办法（2026）第5条"


def test_before_the_first_rule_there_is_none_and_the_person_is_told() -> None:
    with pytest.raises(NotPossible, match="2014-12-31尚无可以适用的规定.*2015-01-01.*请核对日期"):
        HISTORY.at(date(2014, 12, 31))


@pytest.mark.parametrize(
    "history",
    [
        (),
        (Since(date(2026, 1, 1), 1, "甲"), Since(date(2025, 1, 1), 2, "乙")),
        (Since(date(2026, 1, 1), 1, "甲"), Since(date(2026, 1, 1), 2, "乙")),
        (Since(date(2026, 1, 1), 1, " "),),
    ],
    ids=["empty", "backwards", "twice-a-day", "without-basis"],
)
def test_a_history_that_cannot_be_read_is_refused(history: tuple[Since[int], ...]) -> None:
    with pytest.raises(ValueError):
        Dated(history)
