"""The counties on the map: ready SVG paths for drawing, and which county a point lies in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from shapely import Point, STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

MAP_NUMBER = "GS(2024)0650号"  # 审图号; shown with every map, see data/SOURCES.md for how sure we are
MAP_SOURCE = "国家地理信息公共服务平台（天地图）"
_DATA = files("gongzhi.kernel.organisations") / "data"


@dataclass(frozen=True, slots=True)
class Shape:
    """One county or city as an SVG path, with the point where its name is written."""

    code: str
    name: str
    city_code: str
    path: str
    label_at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CountyShapes:
    """Everything a map of Henan by county is drawn from; lengths in units of the view box."""

    view_box: str
    counties: tuple[Shape, ...]
    cities: tuple[Shape, ...]
    map_number: str = MAP_NUMBER
    source: str = MAP_SOURCE


@cache
def county_shapes() -> CountyShapes:
    """Return the 157 counties and the outlines of the 18 cities, 济源市 (419001) among both."""
    drawing = json.loads((_DATA / "henan_svg_low.json").read_text(encoding="utf-8"))
    return CountyShapes(
        view_box=drawing["viewBox"],
        counties=tuple(_shape(one, one["city"]) for one in drawing["counties"]),
        cities=tuple(_shape(one, one["code"]) for one in drawing["cities"]),
    )


def county_at(longitude: float, latitude: float) -> str | None:
    """Return the code of the county a point (degrees, WGS-84) lies in, or None outside Henan.

    A functional zone has no border of its own: a point in one belongs to the host county here.
    On a shared border the lower code is given.
    """
    codes, tree = _borders()
    hits = tree.query(Point(longitude, latitude), predicate="intersects")
    return min((codes[index] for index in hits), default=None)


def _shape(one: dict[str, Any], city: str) -> Shape:
    x, y = one["xy"]
    return Shape(_short(one["code"]), one["name"], _short(city), one["d"], (float(x), float(y)))


def _short(code: str) -> str:
    """Leave off the zeros that fill the code of a city up to six digits."""
    return code[:4] if code.endswith("00") else code


@cache
def _borders() -> tuple[tuple[str, ...], STRtree]:
    features = json.loads((_DATA / "henan_counties_full.geojson").read_text(encoding="utf-8"))["features"]
    borders: list[BaseGeometry] = [shape(feature["geometry"]) for feature in features]
    return tuple(feature["properties"]["code"] for feature in features), STRtree(borders)
