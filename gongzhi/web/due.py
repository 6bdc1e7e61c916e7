"""Remaining time as words, a tone and a share: what the due cell shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from django.utils.translation import get_language, gettext

from gongzhi.base.timeleft import in_words

SOON: Final = timedelta(hours=24)
WIDTH: Final = 84


class HasDue(Protocol):
    """Something with a due moment, such as a deadline of a case."""

    @property
    def due_at(self) -> datetime | None:
        """The moment by which it has to be done."""


@dataclass(frozen=True)
class Due:
    """What to show: the words, the tone (empty, ok, warn, bad) and how much of the bar is filled, 0 to 84."""

    words: str
    tone: str
    filled: int
    at: datetime | None = None


def due_of(deadline: HasDue | datetime | None, now: datetime) -> Due | None:
    """Say how much time is left until a deadline or a moment; nothing when there is none.

    A deadline may also tell ``started_at``, a case ``opened_at`` (the bar then shows the part used), ``warn_at`` (from then on it is
    soon), ``paused_at`` and ``stopped_at``.
    """
    at = deadline if isinstance(deadline, datetime) else getattr(deadline, "due_at", None)
    if at is None:
        return None
    stopped = getattr(deadline, "stopped_at", None)
    if stopped is not None:
        late = stopped > at
        return Due(gettext("超期办结") if late else gettext("按期办结"), "bad" if late else "ok", WIDTH, at)
    if getattr(deadline, "paused_at", None) is not None:
        return Due(gettext("计时暂停"), "", _used(deadline, at, now), at)
    words = in_words(at - now, get_language() or "zh-hans")
    if now > at:
        return Due(words, "bad", WIDTH, at)
    warn_at = getattr(deadline, "warn_at", None) or at - SOON
    return Due(words, "warn" if now >= warn_at else "", _used(deadline, at, now), at)


def _used(deadline: object, at: datetime, now: datetime) -> int:
    """The filled part of the bar: time used of the whole, or of a week when the start is not known."""
    started = getattr(deadline, "started_at", None) or getattr(deadline, "opened_at", None)
    started = started or at - timedelta(days=7)
    whole = (at - started).total_seconds()
    share = 1.0 if whole <= 0 else (now - started).total_seconds() / whole
    return round(WIDTH * min(max(share, 0.02), 1.0))
