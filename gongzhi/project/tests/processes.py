"""Finds the processes that belong to one home folder, by their environment."""

import time
from pathlib import Path


def processes_of(home: Path) -> list[str]:
    """Return the command lines of the living processes that were told GONGZHI_HOME=home."""
    mark = f"GONGZHI_HOME={home}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


def left_after(home: Path, seconds: float) -> list[str]:
    """Return what is still alive when all should have ended, after waiting for it at most so long."""
    until = time.monotonic() + seconds
    while (left := processes_of(home)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


def count_reached(home: Path, count: int, seconds: float = 10) -> bool:
    """Say whether so many processes are alive, after waiting for them at most so long."""
    until = time.monotonic() + seconds
    while (alive := len(processes_of(home))) != count and time.monotonic() < until:
        time.sleep(0.05)
    return alive == count
