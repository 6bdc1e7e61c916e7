"""Likely duplicates before a dispatch: found by their words with the reason, within one's reach, and linked by a human."""

from datetime import timedelta

import pytest

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries import duplicates
from gongzhi.domains.hotline.queries.duplicates import likely_the_same
from gongzhi.domains.hotline.services import link_duplicate, tell_apart
from gongzhi.domains.hotline.services.shelving import follow_requests
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.domains.hotline.tests.test_official_pages import now
from gongzhi.insight.triage.accuracy import count_suggestions
from gongzhi.insight.triage.models import Suggestion
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import SYSTEM
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_index(tmp_path, settings):
    """Begin without an index: what is found is found among the newest."""
    settings.TRIAGE_SHELF = str(tmp_path / "shelf")
    return tmp_path / "shelf"


MINE = {
    "title": "建设路北段的路灯全都不亮了",
    "text": "建设路和文明街口往北一直到小学门口，路灯全不亮，接孩子的老人天黑看不见路。",
}
OTHER = {
    "title": "建设路晚上一片漆黑",
    "text": "这几天晚上建设路的路灯一盏都没亮，昨天在小学门口被台阶绊了一下，请派人看看。",
}
ELSEWHERE = {
    "title": "文澜路晚上一片漆黑",
    "text": "这几天晚上文澜路的路灯一盏都没亮，昨天在小学门口被台阶绊了一下，请派人看看文澜路。",
}


def page_of(county, request):
    address = f"/hotline/cases/{request.pk}/do/dispatch/"
    return signed_in(county.dispatcher).get(address).content.decode()


def found(county, request):
    return [one.request.pk for one in likely_the_same(county.dispatcher, request.case)]


def test_the_dispatcher_sees_what_is_likely_the_same_and_why_and_may_link_it():
    county = County()
    other, mine = county.submit(now(), **OTHER), county.submit(now(), phone="13900001111", **MINE)
    page = page_of(county, mine)

    assert "辅助建议，需人工确认" in page and other.case.number in page
    assert "「建设路」" in page and "「路灯」" in page
    assert f"/hotline/cases/{mine.pk}/link/?main={other.case.number}" in page
    assert Request.objects.get(pk=mine.pk).duplicate_of is None, "nothing is linked by itself"
    link_duplicate(actor=county.dispatcher, case_id=mine.pk, main_id=other.pk, now=now())
    assert found(county, mine) == []


def test_the_same_words_about_another_road_are_not_the_same():
    county = County()
    for phone in ("13900001111", "13900002222"):
        county.submit(now(), phone=phone, **ELSEWHERE)
    mine = county.submit(now(), **MINE)
    county.submit(now(), phone="13900003333", **MINE)
    assert len(found(county, mine)) == 1


def test_complaints_confidential_matters_and_other_counties_are_not_named():
    county, away = County(), County("410526")
    away.submit(now(), **OTHER)
    county.submit(now(), confidential=True, **OTHER)
    county.submit(now(), complained_of="路灯所的老李", **OTHER)
    mine = county.submit(now(), **MINE)
    named = county.submit(now(), complained_of="路灯所的老李", **MINE)
    assert found(county, mine) == []
    county.submit(now(), phone="13900001111", **OTHER)
    assert len(found(county, mine)) == 1
    assert found(county, named) == []


@pytest.mark.parametrize("name", ["TRIAGE_SUGGESTIONS", "TRIAGE_SHADOW"])
def test_with_suggestions_off_or_in_shadow_the_page_is_as_before(settings, name):
    setattr(settings, name, name == "TRIAGE_SHADOW")
    county = County()
    county.submit(now(), **OTHER)
    page = page_of(county, county.submit(now(), **MINE))
    assert "辅助建议" not in page and "职责清单" in page


def test_the_handler_sees_how_many_others_wait_for_the_same():
    county = County()
    main, mine = county.handling(now(), **OTHER), county.handling(now(), phone="13900001111", **MINE)
    done = county.replied(now(), phone="13900002222", **MINE)
    for one in (mine, done):
        link_duplicate(actor=county.dispatcher, case_id=one.pk, main_id=main.pk, now=now())
    page = signed_in(county.handler).get(f"/hotline/cases/{main.pk}/").content.decode()
    assert "还有 1 件诉求在等同一件事的答复" in page
    answered = signed_in(county.handler).get(f"/hotline/cases/{done.pk}/").content.decode()
    assert "还有 2 件诉求在等同一件事的答复" in answered


