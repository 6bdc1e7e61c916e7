"""The picture of how operations grow shows each of them at each size, and nothing that was not measured."""

from xml.etree import ElementTree

from benchmarks.curves import curves, drawn

PRINTED = {
    "figures": {
        "cases": 1_000_000,
        "create_p95_ms": 12.0,
        "case_p95_ms": 24.0,
        "at_10000": {"create": 11.0, "case": 20.0},
        "growth": {"create": 1.0},
    },
    "baseline": {"cases": 100_000, "create_p95_ms": 11.5, "case_p95_ms": 22.0},
}


def test_each_act_has_a_value_at_each_size():
    assert curves(PRINTED) == {
        "create": {10_000: 11.0, 100_000: 11.5, 1_000_000: 12.0},
        "case": {10_000: 20.0, 100_000: 22.0, 1_000_000: 24.0},
    }


def test_the_picture_is_well_formed_and_names_do_not_cover_each_other():
    picture = ElementTree.fromstring(drawn(curves(PRINTED), "two cores"))  # noqa: S314 - our own drawing
    marks = picture.findall("{http://www.w3.org/2000/svg}circle")
    assert len(marks) == 6
    names = [one for one in picture.iter("{http://www.w3.org/2000/svg}text") if "ms" in (one.text or "")]
    heights = sorted(
        float(one.get("y")) for one in names if one.get("fill", "").startswith("#") and one.get("x") == "620"
    )
    assert all(below - above >= 14 for above, below in zip(heights, heights[1:], strict=False))
