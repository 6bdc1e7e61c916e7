"""Regions for pickers and pages: what lies below, what it is called in full, what bears a name."""

from __future__ import annotations

from collections.abc import Sequence

from gongzhi.base.regioncodes import LENGTHS, prefix_range
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.remembered import Remembered

_AFTER_EVERY_NAME = "\U0010ffff"


def children_of(code: str) -> Sequence[tuple[str, str]]:
    """Return (code, name) of the regions in force directly below, in the order people expect."""
    return _children(code)


def counties(province: str = "41") -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    """Return each city's name with its counties as (code, name), for a picker in groups."""
    return _counties(province)


def path_name(code: str) -> str:
    """Return the full name, as 河南省 安阳市 汤阴县 城关镇; empty when the code is unknown."""
    return _path_names(code)


def region_name(code: str) -> str:
    """Return the name of one region; empty when the code is unknown."""
    return _names(code)


def search_regions(name: str, *, within: str = "", limit: int = 20) -> list[Region]:
    """Return regions in force whose name begins so, the larger ones first, within a region where it is given."""
    name = name.strip()
    if not name:
        return []
    found = Region.objects.filter(
        name__gte=name, name__lt=name + _AFTER_EVERY_NAME, valid_to__isnull=True
    ).order_by("level", "code")
    if within:
        low, high = prefix_range(within)
        found = found.filter(code__gte=low, code__lt=high)
    return list(found[:limit])


def _find_children(code: str) -> list[tuple[str, str]]:
    below = Region.objects.filter(parent_id=code, valid_to__isnull=True).order_by("sort_key", "code")
    return list(below.values_list("code", "name"))


def _find_counties(province: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(name, _find_children(code)) for code, name in _find_children(province)]


def _find_path(code: str) -> str:
    above = [code[:length] for length in LENGTHS if length <= len(code)]
    names = dict(
        Region.objects.filter(code__in=above).exclude(kind=Region.Kind.DIRECT).values_list("code", "name")
    )
    if code not in names:
        return ""
    return " ".join(names[part] for part in above if part in names)


def _find_name(code: str) -> str:
    return Region.objects.filter(code=code).values_list("name", flat=True).first() or ""


_children: Remembered[str, list[tuple[str, str]]] = Remembered(_find_children, seconds=60, limit=5_000)
_counties: Remembered[str, list[tuple[str, list[tuple[str, str]]]]] = Remembered(_find_counties, seconds=60)
_path_names: Remembered[str, str] = Remembered(_find_path, seconds=60)
_names: Remembered[str, str] = Remembered(_find_name, seconds=60)
