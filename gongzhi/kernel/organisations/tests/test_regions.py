"""Names, pickers, units under a unit, local values and places on the map."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.organisations.categories import categories, category_by_key, narrowest, suggested
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.regions import (
    children_of,
    counties,
    path_name,
    region_name,
    search_regions,
)
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.organisations.shapes import county_shapes
from gongzhi.kernel.organisations.tests.factories import (
    a_category,
    a_local_value,
    a_region,
    a_unit,
)
from gongzhi.kernel.organisations.units import units_under

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _forget():
    forget_everything()


@pytest.mark.django_db
def test_a_region_is_named_in_full_and_offered_below_its_parent():
    a_region("410523100200", "石家庄村民委员会")
    a_region("410522")

    assert path_name("410523100200") == "河南省 安阳市 汤阴县 城关镇 石家庄村民委员会"
    assert path_name("410523999") == ""
    assert region_name("410523") == "汤阴县"
    assert list(children_of("410523")) == [("410523100", "城关镇")]
    assert list(counties()) == [("安阳市", [("410522", "安阳县"), ("410523", "汤阴县")])]


@pytest.mark.django_db
def test_a_region_under_the_province_itself_is_named_without_the_stand_in():
    a_region("4190", "省直辖县级行政区划", kind="direct")
    a_region("419001", "济源市")
    assert path_name("419001") == "河南省 济源市"


@pytest.mark.django_db
def test_regions_are_found_by_how_their_name_begins():
    a_region("410523100")
    a_region("410522100", "城关镇")
    a_region("410522101", "白璧镇", valid_to=date(2024, 1, 1))

    assert [region.code for region in search_regions("城关")] == ["410522100", "410523100"]
    assert [region.code for region in search_regions("城关", within="410523")] == ["410523100"]
    assert search_regions("白璧") == []
    assert search_regions(" ") == []


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "level"), [("4105", 3), ("41052", 3), ("41052x", 3)])
def test_the_database_refuses_a_code_that_does_not_fit_its_level(code, level):
    a_region("41")
    with pytest.raises(IntegrityError, match="region_code_fits_level"), transaction.atomic():
        Region.objects.create(code=code, name="某地", level=level, kind="county", parent_id="41")


@pytest.mark.django_db
def test_all_units_under_a_unit_are_found_however_deep():
    government = a_unit("县政府")
    police = a_unit("公安局", parent=government)
    station = a_unit("派出所", parent=police)
    other = a_unit("法院")

    assert units_under(government) == {government.pk, police.pk, station.pk}
    assert units_under(station.pk) == {station.pk}
    assert other.pk not in units_under(government)


@pytest.mark.django_db
def test_the_local_value_of_the_nearest_region_in_force_counts():
    a_local_value("HL-08", 7, region="4105")
    a_local_value("HL-08", 5, region="410523", since=date(2026, 1, 1))
    a_local_value("HL-08", 3, region="410523", since=date(2026, 7, 1))
    a_local_value("HL-08", 1, region="410522")

    assert local_value("410523100", "HL-08", DAY).value == 5
    assert local_value("410523", "HL-08", date(2025, 12, 31)).value == 7
    assert local_value("410523", "HL-08", date(2026, 7, 1)).value == 3
    assert local_value("410102", "HL-08", DAY) is None
    assert local_value("410523", "HL-99", DAY) is None


@pytest.mark.django_db
def test_a_second_look_at_local_values_costs_no_query(django_assert_num_queries):
    a_local_value("HL-08", 7)
    local_value("410523", "HL-08", DAY)
    with django_assert_num_queries(0):
        assert local_value("410523", "HL-08", DAY).value == 7


@pytest.mark.django_db
def test_categories_are_picked_by_level_and_suggested_from_what_people_write():
    lamp = a_category("urban.lighting.streetlamp", keywords=["路灯", "太黑"])
    a_category("housing.estates.heating", keywords=["暖气"])

    assert [category.key for category in categories(2, "urban")] == ["urban.lighting"]
    assert list(suggested("门口的路灯坏了，晚上太黑")) == [lamp]
    bare = a_category("urban.greening")
    assert narrowest("urban") == [bare, lamp]
    assert category_by_key("") is None
    with pytest.raises(NotPossible, match="请从类别列表中选择"):
        category_by_key("no.such.key")


def test_the_map_has_every_county_and_city():
    shapes = county_shapes()

    assert (len(shapes.counties), len(shapes.cities)) == (157, 18)
    assert {"410523", "419001"} <= {shape.code for shape in shapes.counties}
    assert {"4105", "419001"} <= {shape.code for shape in shapes.cities}
    assert all(shape.path.startswith("M") for shape in shapes.counties)
