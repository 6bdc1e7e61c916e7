"""全局搜索: words, places, units and phones lead to matters within reach, the newest first, and to no others."""

import pytest

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases import finding
from gongzhi.kernel.cases.models import Case, TitleWords
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def found(actor, words, **more):
    rows = signed_in(actor).get("/desk/search/", {"q": words, **more}).context["rows"]
    return [row["case"].title for row in rows]


def test_words_find_titles_the_newest_first_across_the_weeks():
    county = County()
    for month, title in ((1, "村口路灯坏了"), (3, "东街路灯常亮"), (2, "灯路不通"), (3, "LED路灯不亮")):
        county.submit(at(month, 9), title=title)

    assert found(county.dispatcher, "路灯") == ["LED路灯不亮", "东街路灯常亮", "村口路灯坏了"]
    assert found(county.dispatcher, "路灯 坏了") == ["村口路灯坏了"]
    assert found(county.dispatcher, "led") == ["LED路灯不亮"]
    assert found(county.dispatcher, "口路灯") == ["村口路灯坏了"]
    assert found(county.dispatcher, "没有") == []


def test_pairs_that_stand_apart_are_not_the_word():
    county = County()
    county.submit(at(3, 9), title="东街灯与西街口灯")
    assert found(county.dispatcher, "东街口") == []


def test_one_sign_is_too_short_and_says_so():
    county = County()
    page = signed_in(county.dispatcher).get("/desk/search/", {"q": "灯"}).content.decode()
    assert "至少写两个字" in page


def test_no_more_than_a_page_is_listed_and_it_says_so():
    county = County()
    for minute in range(23):
        county.submit(at(3, 9, 8, minute), title=f"路灯{minute:02d}", phone=f"138000011{minute:02d}")
    page = signed_in(county.dispatcher).get("/desk/search/", {"q": "路灯"})
    assert [row["case"].title for row in page.context["rows"]] == [f"路灯{n:02d}" for n in range(22, 2, -1)]
    assert "只列出最新的 20 件" in page.content.decode()


def test_a_handler_finds_what_their_unit_has_and_nobody_what_is_sealed_or_elsewhere():
    county, elsewhere = County(), County("410602")
    county.handling(at(3, 9), title="路灯归我们")
    county.submit(at(3, 9), title="路灯还没派")
    county.submit(at(3, 9), title="路灯保密件", confidential=True)
    elsewhere.submit(at(3, 9), title="路灯在别处")

    assert found(county.handler, "路灯") == ["路灯归我们"]
    assert found(county.other_handler, "路灯") == []
    assert "路灯在别处" not in found(county.dispatcher, "路灯")
    assert found(elsewhere.dispatcher, "路灯") == ["路灯在别处"]


def test_a_place_and_a_unit_are_told_from_words_and_may_be_taken_for_words():
    county = County()
    town = a_region("410523108")
    Region.objects.filter(pk=town.pk).update(name="韩庄镇")
    county.submit(at(3, 9), title="路灯坏了", region_code=town.code)
    county.handling(at(3, 8), title="路灯又坏了")
    county.submit(at(3, 7), title="去韩庄的路灯")

    assert found(county.dispatcher, "韩庄 路灯") == ["路灯坏了"]
    assert found(county.dispatcher, "韩庄镇") == ["路灯坏了"]
    assert found(county.dispatcher, "韩庄 路灯", plain="1") == ["去韩庄的路灯"]
    assert found(county.dispatcher, f"{county.bureau.name} 路灯") == ["路灯又坏了"]


def test_a_whole_phone_is_looked_up_where_that_is_written_down():
    county = County()
    county.submit(at(3, 9), title="平常的事", phone="13800009876")
    page = signed_in(county.dispatcher).get("/desk/search/", {"q": "13800009876"})
    assert page.context["rows"] == [] and "来电登记" in page.content.decode()


def test_who_must_not_learn_who_asked_finds_nothing_by_the_phone():
    county = County()
    request = county.handling(at(3, 9), title="平常的事", phone="13800009876")
    services.invite_units(
        actor=county.handler,
        case_id=request.pk,
        units=[county.other.pk],
        note="请协助",
        now=at(3, 9),
        key=a_key(),
    )
    assert found(county.dispatcher, "9876") == ["平常的事"]
    assert found(county.other_handler, "9876") == []
    assert set(found(county.other_handler, "平常")) == {"平常的事"}


def test_a_search_that_fits_too_much_says_that_it_stopped(monkeypatch):
    county = County()
    for minute in range(6):
        county.submit(at(3, 9, 8, minute), title=f"路灯{minute}", phone=f"1380000110{minute}")
    monkeypatch.setattr(finding, "FURTHEST", 4)
    client = signed_in(county.dispatcher)
    page = client.get("/desk/search/", {"q": f"{county.other.name}"})
    assert page.context["cut_off"] and "只看了最近的一批" in page.content.decode()
    monkeypatch.setattr(finding, "FURTHEST", 20)
    assert not client.get("/desk/search/", {"q": "路灯"}).context["cut_off"]
    assert client.get("/desk/search/", {"q": "路\x00"}).status_code == 200


def test_the_pairs_follow_a_title_that_is_taken_out():
    county = County()
    case = county.submit(at(3, 9), title="路灯坏了").case
    assert TitleWords.objects.get(pk=case.pk).pairs == ["2611坏了", "2611灯坏", "2611路灯"]
    Case.objects.filter(pk=case.pk).update(title="已匿名")
    assert TitleWords.objects.get(pk=case.pk).pairs == ["2611匿名", "2611已匿"]
