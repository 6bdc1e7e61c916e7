"""How long work tells how far it is: a bar on a terminal, a line now and then elsewhere; always on standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

Tell = Callable[[int, int, str], None]  # done, total, label

screen: Final = Console(stderr=True, highlight=False, soft_wrap=True)
SECONDS_BETWEEN_LINES: Final = 5.0


@contextmanager
def progress(console: Console = screen) -> Iterator[Tell]:
    """Yield a function that work calls with how much is done, of how much, and what it is doing."""
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar for each thing done."""

    def __init__(self, bars: Progress) -> None:
        self.bars = bars
        self.known: dict[str, TaskID] = {}

    def __call__(self, done: int, total: int, label: str) -> None:
        if label not in self.known:
            self.known[label] = self.bars.add_task(label, total=total)
        self.bars.update(self.known[label], completed=done, total=total)


class _Lines:
    """A line when something begins, ends, or has gone on for a while."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.told: tuple[str, int, int] = ("", 0, 0)
        self.told_at = 0.0

    def __call__(self, done: int, total: int, label: str) -> None:
        now, news = time.monotonic(), (label, done, total)
        soon = now - self.told_at < SECONDS_BETWEEN_LINES
        if news == self.told or (label == self.told[0] and done < total and soon):
            return
        self.told, self.told_at = news, now
        self.console.print(f"  {label}: {done}/{total}", markup=False)
