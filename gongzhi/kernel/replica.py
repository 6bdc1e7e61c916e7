"""Reads that may be a little late go to a streaming replica while it keeps up; all others ask the primary.

The replica stands behind the second lock like the primary: who acts is announced on its connection as well.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.db.models import Model

from gongzhi.kernel.cases.models import CalendarYear
from gongzhi.kernel.delivery.models import Heartbeat
from gongzhi.kernel.lock.base import one_moment

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

REPLICA: Final = "replica"
#: Apps whose rows processes keep for seconds (`organisations.remembered`), also for pages on which somebody writes.
REMEMBERED: Final = frozenset({"organisations", "people"})
PAUSE: Final = 5.0  # seconds in which a replica that failed is not asked again
# PostgreSQL's own measure stands still when the replica loses its primary; a worker's sign of life that came across does not.
_STANDING: Final = f"""
SELECT pg_is_in_recovery(),
       (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
       (SELECT max(at) FROM {Heartbeat._meta.db_table})
"""
_reads_from: ContextVar[str] = ContextVar("gongzhi_reads_from", default=DEFAULT_DB_ALIAS)
_not_before = 0.0


class Unfit(Exception):
    """The replica must not be read from now; the message says why."""


class Router:
    """Send reads where the running code reads from, and every write to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return the replica inside `at_leisure`, else the primary; never an old row of what a process remembers."""
        remembered = model._meta.app_label in REMEMBERED or model is CalendarYear
        return DEFAULT_DB_ALIAS if remembered else _reads_from.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the primary, wherever the row was read."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Let rows of both be related: they are the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Change tables on the primary alone; they reach the replica by themselves."""
        return db == DEFAULT_DB_ALIAS


def at_leisure(read: Callable[[], Answer], now: datetime) -> Answer:
    """Return what *read* returns, from the replica where there is one that keeps up, else from the primary.

    *read* writes nothing and returns no query that is still to be made. When the replica fails meanwhile, as when a
    query stood in the way of what it had to replay, *read* is called a second time, on the primary.
    """
    if is_set_up() and time.monotonic() >= _not_before:
        try:
            with _on_replica():
                check(now)
                return read()
        except (Unfit, OperationalError, InterfaceError) as reason:
            _leave_alone(reason)
    return read()


def is_set_up() -> bool:
    """Say whether this installation names a replica."""
    return REPLICA in connections.settings


def check(now: datetime) -> timedelta:
    """Return how far the replica is behind at most; raise Unfit with the reason not to read from it.

    Of up to ten seconds of this the reason is the worker, which shows itself no more often.
    """
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(_STANDING)
            follows, unbound, heard_at = cursor.fetchone()
    except Error as error:
        raise Unfit(f"it does not answer: {str(error).strip()}") from error
    if not follows:
        raise Unfit("it follows no primary")
    if unbound:
        raise Unfit("its role steps around the second lock")
    if heard_at is None:
        raise Unfit("no worker is heard of there")
    behind: timedelta = now - heard_at
    if behind > timedelta(seconds=settings.REPLICA_BEHIND_SECONDS):
        raise Unfit(f"what it holds is {behind.total_seconds():.0f} s old, or no worker runs")
    return behind


def forget_failure() -> None:
    """Ask the replica again at once, as after it was repaired."""
    global _not_before
    _not_before = 0.0


@contextmanager
def _on_replica() -> Iterator[None]:
    token = _reads_from.set(REPLICA)
    try:
        with one_moment():  # of its own: a replica that dies must not end the transaction of the page
            yield
    finally:
        _reads_from.reset(token)


def _leave_alone(reason: Exception) -> None:
    global _not_before
    _not_before = time.monotonic() + PAUSE
    log.warning("The replica is left alone for %.0f s: %s", PAUSE, str(reason).strip())
