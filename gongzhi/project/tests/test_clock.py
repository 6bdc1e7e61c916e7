"""The clock of journeys goes back and on from there, never ahead, and never where people are served."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from gongzhi.project.clock import follow_clock, now_by_file


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def apart(one, other):
    return abs((one - other).total_seconds())


def test_without_a_file_it_is_what_time_it_is(home):
    assert apart(now_by_file(), datetime.now(tz=UTC)) < 1


def test_time_goes_on_from_the_moment_in_the_file(home):
    moment, file = datetime(2026, 3, 2, 2, tzinfo=UTC), home / "clock"
    file.write_text("2026-03-02T10:00:00+08:00")
    assert apart(now_by_file(), moment) < 1
    os.utime(file, (time.time() - 90, time.time() - 90))
    assert apart(now_by_file(), moment + timedelta(seconds=90)) < 1


def test_it_is_never_ahead(home):
    (home / "clock").write_text((datetime.now(tz=UTC) + timedelta(days=3)).isoformat())
    assert apart(now_by_file(), datetime.now(tz=UTC)) < 1


def test_only_a_demonstration_that_was_told_so_follows_it(settings, monkeypatch):
    before = timezone.now
    monkeypatch.setattr(timezone, "now", before)
    settings.GONGZHI_CLOCK, settings.GONGZHI_DEMO = False, True
    follow_clock()
    assert timezone.now is before
    settings.GONGZHI_CLOCK, settings.GONGZHI_DEMO = True, False
    with pytest.raises(ImproperlyConfigured, match="GONGZHI_CLOCK"):
        follow_clock()
    assert timezone.now is before
    settings.GONGZHI_DEMO = True
    follow_clock()
    assert timezone.now is now_by_file