COPY = {
    "title": "路灯不亮",
    "text": "接孩子的老人天黑看不见路，建设路和文明街口往北一直到小学门口，路灯全不亮。",
}
PARK = {"title": "人民公园的长椅坏了", "text": "人民公园湖边的长椅断了两条腿，坐上去会摔人，请修一修。"}


def shelved():
    follow_requests(actor=SYSTEM, now=now())


def test_a_copy_that_the_newest_do_not_reach_is_found_by_the_index(monkeypatch):
    monkeypatch.setattr(duplicates, "COMPARED", 2)
    county = County()
    copy = county.submit(now() - timedelta(days=60), **COPY)
    of_another_kind = county.submit(now(), category=county.outage.key, phone="13900002222", **COPY)
    for number in range(3):
        county.submit(now(), phone=f"1390000{number}333", **PARK)
    mine = county.submit(now(), phone="13900001111", **MINE)
    assert found(county, mine) == [], "without an index the newest of the kind alone are compared"

    shelved()
    assert sorted(found(county, mine)) == sorted([copy.pk, of_another_kind.pk])
    page = page_of(county, mine)
    assert copy.case.number in page and "「建设路和文明街口往北一直到小学门口，路灯全不亮」" in page
    link_duplicate(actor=county.dispatcher, case_id=mine.pk, main_id=copy.pk, now=now())
    assert found(county, mine) == [of_another_kind.pk], "what is linked already is left out"


def test_with_an_index_what_says_the_same_in_other_words_is_found_too_and_copies_come_first():
    county = County()
    copy, other = county.submit(now(), **COPY), county.submit(now(), phone="13900002222", **OTHER)
    mine = county.submit(now(), phone="13900001111", **MINE)
    shelved()
    assert found(county, mine) == [copy.pk, other.pk]


def test_of_what_the_index_names_nobody_sees_what_they_may_not_read():
    county, away = County(), County("410526")
    copies = [county.submit(now(), phone=f"1390000{number}444", **COPY) for number in range(4)]
    away.submit(now(), **COPY)
    mine = county.submit(now(), phone="13900001111", **MINE)
    shelved()
    assert found(county, mine)[:3] == [one.pk for one in copies[:3]]
    assert likely_the_same(county.other_handler, mine.case) == []
    # named, sealed or withdrawn since the worker looked last
    Case.objects.filter(pk=copies[0].pk).update(against_unit=county.bureau)
    Case.objects.filter(pk=copies[1].pk).update(sealed=True)
    Case.objects.filter(pk=copies[2].pk).update(stage="withdrawn")
    assert found(county, mine) == [copies[3].pk]


def test_a_damaged_index_is_written_to_the_log_and_the_newest_are_compared(no_index, caplog):
    county = County()
    other = county.submit(now(), **OTHER)
    mine = county.submit(now(), phone="13900001111", **MINE)
    shelved()
    (no_index / "current").write_text("laid-gone")
    assert found(county, mine) == [other.pk]
    assert "triage index --from-cases" in caplog.text


def test_of_several_that_are_linked_with_each_other_the_likest_is_named():
    county = County()
    main, other, copy = (
        county.submit(now(), phone=f"1390000{n}444", **words) for n, words in enumerate((OTHER, OTHER, COPY))
    )
    link(county, other, main)
    mine = county.submit(now(), phone="13900001111", **MINE)
    assert len(found(county, mine)) == 2
    link(county, copy, main)
    assert found(county, mine) == [copy.pk]


def said_of(request):
    rows = Suggestion.objects.filter(case_id=request.pk, kind="duplicate")
    return [(row.suggested, row.chosen, row.shadow) for row in rows]


def link(county, request, main):
    link_duplicate(actor=county.dispatcher, case_id=request.pk, main_id=main.pk, now=now())


