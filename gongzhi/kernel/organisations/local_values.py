"""What a city has set for itself, by the longest region prefix in force; held in memory for a short while."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.kernel.organisations.models import LocalValue

FRESH_FOR = 30.0  # seconds; other processes learn of a change within this time


@dataclass(frozen=True, slots=True)
class Local:
    """One value a city set, since when, and on what basis."""

    region_code: str
    value: Any
    since: date
    basis: str


_held: tuple[float, dict[str, list[Local]]] | None = None


def local_value(region_code: str, key: str, on: date) -> Local | None:
    """Return what the nearest region set for *key* as in force on a day, or None."""
    entries = _all().get(key, ())
    fitting = [e for e in entries if e.since <= on and region_code.startswith(e.region_code)]
    return max(fitting, key=lambda entry: (len(entry.region_code), entry.since), default=None)


def forget_local_values() -> None:
    """Read the table again at the next question, as after an administrator changed it."""
    global _held
    _held = None


def _all() -> dict[str, list[Local]]:
    global _held
    if _held is None or time.monotonic() - _held[0] > FRESH_FOR:
        found: dict[str, list[Local]] = defaultdict(list)
        for row in LocalValue.objects.all():
            found[row.key].append(Local(row.region_id, row.value, row.since, row.basis))
        _held = (time.monotonic(), dict(found))
    return _held[1]
