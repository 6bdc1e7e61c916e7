"""When rows were signed, as a chain of checkpoints says: what each checkpoint dates, no owner of the database can redate."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from gongzhi_verify.checkpoints import Checkpoint

#: A row may bear a time this much older than a checkpoint without it: its transaction was open, or clocks differ.
LATE = timedelta(minutes=10)
#: How long a row is kept at least, three years (政务数据共享条例 art. 29, 个人信息保护法 art. 56), between the signature
#: that covers it and the one that covers the record of its forgetting.
KEPT = timedelta(days=3 * 365)


class Signed:
    """The dates of a whole chain, in order."""

    def __init__(self, chain: Iterable[Checkpoint]) -> None:
        ordered = list(chain)
        self._sizes = [each.size for each in ordered]
        self._dates = [each.at for each in ordered]

    def first_with(self, index: int) -> datetime | None:
        """Return when the first checkpoint that covers a row was signed; None when none covers it."""
        place = bisect_right(self._sizes, index)
        return self._dates[place] if place < len(self._dates) else None

    def last_without(self, index: int) -> datetime | None:
        """Return when the last checkpoint that does not cover a row was signed; None when the first covers it."""
        place = bisect_right(self._sizes, index)
        return self._dates[place - 1] if place else None

    def may_be_forgotten(self, moment: datetime) -> int:
        """Return how many rows had been signed for the legal period at a moment, so that they might be forgotten."""
        place = bisect_right(self._dates, moment - KEPT + LATE)
        return self._sizes[place - 1] if place else 0


class Ranges:
    """Ranges of places in the log, both ends included, in which many places are looked up."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._highs: list[int] = []
        self._lows: list[int] = []
        for low, high in sorted(each for each in ranges if each[0] <= each[1]):
            if self._highs and low <= self._highs[-1] + 1:
                self._highs[-1] = max(high, self._highs[-1])
            else:
                self._lows.append(low)
                self._highs.append(high)

    def __contains__(self, index: int) -> bool:
        """Say whether a place lies in one of the ranges."""
        place = bisect_left(self._highs, index)
        return place < len(self._highs) and self._lows[place] <= index
