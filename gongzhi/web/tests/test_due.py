"""Remaining time: the words, the tone, the bar."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import translation

from gongzhi.web.due import WIDTH, due_of

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@dataclass
class Deadline:
    """As the kernel keeps it."""

    due_at: datetime | None
    started_at: datetime | None = None
    warn_at: datetime | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None


def test_time_left_is_said_in_two_units() -> None:
    due = due_of(Deadline(NOW + timedelta(days=2, hours=3)), NOW)

    assert due is not None
    assert due.words == "2 天 3 小时"
    assert due.tone == ""


def test_the_last_day_warns_and_an_earlier_warning_counts() -> None:
    last_day = due_of(Deadline(NOW + timedelta(hours=6, minutes=48)), NOW)
    early = due_of(Deadline(NOW + timedelta(days=3), warn_at=NOW - timedelta(hours=1)), NOW)

    assert last_day is not None and last_day.tone == "warn"
    assert early is not None and early.tone == "warn"


def test_an_overdue_matter_says_by_how_much() -> None:
    due = due_of(Deadline(NOW - timedelta(hours=6)), NOW)

    assert due is not None
    assert (due.words, due.tone, due.filled) == ("超期 6 小时", "bad", WIDTH)


def test_the_bar_shows_the_part_of_the_time_that_is_used() -> None:
    due = due_of(Deadline(NOW + timedelta(days=3), started_at=NOW - timedelta(days=1)), NOW)

    assert due is not None
    assert due.filled == WIDTH // 4


def test_a_paused_and_a_stopped_clock_say_so() -> None:
    paused = due_of(Deadline(NOW - timedelta(days=1), paused_at=NOW - timedelta(days=2)), NOW)
    in_time = due_of(Deadline(NOW, stopped_at=NOW - timedelta(days=1)), NOW)
    late = due_of(Deadline(NOW - timedelta(days=2), stopped_at=NOW - timedelta(days=1)), NOW)

    assert paused is not None and (paused.words, paused.tone) == ("计时暂停", "")
    assert in_time is not None and in_time.tone == "ok"
    assert late is not None and late.tone == "bad"


def test_no_deadline_shows_nothing_and_a_bare_moment_will_do() -> None:
    assert due_of(None, NOW) is None
    assert due_of(Deadline(None), NOW) is None
    assert due_of(NOW + timedelta(days=1, hours=1), NOW) is not None


def test_time_left_is_said_in_english_too() -> None:
    with translation.override("en"):
        due = due_of(NOW + timedelta(days=2), NOW)

    assert due is not None and due.words == "2 d"
