"""Answers kept in the process for a few seconds, so that looking up who is responsible costs no query."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_all: list[Remembered[Any, Any]] = []


class Remembered(Generic[Key, Value]):
    """What ``find`` answered for a key, for at most ``seconds``; after ``limit`` answers it starts afresh.

    The process that changes a row forgets at once; other processes see the change within ``seconds``.
    """

    def __init__(self, find: Callable[[Key], Value], *, seconds: float = 10, limit: int = 20_000) -> None:
        self._find, self._seconds, self._limit = find, seconds, limit
        self._answers: dict[Key, tuple[float, Value]] = {}
        _all.append(self)

    def __call__(self, key: Key) -> Value:
        """Give the answer for a key, finding it when it is not remembered or too old."""
        now = monotonic()
        kept = self._answers.get(key)
        if kept is not None and kept[0] > now:
            return kept[1]
        answer = self._find(key)
        if len(self._answers) >= self._limit:
            self._answers.clear()
        self._answers[key] = (now + self._seconds, answer)
        return answer

    def forget(self) -> None:
        """Find everything anew from now on."""
        self._answers.clear()


def forget_everything() -> None:
    """Forget all answers; called by whoever writes regions, units, categories, responsibilities or local values."""
    for one in _all:
        one.forget()
