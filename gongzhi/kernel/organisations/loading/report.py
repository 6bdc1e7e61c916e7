"""What a load tells while it runs and afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int, str], None]  # done, total, label


def silent(done: int, total: int, label: str) -> None:
    """Tell nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out: its line in the file (the first line is 1) and what to do about it."""

    line: int
    message: str


@dataclass(slots=True)
class Loaded:
    """How many rows were added, changed and found as they were, and the rows left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    def refuse(self, line: int, message: object) -> None:
        """Note a row that is left out."""
        self.refused.append(RefusedRow(line, str(message)))
