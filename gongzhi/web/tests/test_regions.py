"""Picking a region: counties under their city, below them what exists today."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongzhi.kernel.organisations.models import Region
from gongzhi.web.forms import RegionField
from gongzhi.web.regions import children_of, counties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_small_province() -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for code, name, level, ended in (
        ("41", "样例省", 1, None),
        ("4101", "样例市", 2, None),
        ("4102", "示例市", 2, None),
        ("410105", "样例区", 3, None),
        ("410109", "旧区", 3, yesterday),
        ("410202", "示例县", 3, None),
        ("410105001", "样例街道", 4, None),
        ("410105002", "新设街道", 4, None),
        ("410105001001", "样例社区", 5, None),
    ):
        parent = {2: None, 4: code[:2], 6: code[:4], 9: code[:6], 12: code[:9]}[len(code)]
        Region.objects.create(code=code, name=name, level=level, parent_id=parent, valid_to=ended)
    Region.objects.filter(code="410105002").update(valid_from=date(2999, 1, 1))


def test_counties_stand_under_their_city_without_those_that_ended() -> None:
    assert counties() == [("样例市", [("410105", "样例区")]), ("示例市", [("410202", "示例县")])]


def test_a_county_lists_its_townships_of_today() -> None:
    assert children_of("410105") == [("410105001", "样例街道")]
    assert children_of("410105001") == [("410105001001", "样例社区")]
    assert children_of("999999") == []


def test_the_field_takes_its_lists_from_the_regions_in_force() -> None:
    assert RegionField().clean("410105001001") == "410105001001"
    drawn = RegionField().widget.render("region", "410105", {"id": "id_region"})
    assert '<optgroup label="样例市">' in drawn
    assert "样例街道" in drawn
    assert "旧区" not in drawn
