"""What a city has set for itself: the value of the nearest region in force on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gongzhi.kernel.organisations.models import LocalValue
from gongzhi.kernel.organisations.remembered import Remembered


def local_value(region_code: str, key: str, on: date) -> LocalValue | None:
    """Return what the nearest region set for *key* as in force on a day, or None.

    The longest prefix wins, then the latest day; the few rows there are stay in the process for some seconds.
    """
    rows = _values(None).get(key)
    if rows is None:
        return None
    fitting = [row for row in rows if row.since <= on and region_code.startswith(row.region_id)]
    return max(fitting, key=lambda row: (len(row.region_id), row.since), default=None)


def _read(_nothing: None) -> dict[str, list[LocalValue]]:
    found: dict[str, list[LocalValue]] = defaultdict(list)
    for row in LocalValue.objects.all():
        found[row.key].append(row)
    return dict(found)


_values: Remembered[None, dict[str, list[LocalValue]]] = Remembered(_read)
