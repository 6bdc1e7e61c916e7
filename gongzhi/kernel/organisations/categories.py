"""The kinds of matters, for pickers and for reading what a form or a client sent."""

from collections.abc import Sequence

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.remembered import Remembered


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


def _read(_: None) -> dict[str, MatterCategory]:
    return {row.key: row for row in MatterCategory.objects.select_related("parent__parent")}


_remembered: Remembered[None, dict[str, MatterCategory]] = Remembered(_read)


def _all() -> dict[str, MatterCategory]:
    return _remembered(None)
