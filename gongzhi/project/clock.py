"""A clock that journeys set back, so that the periods of a year pass while one watches; in a demonstration alone.

The file `clock` in the home folder holds a moment that lies behind us; from when it was written, time goes on from there.
Never ahead: what waits for others in the same demonstration must not run out. Without the file it is what time it is.
"""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone


def follow_clock() -> None:
    """Let everything in this process ask the file what time it is, if the settings say so; refuse where people are served."""
    if not settings.GONGZHI_CLOCK:
        return
    if not settings.GONGZHI_DEMO:
        raise ImproperlyConfigured(
            "GONGZHI_CLOCK sets the clock back, for the journeys' demonstration alone. Unset it."
        )
    timezone.now = now_by_file


def now_by_file() -> datetime:
    """Return the moment that the file holds and what has passed since it was written; the present without one."""
    present, file = datetime.now(tz=UTC), settings.HOME / "clock"
    try:
        text, written_at = file.read_text(), file.stat().st_mtime
    except FileNotFoundError:
        return present
    moment = datetime.fromisoformat(text.strip()).timestamp() + time.time() - written_at
    return min(present, datetime.fromtimestamp(moment, tz=UTC))
