"""The index of duplicates of this installation (TRIAGE_SHELF): opened by whoever asks, and kept like what should be on it."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from gongzhi.insight.triage.shelf import Shelf, Shelved, built, is_laid, take_away

#: So many messages are read and added at a time, for so many seconds.
BATCH, AT_ONCE = 500, 10.0

ReadWhole = Callable[[Sequence[int]], Sequence[Shelved]]


def shelf_folder() -> Path:
    """Return where the index of this installation lies, whether it is there or not."""
    return Path(settings.TRIAGE_SHELF)


def current_shelf() -> Shelf | None:
    """Return the index of this installation; None where there is none or suggestions are switched off. Raises Damaged."""
    folder = shelf_folder()
    return _opened(folder) if settings.TRIAGE_SUGGESTIONS and is_laid(folder) else None


def follow(wanted: Collection[int], read: ReadWhole, now: datetime) -> int:
    """Let leave what is no longer *wanted*, add what is missing, for some seconds; return how many came and went.

    What should be there is compared with what is there, so it does not matter what was missed, done twice, or broken off. An index
    that is not there is begun. Raises Busy when somebody else writes, Damaged where the index cannot be read.
    """
    folder, until = shelf_folder(), time.monotonic() + AT_ONCE
    shelf = Shelf(folder) if is_laid(folder) else built(folder, list)
    here, there = shelf.ids(), np.fromiter(wanted, np.int64, len(wanted))
    gone, missing = np.setdiff1d(here, there), np.setdiff1d(there, here)[::-1]
    if len(gone):
        shelf.remove(gone.tolist())
    done = len(gone)
    for begin in range(0, len(missing), BATCH):
        messages = read(missing[begin : begin + BATCH].tolist())
        shelf.add(messages)
        done += len(messages)
        if time.monotonic() > until:
            break
    shelf.tidy(now)
    return done


def clear() -> None:
    """Take the index away, as where suggestions are switched off; whatever else lies in the folder stays."""
    take_away(shelf_folder())


@lru_cache(maxsize=1)
def _opened(folder: Path) -> Shelf:
    return Shelf(folder)
