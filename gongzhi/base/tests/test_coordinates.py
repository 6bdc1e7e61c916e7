"""Positions keep their place through the datums in use in China, and nonsense is refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.base.coordinates import Datum, Point
from gongzhi.base.declined import NotPossible

henan = st.builds(Point, st.floats(110.3, 116.7), st.floats(31.3, 36.4), st.sampled_from(Datum))


def test_the_domestic_shift_in_zhengzhou_is_some_hundred_metres() -> None:
    station = Point(113.658, 34.746)

    shifted = station.to(Datum.GCJ02)

    east, north = shifted.longitude - station.longitude, shifted.latitude - station.latitude
    assert 0.003 < east < 0.009
    assert -0.004 < north < 0.001
    baidu = station.to(Datum.BD09)
    assert math.hypot(baidu.longitude - shifted.longitude, baidu.latitude - shifted.latitude) > 0.005


@given(henan, st.sampled_from(Datum))
def test_there_and_back_is_the_same_place(point: Point, datum: Datum) -> None:
    again = point.to(datum).to(point.datum)

    assert point.metres_to(again) < 1


def test_the_distance_of_a_degree_of_latitude_is_known() -> None:
    assert Point(113.0, 34.0).metres_to(Point(113.0, 35.0)) == pytest.approx(111_195, rel=0.001)


@pytest.mark.parametrize(
    ("longitude", "latitude", "said"),
    [
        (34.746, 113.658, "写反了"),
        (0.0, 0.0, "不在我国范围内"),
        (113.0, 91.0, "不在我国范围内"),
        (math.nan, 34.0, "坐标应为数字"),
        (113.0, math.inf, "坐标应为数字"),
    ],
)
def test_a_position_that_cannot_be_is_refused_with_the_next_step(
    longitude: float, latitude: float, said: str
) -> None:
    with pytest.raises(NotPossible, match=said):
        Point(longitude, latitude)
