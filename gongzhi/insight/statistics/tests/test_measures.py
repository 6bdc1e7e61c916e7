"""Every figure is the quotient it says, and says what it is."""

from gongzhi.insight.statistics.measures import BY_KEY, MEASURES, NOTHING

COUNTS = {
    **NOTHING,
    "opened": 30,
    "closed": 22,
    "solved": 12,
    "explained": 6,
    "rejected": 2,
    "answered": 20,
    "on_time": 19,
    "hours": 960,
    "grade_5": 5,
    "grade_4": 3,
    "grade_3": 1,
    "grade_2": 0,
    "grade_1": 1,
}


def test_figures_of_a_period():
    found = {one.key: one.of(COUNTS) for one in MEASURES}
    assert found == {"received": 30, "days": 2, "on_time": 95, "solved": 60, "satisfied": 90, "closed": 22}
    assert BY_KEY["days"].of(NOTHING) is None and BY_KEY["received"].of(NOTHING) == 0


def test_every_measure_says_unit_formula_and_source():
    for one in MEASURES:
        assert one.label and one.unit and one.formula and one.source
        assert set(one.top) | set(one.bottom) <= set(NOTHING)
