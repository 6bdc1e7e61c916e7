"""What may be asked, which days are compared, and which cells of an answer stay hidden."""

from datetime import date, timedelta

import ibis
import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.insight.analysis.answers import answer
from gongzhi.insight.analysis.questions import question_of, whole
from gongzhi.insight.analysis.tables import COLUMNS
from gongzhi.insight.statistics.figures import Period
from gongzhi.insight.statistics.models import COUNTS

MONDAY = date(2026, 3, 2)
KNOWN = Period(MONDAY, MONDAY + timedelta(days=55))


def rows(*cells, **more):
    """A table of so many matters opened: (day, county, how many)."""
    nothing = {"urban": "urban", "domain": "hotline", "category": "urban"} | dict.fromkeys(COUNTS, 0) | more
    listed = [{**nothing, "day": day, "county": county, "opened": opened} for day, county, opened in cells]
    return ibis.memtable(listed).select(*COLUMNS)


def weeks(first, last):
    return Period(MONDAY + timedelta(weeks=first), MONDAY + timedelta(weeks=last + 1, days=-1))


@pytest.mark.parametrize(
    ("time", "first", "last", "expected"),
    [
        ("week", (2026, 3, 3), (2026, 3, 22), ((2026, 3, 9), (2026, 3, 22))),
        ("week", (2026, 3, 2), (2026, 3, 8), ((2026, 3, 2), (2026, 3, 8))),
        ("month", (2026, 1, 30), (2026, 3, 30), ((2026, 2, 1), (2026, 2, 28))),
        ("month", (2025, 12, 1), (2025, 12, 31), ((2025, 12, 1), (2025, 12, 31))),
        ("day", (2026, 3, 3), (2026, 3, 3), ((2026, 3, 3), (2026, 3, 3))),
        ("", (2026, 3, 3), (2026, 3, 4), ((2026, 3, 3), (2026, 3, 4))),
    ],
)
def test_only_whole_weeks_and_months_are_compared(time, first, last, expected):
    assert whole(Period(date(*first), date(*last)), time) == Period(*(date(*day) for day in expected))


@pytest.mark.parametrize(("time", "days"), [("week", 9), ("month", 57)])
def test_a_period_without_a_whole_one_is_refused(time, days):
    with pytest.raises(NotPossible):
        whole(Period(date(2026, 1, 2), date(2026, 1, 2) + timedelta(days=days - 1)), time)


@pytest.mark.parametrize(
    ("measure", "by", "area"),
    [
        ("nothing", ("county",), "41"),
        ("received", ("phone",), "41"),
        ("received", ("county", "county"), "41"),
        ("received", ("week", "month"), "41"),
        ("received", ("county",), "4"),
        ("received", ("county",), "41' OR 1"),
    ],
)
def test_what_is_not_known_cannot_be_asked(measure, by, area):
    with pytest.raises(NotPossible):
        question_of(measure, by, KNOWN, area, KNOWN)


def test_days_that_are_not_there_cannot_be_asked():
    with pytest.raises(NotPossible):
        question_of("received", (), Period(MONDAY - timedelta(days=1), MONDAY), "41", KNOWN)


def test_a_change_is_that_against_the_week_before_and_none_where_nothing_is_known_of_it():
    asked = rows(
        (MONDAY, "410523", 10),
        (MONDAY + timedelta(days=8), "410523", 16),
        (MONDAY + timedelta(days=25), "410523", 9),
    )
    cells = answer(asked, question_of("received", ("county", "week"), weeks(0, 3), "41", KNOWN))
    assert [(cell.begins, cell.figure, cell.change) for cell in cells] == [
        (MONDAY, 10, None),
        (MONDAY + timedelta(weeks=1), 16, 6),
        (MONDAY + timedelta(weeks=3), 9, None),
    ]


def test_days_before_the_known_ones_are_never_a_whole_period():
    asked = rows((MONDAY - timedelta(days=1), "410523", 10), (MONDAY, "410523", 16))
    (cell,) = answer(asked, question_of("received", ("week",), weeks(0, 0), "41", KNOWN))
    assert (cell.figure, cell.change) == (16, None)


def test_without_a_unit_of_time_the_same_number_of_days_before_is_compared():
    asked = rows((MONDAY, "410523", 10), (MONDAY + timedelta(days=30), "410523", 25), (MONDAY, "410105", 7))
    period = Period(MONDAY + timedelta(days=28), KNOWN.last)
    (cell,) = answer(asked, question_of("received", ("county",), period, "4105", KNOWN))
    assert (cell.key, cell.begins, cell.figure, cell.change) == (("410523",), period.first, 25, 15)


def test_months_follow_each_other_whatever_their_length():
    asked = rows(
        (date(2026, 1, 31), "410523", 10), (date(2026, 2, 1), "410523", 16), (date(2026, 3, 31), "410523", 9)
    )
    known = Period(date(2026, 1, 1), date(2026, 3, 31))
    cells = answer(asked, question_of("received", ("month",), known, "41", known))
    assert [(cell.begins.month, cell.figure, cell.change) for cell in cells] == [
        (1, 10, None),
        (2, 16, 6),
        (3, 9, -7),
    ]


def test_few_are_not_shown_nor_what_would_give_them_away_nor_a_change_from_them():
    second, third = MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=2)
    asked = rows(
        *((MONDAY, "410522", 3), (MONDAY, "410523", 20), (MONDAY, "410526", 30)),
        *((second, "410522", 10), (second, "410523", 21), (second, "410526", 31)),
        *((third, "410522", 11), (third, "410523", 22), (third, "410526", 32)),
    )
    cells = answer(asked, question_of("received", ("county", "week"), weeks(0, 2), "41", KNOWN))
    shown = {(cell.key[0], cell.begins): cell.figure for cell in cells}
    changes = {(cell.key[0], cell.begins): cell.change for cell in cells}

    assert shown["410522", MONDAY] is None
    assert shown["410523", MONDAY] is None, "else the sum of the week gives it away"
    assert shown["410522", second] is None, "else the sum of the county gives it away"
    assert shown["410523", second] is None, "else the second week, and then the rest"
    assert (changes["410522", second], changes["410522", third]) == (None, None)
    assert (shown["410526", third], changes["410526", third]) == (32, 1)
    assert [cell for cell in cells if not cell.shown and (cell.number, cell.figure) != (None, None)] == []


def test_of_opinions_the_few_among_many_are_hidden_too():
    asked = rows((MONDAY, "410523", 0), grade_5=40, grade_1=2)
    (cell,) = answer(asked, question_of("satisfied", ("county",), KNOWN, "41", KNOWN))
    assert not cell.shown
