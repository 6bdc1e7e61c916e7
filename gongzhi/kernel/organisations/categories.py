"""The kinds of matters, for pickers and for reading what a form or a client sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All categories in their order, by key and by number."""

    by_key: dict[str, MatterCategory]
    by_id: dict[int, MatterCategory]

    def way_up(self, category_id: int) -> tuple[int, ...]:
        """Return the numbers of a category and of the broader ones above it, narrowest first."""
        way: list[int] = []
        step: int | None = category_id
        while step is not None and step in self.by_id:
            way.append(step)
            step = self.by_id[step].parent_id
        return tuple(way)


def category_by_key(key: str) -> MatterCategory | None:
    """Return the category with this key; None for an empty one; raise NotPossible for an unknown one."""
    if not key:
        return None
    category = catalogue().by_key.get(key)
    if category is None:
        raise NotPossible(_("没有「%(key)s」这个类别。请从类别列表中选择。"), key=key)
    return category


def categories(level: int, parent_key: str = "") -> Sequence[MatterCategory]:
    """Return the categories of a level, below one parent where it is given, in their order."""
    known = catalogue().by_key
    found = [category for category in known.values() if category.level == level]
    if not parent_key:
        return found
    parent = known.get(parent_key)
    return [category for category in found if parent is not None and category.parent_id == parent.pk]


def narrowest(broad_key: str) -> list[MatterCategory]:
    """Return what can be chosen below a first-level category: the third level, and second-level ones that have none."""
    return [one for middle in categories(2, broad_key) for one in (categories(3, middle.key) or [middle])]


def suggested(text: str, limit: int = 5) -> Sequence[MatterCategory]:
    """Return the third-level categories whose example words stand in *text*, most hits first."""
    hits = [(sum(len(word) for word in c.keywords if word in text), c) for c in categories(3)]
    return [c for score, c in sorted(hits, key=lambda hit: -hit[0]) if score][:limit]


def catalogue() -> Catalogue:
    """Return all categories as read a few seconds ago at most."""
    return _catalogue(None)


def _read(_nothing: None) -> Catalogue:
    rows = list(MatterCategory.objects.select_related("parent__parent"))
    return Catalogue({row.key: row for row in rows}, {row.pk: row for row in rows})


_catalogue: Remembered[None, Catalogue] = Remembered(_read)