def test_to_link_what_was_suggested_counts_as_right_and_anything_else_does_not():
    county = County()
    main, other = county.submit(now(), **OTHER), county.submit(now(), phone="13900004444", **OTHER)
    else_where = county.submit(now(), phone="13900002222", **PARK)
    mine, second, third = (county.submit(now(), phone=f"1390000{n}111", **MINE) for n in range(3))
    link(county, other, main)
    link(county, mine, other)
    link(county, second, else_where)
    assert said_of(mine) == [("same", "same", False)], "to its main one is to it"
    assert said_of(second) == [("same", "other", False)]
    link(county, second, third)
    assert said_of(second) == [("same", "same", False)], "the last word counts"
    row = Suggestion.objects.get(case_id=second.pk, kind="duplicate")
    assert row.region_code == county.place.code and str(third.pk) not in f"{vars(row)}"


def test_where_nothing_was_suggested_a_link_leaves_no_row(settings):
    county = County()
    park, mine = county.submit(now(), **PARK), county.submit(now(), phone="13900001111", **MINE)
    link(county, mine, park)
    handled = county.handling(now(), phone="13900002222", **MINE)
    link(county, handled, mine)
    settings.TRIAGE_SUGGESTIONS = False
    switched_off = county.submit(now(), phone="13900003333", **MINE)
    link(county, switched_off, mine)
    assert not Suggestion.objects.filter(kind="duplicate").exists()


def test_in_shadow_it_is_counted_what_would_have_been_suggested(settings):
    settings.TRIAGE_SHADOW = True
    county = County()
    other, mine = county.submit(now(), **OTHER), county.submit(now(), phone="13900001111", **MINE)
    link(county, mine, other)
    assert said_of(mine) == [("same", "same", True)]


def test_the_dispatcher_may_say_that_none_is_the_same_and_is_not_asked_again():
    county = County()
    other, mine = county.submit(now(), **OTHER), county.submit(now(), phone="13900001111", **MINE)
    address = f"/hotline/cases/{mine.pk}/apart/"
    assert address in page_of(county, mine)
    browser = signed_in(county.dispatcher)
    shown = browser.get(address).content.decode()
    assert "都不是同一件事" in shown and mine.case.number in shown
    assert signed_in(County("410526").dispatcher).get(address).status_code == 422

    answer = browser.post(address, {"key": a_key()})
    assert answer.status_code == 303 and answer["Location"] == f"/hotline/cases/{mine.pk}/do/dispatch/"
    assert said_of(mine) == [("same", "none", False)]
    assert found(county, mine) == [] and other.case.number not in page_of(county, mine)
    assert Entry.objects.get(action="hotline.apart").case_id == mine.pk
    assert browser.post(address, {"key": a_key()}).status_code == 303
    assert Entry.objects.filter(action="hotline.apart").count() == 1
    link(county, mine, other)
    assert said_of(mine) == [("same", "same", False)], "linked by its number after all"


def test_only_the_centre_of_the_county_says_so():
    county, away = County(), County("410526")
    county.submit(now(), **OTHER)
    mine = county.submit(now(), phone="13900001111", **MINE)
    for actor in (county.handler, county.supervisor):
        with pytest.raises(NotAllowed):
            tell_apart(actor=actor, case_id=mine.pk, now=now())
    with pytest.raises(NotPossible):
        tell_apart(actor=away.dispatcher, case_id=mine.pk, now=now())
    assert said_of(mine) == [] and len(found(county, mine)) == 1


def test_the_accuracy_page_counts_what_was_said_of_duplicates():
    county = County()
    main = county.submit(now(), **OTHER)
    for number in range(8):
        mine = county.submit(now(), phone=f"1390000{number}111", **MINE)
        if number < 6:
            link(county, mine, main)
        else:
            tell_apart(actor=county.dispatcher, case_id=mine.pk, now=now())
    count_suggestions("410523", now())
    page = signed_in(county.supervisor).get("/hotline/scorecard/accuracy/").content.decode()
    assert "<dt>重复诉求</dt><dd><b>75%</b>" in page and "8 件" in page


def test_who_says_that_none_is_the_same_sees_which_were_suggested():
    county = County()
    other, mine = county.submit(now(), **OTHER), county.submit(now(), **MINE)
    page = signed_in(county.dispatcher).get(f"/hotline/cases/{mine.pk}/apart/").content.decode()
    assert f'href="/hotline/cases/{other.pk}/"' in page and OTHER["title"] in page
