"""Regions, units, categories and lines of the responsibility list that tests need; parents are made as needed."""

from datetime import date
from itertools import count

from gongzhi.base.regioncodes import level_of, parent_of
from gongzhi.kernel.organisations.models import LocalValue, MatterCategory, Region, Responsibility, Unit
from gongzhi.kernel.organisations.remembered import forget_everything

LONG_AGO = date(2020, 1, 1)
NAMES = {
    "41": "河南省",
    "4101": "郑州市",
    "410102": "中原区",
    "4105": "安阳市",
    "410522": "安阳县",
    "410523": "汤阴县",
    "410523100": "城关镇",
}
KINDS = [Region.Kind(kind) for kind in ("province", "city", "county", "town", "village", "grid")]
_numbers = count(1)


def a_region(code="410523", name="", **more):
    """The region with this code and everything above it; made when it is not there yet."""
    if known := Region.objects.filter(pk=code).first():
        return known
    level = level_of(code)
    above = parent_of(code)
    return Region.objects.create(
        **{
            "code": code,
            "name": name or NAMES.get(code, f"地区{code}"),
            "level": level,
            "kind": KINDS[level - 1],
            "parent": a_region(above) if above else None,
            "sort_key": f"0{code}",
            "valid_from": LONG_AGO,
            **more,
        }
    )


def a_unit(name="", *, region=None, **more):
    """A unit, in 汤阴县 when no region is given (a Region or a code)."""
    number = next(_numbers)
    if region is None or isinstance(region, str):
        region = a_region(region or "410523")
    return Unit.objects.create(
        **{
            "key": f"unit-{number}",
            "name": name or f"第{number}局",
            "kind": Unit.Kind.GOVERNMENT_DEPARTMENT,
            "region": region,
            "valid_from": LONG_AGO,
            **more,
        }
    )


def a_category(key="urban.lighting.streetlamp", label="", **more):
    """The category with this dotted key and everything above it; made when it is not there yet."""
    if known := MatterCategory.objects.filter(key=key).first():
        return known
    level = key.count(".") + 1
    parent = a_category(key.rpartition(".")[0]) if level > 1 else None
    category = MatterCategory.objects.create(
        **{"key": key, "label": label or key, "level": level, "parent": parent, **more}
    )
    forget_everything()
    return category


def a_responsibility(category=None, region=None, lead_unit=None, *, co_units=(), **more):
    """A line of the responsibility list; category and region may be given as key and code."""
    if category is None or isinstance(category, str):
        category = a_category(category or "urban.lighting.streetlamp")
    if region is None or isinstance(region, str):
        region = a_region(region or "410523")
    line = Responsibility.objects.create(
        **{
            "category": category,
            "region": region,
            "lead_unit": lead_unit or a_unit(region=region),
            "basis": "责任清单（测试）",
            "valid_from": LONG_AGO,
            **more,
        }
    )
    line.co_units.set(co_units)
    forget_everything()
    return line


def a_local_value(key, value, *, region="410523", since=LONG_AGO, basis="本地规定（测试）", **more):
    """What a region sets for itself from a day on."""
    row = LocalValue.objects.create(
        region=a_region(region) if isinstance(region, str) else region,
        key=key,
        value=value,
        since=since,
        basis=basis,
        **more,
    )
    forget_everything()
    return row
