"""Positions and the three datums in use in China: WGS-84 (GPS), GCJ-02 (domestic maps) and BD-09 (Baidu).

The shift is that of prcoords. Everything is stored in WGS-84; the other two are spoken at the edges.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import prcoords

from gongzhi.base.declined import NotPossible, gettext_noop


class Datum(enum.StrEnum):
    """The datum in which a position is given."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


#: The box in which the shift is defined, in degrees: it holds China with a margin.
LONGITUDES = (72.004, 137.8347)
LATITUDES = (0.8293, 55.8271)

EARTH_RADIUS_M = 6_371_000


@dataclass(frozen=True, slots=True)
class Point:
    """A position in degrees, longitude first, in one datum; a position outside China is declined."""

    longitude: float
    latitude: float
    datum: Datum = Datum.WGS84

    def __post_init__(self) -> None:
        """Decline what is no number, no position, or a position far outside China."""
        if not (math.isfinite(self.longitude) and math.isfinite(self.latitude)):
            raise NotPossible(gettext_noop("坐标应为数字，请在地图上重新选点。"))
        if _inside(self.latitude, self.longitude):
            raise NotPossible(gettext_noop("经度和纬度好像写反了，请先写经度、后写纬度。"))
        if not _inside(self.longitude, self.latitude):
            raise NotPossible(gettext_noop("这个位置不在我国范围内，请在地图上重新选点。"))

    def to(self, datum: Datum) -> Point:
        """Return the same position in another datum; going there and back is right to a decimetre."""
        if datum is self.datum:
            return self
        given = prcoords.Coords(self.latitude, self.longitude)
        wgs = _TO_WGS[self.datum](given)
        shifted = _FROM_WGS[datum](wgs)
        return Point(longitude=shifted.lon, latitude=shifted.lat, datum=datum)

    def metres_to(self, other: Point) -> float:
        """Return the distance in metres along the surface of a spherical earth (haversine), in this point's datum."""
        there = other.to(self.datum)
        north, east = (
            math.radians(there.latitude - self.latitude),
            math.radians(there.longitude - self.longitude),
        )
        shrink = math.cos(math.radians(self.latitude)) * math.cos(math.radians(there.latitude))
        half_chord = math.sin(north / 2) ** 2 + shrink * math.sin(east / 2) ** 2
        return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half_chord)))


def _inside(longitude: float, latitude: float) -> bool:
    return LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]


def _same(coords: prcoords.Coords) -> prcoords.Coords:
    return coords


def _gcj_to_wgs(coords: prcoords.Coords) -> prcoords.Coords:
    return prcoords.gcj_wgs_bored(coords, False)


def _bd_to_wgs(coords: prcoords.Coords) -> prcoords.Coords:
    return prcoords.gcj_wgs_bored(prcoords.bd_gcj_bored(coords), False)


def _wgs_to_gcj(coords: prcoords.Coords) -> prcoords.Coords:
    return prcoords.wgs_gcj(coords, False)


def _wgs_to_bd(coords: prcoords.Coords) -> prcoords.Coords:
    return prcoords.wgs_bd(coords, False)


_TO_WGS = {Datum.WGS84: _same, Datum.GCJ02: _gcj_to_wgs, Datum.BD09: _bd_to_wgs}

_FROM_WGS = {Datum.WGS84: _same, Datum.GCJ02: _wgs_to_gcj, Datum.BD09: _wgs_to_bd}
