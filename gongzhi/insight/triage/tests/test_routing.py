"""A suggested unit is the one of the responsibility list, with its reasons, and never one that is complained of."""

from datetime import date

import pytest

from gongzhi.insight.triage.routing import unit_for
from gongzhi.kernel.organisations.tests.factories import a_category, a_responsibility, a_unit

pytestmark = pytest.mark.django_db

LAMP = "urban.lighting.streetlamp"
VILLAGE = "410523100200"
DAY = date(2026, 3, 2)


def test_the_unit_of_the_list_comes_with_the_line_it_was_found_in():
    line = a_responsibility(LAMP, VILLAGE, basis="职责清单第三条")

    found = unit_for(LAMP, VILLAGE, area="4105", on=DAY)

    assert found.unit_id == line.lead_unit_id
    assert len(found.reasons) == 2
    assert line.lead_unit.name in str(found.reasons[0])
    assert "职责清单第三条" in str(found.reasons[1])


def test_a_broader_category_or_region_is_said():
    line = a_responsibility("urban", "410523")
    a_category(LAMP)

    told = [str(reason) for reason in unit_for(LAMP, VILLAGE, area="4105", on=DAY).reasons]

    assert any("上级类别" in words for words in told)
    assert any(line.region.name in words and "没有更具体" in words for words in told)


def test_without_a_place_the_area_stands_in_and_the_official_is_told():
    line = a_responsibility(LAMP, "410523")

    found = unit_for(LAMP, None, area="410523", on=DAY)

    assert found.unit_id == line.lead_unit_id
    assert any("核对地点" in str(reason) for reason in found.reasons)


def test_a_unit_complained_of_is_never_suggested_not_even_as_a_helper():
    against, helper = a_unit(), a_unit()
    line = a_responsibility(LAMP, "410523", co_units=[against, helper])

    assert unit_for(LAMP, VILLAGE, area="4105", on=DAY, not_to=frozenset({against.pk})).co_unit_ids == (
        helper.pk,
    )
    refused = unit_for(LAMP, VILLAGE, area="4105", on=DAY, not_to=frozenset({line.lead_unit_id}))
    assert (refused.unit_id, refused.co_unit_ids) == (None, ())
    assert line.lead_unit.name not in "".join(str(reason) for reason in refused.reasons)


def test_where_the_list_is_silent_an_official_chooses():
    a_category(LAMP)
    found = unit_for(LAMP, VILLAGE, area="4105", on=DAY)
    assert found.unit_id is None
    assert "请人工选择" in str(found.reasons[0])
    assert unit_for("no.such.kind", VILLAGE, area="4105", on=DAY).unit_id is None
