"""Charts: shares and steps are right, every chart has title and finding, and foreign text cannot break out."""

import gzip
from xml.etree import ElementTree

import pytest

from gongzhi.kernel.organisations.shapes import CountyShapes, Shape, county_shapes
from gongzhi.web.charts import (
    bars,
    county_map,
    figure,
    rating_bars,
    sparkline,
    step_of,
)
from gongzhi.web.qr import qr_svg

GRADES = ("非常满意", "满意", "基本满意", "不满意", "非常不满意")


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 our own drawing


@pytest.mark.parametrize(("value", "said"), [(1234567, "1,234,567"), (4.66, "4.7"), (4.0, "4"), (12.6, "13")])
def test_figures_are_said_as_people_read_them(value: float, said: str) -> None:
    assert figure(value) == said


def test_bars_are_as_long_as_their_values() -> None:
    root = _parsed(bars([("甲", 200), ("乙", 50)], title="t", finding="f"))

    lengths = [float(bar.attrib["width"]) for bar in root.iter("rect") if bar.attrib["class"] == "bar"]
    assert lengths[0] == pytest.approx(lengths[1] * 4, rel=0.01)
    assert root.find("title").text == "t"  # type: ignore[union-attr]
    assert root.find("desc").text == "f"  # type: ignore[union-attr]


def test_rating_bars_fill_the_whole_width() -> None:
    root = _parsed(rating_bars([("甲", (59, 28, 9, 3, 1))], GRADES, title="t", finding="f"))

    lengths = [float(part.attrib["width"]) + 1 for part in root.iter("rect")]
    assert sum(lengths) == pytest.approx(560 - 76 - 8, abs=0.5)
    assert lengths[0] / sum(lengths) == pytest.approx(0.59, abs=0.005)


def test_a_unit_without_ratings_is_an_empty_line() -> None:
    root = _parsed(rating_bars([("甲", (0, 0, 0, 0, 0))], GRADES, title="t", finding="f"))

    assert list(root.iter("rect")) == []


def test_a_chart_without_anything_is_still_a_chart() -> None:
    assert _parsed(bars([], title="t", finding="f")).attrib["role"] == "img"
    assert "<circle" in sparkline([3])


def test_text_from_outside_cannot_break_out_of_a_chart() -> None:
    nasty = '<script>alert(1)</script>"&'
    for svg in (
        bars([(nasty, 1)], title=nasty, finding=nasty, unit=nasty),
        rating_bars([(nasty, (1, 1, 1, 1, 1))], GRADES, title=nasty, finding=nasty),
        sparkline([1, 2], nasty),
        qr_svg("https://example.org/", nasty),
    ):
        assert "<script" not in svg
        _parsed(svg)


@pytest.mark.parametrize(
    ("value", "step"), [(None, "mx"), (34, "m0"), (35, "m1"), (44.9, "m1"), (80, "m5"), (900, "m5")]
)
def test_a_value_falls_into_its_step(value: float | None, step: str) -> None:
    assert step_of(value, (35, 45, 55, 65, 80)) == step


def test_a_map_colours_each_county_and_says_where_nothing_is_known() -> None:
    shapes = CountyShapes(
        view_box="0 0 10 10",
        counties=(
            Shape("410102", "中原区", "M0 0h1v1z", (0, 0)),
            Shape("410105", "金水区", "M1 1h1v1z", (1, 1)),
        ),
        cities=(Shape("4101", "郑州市", "M0 0h2v2z", (1, 1)),),
    )

    drawn = county_map(
        shapes, {"410102": 50}, (35, 45), title="t", finding="f", address=lambda code: f"?county={code}"
    )

    root = _parsed(drawn)
    classes = [path.attrib.get("class") for path in root.iter("path")]
    assert classes == ["m2", "mx", None]
    assert [link.attrib["href"] for link in root.iter("a")] == ["?county=410102", "?county=410105"]
    assert root.attrib["role"] == "group"


def test_a_qr_code_is_one_path_without_style() -> None:
    drawn = qr_svg("https://example.org/track/41012K7M93QX", "扫码查进度")

    assert drawn.count("<path") == 1
    assert "style" not in drawn


def test_the_map_of_the_province_stays_light() -> None:
    drawn = county_map(county_shapes(), {}, (35,), title="t", finding="f")

    assert drawn.count("<path") == 157 + 18
    assert len(gzip.compress(drawn.encode())) < 20_000
