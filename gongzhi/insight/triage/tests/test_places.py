"""Places are found with their codes, and none is guessed."""

import pytest

from benchmarks.triage_places import TABLE
from gongzhi.base.regioncodes import level_of
from gongzhi.insight.triage.gazetteer import OLD_NAMES, gazetteer
from gongzhi.insight.triage.places import apart, districts_in, districts_stated, places_in, sites_in


@pytest.mark.parametrize(("text", "code"), TABLE)
def test_the_deepest_place_of_an_address_is_the_one_it_names(text: str, code: str | None) -> None:
    codes = [place.code for place in places_in(text) if place.code]

    assert max(codes, key=len, default="") == (code or "")


def test_a_name_of_many_places_is_left_open_until_something_decides() -> None:
    (open_,) = places_in("城关镇的垃圾没人清")
    (decided,) = places_in("城关镇的垃圾没人清", within="410727")

    assert (open_.code, open_.level) == ("", "township")
    assert (decided.code, decided.why) == ("410727100", "按所在地区")


def test_two_counties_each_keep_their_own_township() -> None:
    codes = [place.code for place in places_in("从汤阴县韩庄镇到滑县城关镇")]

    assert codes == ["410523", "410523107", "410526", ""]


def test_roads_and_estates_stand_without_a_code() -> None:
    found = [
        (place.name, place.level, place.code)
        for place in places_in("郑州金水区经三路和柳溪路交叉口的槐荫小区")
    ]

    assert found == [
        ("郑州市", "city", "4101"),
        ("金水区", "county", "410105"),
        ("经三路", "road", ""),
        ("柳溪路", "road", ""),
        ("槐荫小区", "estate", ""),
    ]


def test_a_span_is_where_the_name_stands() -> None:
    text = "请查林州市，谢谢"

    (place,) = places_in(text)

    assert text[slice(*place.span)] == "林州市"


def test_a_village_inside_a_longer_name_is_not_it() -> None:
    assert places_in("小大朱庄村") == []
    assert places_in("") == []


def test_old_names_lead_to_codes_that_exist() -> None:
    for code in OLD_NAMES.values():
        assert code in gazetteer().names
        assert level_of(code) == 3


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        ("我住滑县", ["滑县"]),
        ("请问浚县和方城县的班车", ["浚县", "方城县"]),
        ("管城回族区与金水区交界", ["管城回族区", "金水区"]),
        ("林州市的公交，不是安阳市的", ["林州市"]),
        ("A3区的槐荫路，不在星沙区", ["A3区", "星沙区"]),
        ("老城区改造时我们小区和景区停水", []),
    ],
)
def test_a_district_is_named_as_the_tables_have_it_and_elsewhere_by_its_last_signs(
    text: str, districts: list[str]
) -> None:
    assert districts_in(text) == districts


def test_who_writes_from_one_county_in_other_words_is_not_apart() -> None:
    here, there = districts_stated("我住滑县", "路灯坏了"), districts_stated("请问滑县", "路灯不亮")

    assert not apart(here, there)
    assert apart(here, districts_stated("家在浚县", "路灯坏了"))


def test_a_site_is_named_by_the_end_of_its_name() -> None:
    assert sites_in("槐荫巷口的柳溪小区和205路") == ["槐荫巷", "柳溪小区", "205路"]
    assert sites_in("这条路上我们小区的路灯") == []
