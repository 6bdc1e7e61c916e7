"""The kinds of matters, for pickers and for reading what a form or a client sent."""

import time
from collections.abc import Sequence

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.models import MatterCategory

FRESH_FOR = 30.0  # seconds
_held: tuple[float, dict[str, MatterCategory]] | None = None


def category_by_key(key: str) -> MatterCategory | None:
    """Return the category with this key; None for an empty one; raise NotPossible for an unknown one."""
    if not key:
        return None
    category = _all().get(key)
    if category is None:
        raise NotPossible(f"没有「{key}」这个类别。请从类别列表中选择。")
    return category


def categories(level: int, parent_key: str = "") -> Sequence[MatterCategory]:
    """Return the categories of a level, below one parent where it is given, in their order."""
    found = [c for c in _all().values() if c.level == level]
    parent = _all().get(parent_key)
    return [c for c in found if not parent_key or (parent is not None and c.parent_id == parent.pk)]


def suggested(text: str, limit: int = 5) -> Sequence[MatterCategory]:
    """Return the third-level categories whose example words stand in *text*, most hits first."""
    hits = [
        (sum(len(word) for word in c.keywords if word in text), c) for c in _all().values() if c.level == 3
    ]
    return [c for score, c in sorted(hits, key=lambda hit: -hit[0]) if score][:limit]


def forget_categories() -> None:
    """Read the categories again at the next question."""
    global _held
    _held = None


def _all() -> dict[str, MatterCategory]:
    global _held
    if _held is None or time.monotonic() - _held[0] > FRESH_FOR:
        rows = MatterCategory.objects.select_related("parent__parent")
        _held = (time.monotonic(), {row.key: row for row in rows})
    return _held[1]
