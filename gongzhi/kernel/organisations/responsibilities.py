"""Who is responsible for a matter at a place: the responsibility list, nearest region and narrowest category first."""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from gongzhi.kernel.organisations.models import MatterCategory, Responsibility

FRESH_FOR = 30.0  # seconds; other processes learn of a change within this time


@dataclass(frozen=True, slots=True)
class Responsible:
    """One entry of the list as it answers a question."""

    responsibility_id: int
    category_id: int
    region_code: str
    lead_unit_id: int
    co_unit_ids: tuple[int, ...]
    arbiter_unit_id: int | None
    standard: str
    basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class _List:
    """The list in memory: entries by category, and each category's way up."""

    read_at: float
    entries: dict[int, list[Responsible]]
    parents: dict[int, int | None]


_held: _List | None = None


def responsible_for(category_id: int, region_code: str, on: date) -> Responsible | None:
    """Return who is responsible for a category at a place on a day, or None when the list is silent.

    The nearest region wins; within it the narrowest category, climbing to the broader ones.
    """
    held = _current()
    way_up, step = [], category_id
    while step is not None:
        way_up.append(step)
        step = held.parents.get(step)  # type: ignore[assignment]
    fitting = [
        (len(entry.region_code), -depth, entry.valid_from, entry)
        for depth, category in enumerate(way_up)
        for entry in held.entries.get(category, ())
        if region_code.startswith(entry.region_code)
        and entry.valid_from <= on
        and (entry.valid_to is None or on <= entry.valid_to)
    ]
    return max(fitting, key=lambda found: found[:3])[3] if fitting else None


def forget_responsibilities() -> None:
    """Read the list again at the next question, as after an administrator changed it."""
    global _held
    _held = None


def _current() -> _List:
    global _held
    if _held is None or time.monotonic() - _held.read_at > FRESH_FOR:
        _held = _read()
    return _held


def _read() -> _List:
    helpers: dict[int, list[int]] = defaultdict(list)
    through = Responsibility.co_units.through.objects.order_by("id")
    for responsibility_id, unit_id in through.values_list("responsibility_id", "unit_id"):
        helpers[responsibility_id].append(unit_id)
    entries: dict[int, list[Responsible]] = defaultdict(list)
    for row in Responsibility.objects.all():
        entries[row.category_id].append(
            Responsible(
                responsibility_id=row.pk,
                category_id=row.category_id,
                region_code=row.region_id,
                lead_unit_id=row.lead_unit_id,
                co_unit_ids=tuple(helpers[row.pk]),
                arbiter_unit_id=row.arbiter_id,
                standard=row.standard,
                basis=row.basis,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
        )
    parents = dict(MatterCategory.objects.values_list("id", "parent_id"))
    return _List(time.monotonic(), dict(entries), parents)
