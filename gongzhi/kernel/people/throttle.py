"""How often something may be tried: counted in the database, so that every web process counts together."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.kernel.people.models import Attempt

KEPT = timedelta(days=1)

_COUNT = """
    INSERT INTO people_attempt (scope, key, "window", count) VALUES (%s, %s, %s, 1)
    ON CONFLICT (scope, key, "window") DO UPDATE SET count = people_attempt.count + 1
    RETURNING count
"""


class Throttled(NotPossible):
    """Tried too often (HTTP 429); says how long to wait."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        super().__init__(
            gettext_noop("试得太频繁了，请等 %(minutes)d 分钟再试。着急的话请打 12345，人工可以帮您。"),
            minutes=minutes,
        )


def allow(scope: str, key: str, limit: int, per: timedelta, now: datetime) -> None:
    """Count one attempt of *key*; raise Throttled beyond *limit* in the running window of length *per*.

    Windows are fixed: at their border up to twice the limit passes. One statement counts and answers, in a
    transaction of its own, so that an attempt stays counted whatever becomes of what was tried: call it before
    the use case, never within its transaction. Only a keyed hash of *key* is stored.
    """
    start = _window(per, now)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_COUNT, [scope, _hash(scope, key), start])
        (count,) = cursor.fetchone()
    if count > limit:
        raise Throttled(start + per - now)


def forget(scope: str, key: str) -> None:
    """Start counting anew, as after a success of the one who tried."""
    Attempt.objects.filter(scope=scope, key=_hash(scope, key)).delete()


def purge_attempts(now: datetime) -> int:
    """Delete the counts of windows long over; return how many."""
    deleted, _ = Attempt.objects.filter(window__lt=now - KEPT).delete()
    return deleted


def _window(per: timedelta, now: datetime) -> datetime:
    seconds = int(per.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)


def _hash(scope: str, key: str) -> bytes:
    return salted_hmac(f"gongzhi.throttle.{scope}", key, algorithm="sha256").digest()
