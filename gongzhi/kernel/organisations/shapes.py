"""The counties on the map: ready SVG paths for drawing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

MAP_NUMBER = "GS(2024)0650号"  # 审图号; shown with every map, see data/SOURCES.md for how sure we are
MAP_SOURCE = "国家地理信息公共服务平台（天地图）"
_DATA = files("gongzhi.kernel.organisations") / "data"


@dataclass(frozen=True, slots=True)
class Shape:
    """One county or city as an SVG path, with the point where its name is written."""

    code: str
    name: str
    path: str
    label_at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CountyShapes:
    """Everything a map of Henan by county is drawn from; lengths in units of the view box."""

    view_box: str
    counties: tuple[Shape, ...]
    cities: tuple[Shape, ...]


@cache
def county_shapes() -> CountyShapes:
    """Return the 157 counties and the outlines of the 18 cities, 济源市 (419001) among both."""
    drawing = json.loads((_DATA / "henan_svg_low.json").read_text(encoding="utf-8"))
    return CountyShapes(
        view_box=drawing["viewBox"],
        counties=tuple(_shape(one) for one in drawing["counties"]),
        cities=tuple(_shape(one) for one in drawing["cities"]),
    )


def _shape(one: dict[str, Any]) -> Shape:
    x, y = one["xy"]
    return Shape(_short(one["code"]), one["name"], one["d"], (float(x), float(y)))


def _short(code: str) -> str:
    """Leave off the zeros that fill the code of a city up to six digits."""
    return code[:4] if code.endswith("00") else code
