"""Periods end on the day the law says, in a table a lawyer can read and in properties."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.calendar import DAY, ZONE, Calendar, Counting, official
from gongzhi.base.workinghours import WorkingHours
from gongzhi.base.yearnotices import YearNotice, announced_years, guessed, read_notice

TABLE = yaml.safe_load(Path(__file__).with_name("deadlines.yaml").read_text(encoding="utf-8"))

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=ZONE)
)
amounts = st.integers(1, 400)
day_units = st.sampled_from([Counting.CALENDAR_DAYS, Counting.WORKING_DAYS, Counting.MONTHS])
clock_units = st.sampled_from([Counting.HOURS, Counting.WORKING_HOURS, Counting.MINUTES])


def moment(written: Any) -> Any:
    return written.replace(tzinfo=ZONE) if isinstance(written, datetime) else written


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['received']}+{row['amount']}-{row['unit']}")
def test_a_period_ends_when_the_table_says(row: dict[str, Any]) -> None:
    due = official().add(moment(row["received"]), row["amount"], Counting(row["unit"]))

    if isinstance(row["due"], datetime):
        assert due.at == moment(row["due"])
    else:
        assert (due.raw_on, due.on) == (row.get("counted", row["due"]), row["due"])
        assert due.at == datetime.combine(row["due"], time.max, ZONE)
    assert not due.provisional


def test_the_table_is_not_empty() -> None:
    assert len(TABLE) >= 25


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_announced_year_has_248_working_days(year: int) -> None:
    assert official().working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == 248
    assert official().is_announced(year)


def test_the_time_of_day_of_receipt_does_not_matter_to_periods_in_days() -> None:
    early = datetime(2026, 2, 10, 0, 0, tzinfo=ZONE)
    late = datetime(2026, 2, 10, 23, 59, 59, tzinfo=ZONE)

    assert official().add(early, 5, Counting.WORKING_DAYS) == official().add(late, 5, Counting.WORKING_DAYS)


def test_the_day_of_receipt_is_that_of_china_not_of_greenwich() -> None:
    evening_in_greenwich = datetime.fromisoformat(
        "2026-03-02T20:00:00+00:00"
    )  # 3 March, 4 in the morning here

    assert official().add(evening_in_greenwich, 1, Counting.WORKING_DAYS).on == date(2026, 3, 4)


def test_a_year_without_notice_is_guessed_and_makes_the_day_provisional() -> None:
    calendar = Calendar({2026: announced_years()[2026]})

    due = calendar.add(date(2026, 12, 28), 5, Counting.WORKING_DAYS)

    assert due.provisional
    assert due.on == date(2027, 1, 5)  # 1 January is a holiday by statute, the notice may add days
    assert not calendar.add(date(2026, 12, 21), 5, Counting.WORKING_DAYS).provisional


def test_a_notice_that_comes_later_moves_the_day_and_makes_it_final() -> None:
    before = Calendar({2026: announced_years()[2026]})
    notice = YearNotice(
        year=2027,
        days_off=frozenset(date(2027, 1, day) for day in (1, 2, 3, 4)),
        worked_weekends=frozenset(),
        reference="示例",
    )

    due = before.with_years({2027: notice}).add(date(2026, 12, 28), 5, Counting.WORKING_DAYS)

    assert not due.provisional
    assert due.on == date(2027, 1, 6)
    assert before.notice(2027) == guessed(2027)


def test_hours_need_no_holiday_notice() -> None:
    due = official().add(datetime(2027, 10, 1, 9, 0, tzinfo=ZONE), 24, Counting.HOURS)

    assert not due.provisional


def test_one_working_day_before_a_monday_is_friday() -> None:
    due = official().add(date(2026, 3, 6), 1, Counting.WORKING_DAYS)

    warned = official().subtract(due.at, 1, Counting.WORKING_DAYS)

    assert due.on == date(2026, 3, 9)
    assert warned == datetime.combine(date(2026, 3, 6), time.max, ZONE)


def test_one_working_day_before_a_rest_day_is_the_last_worked_day() -> None:
    sunday = datetime(2026, 3, 8, 9, 0, tzinfo=ZONE)

    assert official().subtract(sunday, 1, Counting.WORKING_DAYS).date() == date(2026, 3, 6)


def test_warnings_by_clock_and_calendar_go_straight_back() -> None:
    end = datetime(2026, 3, 9, 9, 30, tzinfo=ZONE)

    assert official().subtract(end, 2, Counting.HOURS) == datetime(2026, 3, 9, 7, 30, tzinfo=ZONE)
    assert official().subtract(end, 3, Counting.CALENDAR_DAYS) == datetime(2026, 3, 6, 9, 30, tzinfo=ZONE)
    assert official().subtract(end, 2, Counting.WORKING_HOURS) == datetime(2026, 3, 6, 17, 0, tzinfo=ZONE)
    assert official().subtract(end, 1, Counting.MONTHS) == datetime(2026, 2, 9, 9, 30, tzinfo=ZONE)


def test_a_city_may_keep_other_working_hours() -> None:
    summer = Calendar(announced_years(), WorkingHours(((time(8), time(12)), (time(15), time(19)))))

    due = summer.add(datetime(2026, 7, 1, 11, 0, tzinfo=ZONE), 2, Counting.WORKING_HOURS)

    assert due.at == datetime(2026, 7, 1, 16, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "amount", "counting"),
    [
        (datetime(2026, 1, 1), 5, Counting.WORKING_DAYS),
        (date(2026, 1, 1), 24, Counting.HOURS),
        (date(2026, 1, 1), 0, Counting.WORKING_DAYS),
        (date(2026, 1, 1), -1, Counting.CALENDAR_DAYS),
        (date(2026, 1, 1), date(2026, 2, 1), Counting.WORKING_DAYS),
    ],
    ids=["naive", "hours-from-a-day", "zero", "negative", "day-as-amount"],
)
def test_what_cannot_be_counted_is_refused(start: Any, amount: Any, counting: Counting) -> None:
    with pytest.raises(ValueError):
        official().add(start, amount, counting)


def test_until_needs_a_day() -> None:
    with pytest.raises(TypeError):
        official().add(date(2026, 1, 1), 5, Counting.UNTIL)


@pytest.mark.parametrize(
    "change",
    [
        {"worked_weekends": [date(2026, 2, 10)]},
        {"worked_weekends": [date(2026, 1, 3)]},
        {"worked_weekends": [date(2025, 1, 4)]},
        {"holidays": [{"name": "元旦", "first": date(2026, 1, 3), "last": date(2026, 1, 1)}]},
    ],
    ids=["a-weekday-worked", "off-and-worked", "another-year", "ends-before-it-begins"],
)
def test_a_contradictory_notice_is_refused(change: dict[str, Any]) -> None:
    entry = {
        "year": 2026,
        "notice": "示例",
        "holidays": [{"name": "元旦", "first": date(2026, 1, 1), "last": date(2026, 1, 3)}],
        "worked_weekends": [date(2026, 1, 4)],
    }

    read_notice(entry)
    with pytest.raises(ValueError):
        read_notice(entry | change)


@given(days, amounts, day_units)
def test_a_period_in_days_ends_on_a_worked_day_not_before_the_counted_one(
    start: date, amount: int, counting: Counting
) -> None:
    due = official().add(start, amount, counting)

    assert official().is_working(due.on)
    assert start < due.raw_on <= due.on
    assert official().working_days_between(due.raw_on, due.on) in {0, 1}


@given(days, days, amounts, day_units)
def test_who_comes_later_is_never_due_earlier(
    first: date, second: date, amount: int, counting: Counting
) -> None:
    earlier, later = sorted([first, second])

    assert official().add(earlier, amount, counting).at <= official().add(later, amount, counting).at


@given(moments, amounts, st.one_of(day_units, clock_units))
def test_more_time_never_ends_earlier(start: datetime, amount: int, counting: Counting) -> None:
    assert official().add(start, amount, counting).at <= official().add(start, amount + 1, counting).at


@given(days, amounts)
def test_as_many_working_days_lie_between_as_were_added(start: date, amount: int) -> None:
    due = official().add(start, amount, Counting.WORKING_DAYS)

    assert official().working_days_between(start, due.on) == amount
    assert official().working_days_between(due.on, start) == -amount
    one_by_one = sum(
        official().is_working(start + DAY * step) for step in range(1, (due.on - start).days + 1)
    )
    assert one_by_one == amount


@given(moments, st.integers(1, 60))
def test_subtracting_working_hours_undoes_adding_them(start: datetime, amount: int) -> None:
    end = official().add(start, amount, Counting.WORKING_HOURS).at

    again = official().add(
        official().subtract(end, amount, Counting.WORKING_HOURS), amount, Counting.WORKING_HOURS
    )

    assert again.at == end


@given(moments, amounts)
def test_subtracting_working_days_undoes_adding_them(start: datetime, amount: int) -> None:
    due = official().add(start, amount, Counting.WORKING_DAYS)

    back = official().subtract(due.at, amount, Counting.WORKING_DAYS)

    assert official().working_days_between(back.date(), due.on) == amount


def test_counting_is_fast_enough_for_every_opened_case() -> None:
    calendar, start = official(), datetime(2026, 2, 10, 9, 0, tzinfo=ZONE)
    calendar.add(start, 5, Counting.WORKING_DAYS)

    begun = datetime.now(tz=ZONE)
    for _ in range(2000):
        calendar.add(start, 5, Counting.WORKING_DAYS)

    assert (datetime.now(tz=ZONE) - begun) / 2000 < timedelta(
        microseconds=200
    )  # 3 expected; room for a busy machine
