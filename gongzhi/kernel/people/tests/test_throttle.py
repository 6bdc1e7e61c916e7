"""Attempts are counted together, also when they come at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from gongzhi.kernel.people.models import Attempt
from gongzhi.kernel.people.throttle import Throttled, allow, forget, purge_attempts

NOW = datetime(2026, 5, 6, 9, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def attempt(key="13800001234", limit=2, now=NOW, scope="track"):
    try:
        allow(scope, key, limit, QUARTER, now)
    except Throttled:
        return False
    return True


@pytest.mark.django_db
def test_beyond_the_limit_one_is_told_how_long_to_wait():
    assert attempt()
    assert attempt()

    with pytest.raises(Throttled, match="14 分钟") as refusal:
        allow("track", "13800001234", 2, QUARTER, NOW)

    assert refusal.value.status == 429
    assert refusal.value.wait == timedelta(minutes=14)


@pytest.mark.django_db
def test_another_key_scope_or_window_is_counted_for_itself():
    assert attempt(limit=1)

    assert attempt("other", limit=1)
    assert attempt(scope="sign_in", limit=1)
    assert attempt(now=NOW + QUARTER, limit=1)
    assert not attempt(limit=1)


@pytest.mark.django_db
def test_the_key_itself_is_not_stored():
    attempt("13800001234")

    row = Attempt.objects.get()
    assert len(bytes(row.key)) == 32
    assert b"13800001234" not in bytes(row.key)


@pytest.mark.django_db
def test_after_a_success_counting_begins_anew():
    attempt(limit=1)
    forget("track", "13800001234")

    assert attempt(limit=1)


@pytest.mark.django_db
def test_old_counts_are_purged_and_present_ones_kept():
    attempt(now=NOW - timedelta(days=2))
    attempt()

    assert purge_attempts(NOW) == 1
    assert Attempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_attempts_are_all_counted():
    start = Barrier(4)

    def try_five_times(_number):
        start.wait(timeout=10)
        try:
            return sum(attempt(limit=7) for _ in range(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as several:
        allowed = sum(several.map(try_five_times, range(4)))

    assert allowed == 7
    assert Attempt.objects.get().count == 20


@pytest.mark.django_db(transaction=True)
def test_an_attempt_inside_a_use_case_is_refused_since_its_count_could_be_rolled_back():
    with pytest.raises(RuntimeError), transaction.atomic():
        allow("track", "13800001234", 2, QUARTER, NOW)
