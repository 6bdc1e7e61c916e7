"""The page of how often suggestions were chosen: who may open it, what it counts, what it hides, and when it warns."""

from datetime import timedelta

import pytest

from gongzhi.domains.hotline.tests.factories import County
from gongzhi.domains.hotline.tests.test_official_pages import now
from gongzhi.insight.triage import accuracy
from gongzhi.insight.triage.accuracy import count_suggestions
from gongzhi.insight.triage.models import Suggestion, SuggestionCount
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/hotline/scorecard/accuracy/"


def suggested(county, number, right, *, kind="category", when=None, **more):
    """So many dispatched requests with a suggestion, the first *right* of them chosen."""
    for place in range(number):
        request = county.submit(now())
        Case.objects.filter(pk=request.pk).update(unit=county.bureau)
        good, bad = ("a.b.c", "x.y.z") if kind == "category" else (str(county.bureau.pk), "0")
        chosen = county.lamps.key if kind == "category" else str(county.bureau.pk)
        Suggestion.objects.create(
            **{
                "case_id": request.pk,
                "region_code": county.place.code,
                "kind": kind,
                "suggested": (county.lamps.key if kind == "category" else good) if place < right else bad,
                "chosen": chosen,
                "chosen_at": when or now(),
                **more,
            }
        )


def page_of(actor):
    for code in ("410523", "410104"):
        count_suggestions(code, now())
    return signed_in(actor).get(PAGE)


def test_who_supervises_sees_the_region_and_a_head_their_unit_and_others_nothing():
    county, elsewhere = County(), County("410104")
    suggested(county, 8, 6)
    suggested(elsewhere, 6, 0)
    for actor in (county.supervisor, county.head):
        page = page_of(actor).content.decode()
        assert "75%" in page and "8 件" in page
    assert page_of(county.handler).status_code == 403
    assert page_of(county.dispatcher).status_code == 403
    assert "0%" in page_of(elsewhere.head).content.decode()


def test_city_and_province_are_added_up_and_counted_again_they_stay_the_same():
    county, neighbour, elsewhere = County(), County("410526"), County("410104")
    for place, number in ((county, 8), (neighbour, 6), (elsewhere, 6)):
        suggested(place, number, number)
    for code in ("410523", "410526", "410104", "410523"):
        count_suggestions(code, now())
    for region, shown in (("4105", "14 件"), ("41", "20 件")):
        page = page_of(an_official(Role.SUPERVISOR, county.centre, region_code=region)).content.decode()
        assert shown in page


def test_few_are_not_told_of_nor_found_by_subtracting():
    county = County()
    suggested(county, 6, 6)
    suggested(county, 2, 0, chosen="gone.other.kind")
    page = page_of(county.supervisor).content.decode()
    rows = accuracy.by_column(
        SuggestionCount.objects.filter(region_code="410523", kind="category"), SuggestionCount.By.CHOSEN
    )
    assert [row.tally for row in rows] == [None, None]
    assert "&lt;5" in page


def test_a_complaint_about_somebody_is_not_counted():
    county = County()
    suggested(county, 6, 6)
    Case.objects.update(against_unit=county.other)
    assert "100%" not in page_of(county.supervisor).content.decode()


def test_it_warns_when_suggestions_have_become_worse(monkeypatch):
    monkeypatch.setattr(accuracy, "FEWEST", 8)
    county = County()
    suggested(county, 9, 9, when=now() - timedelta(days=60))
    page = page_of(county.supervisor).content.decode()
    assert "明显低于" not in page
    suggested(county, 9, 1)
    assert "明显低于" in page_of(county.supervisor).content.decode()


def test_points_sent_all_the_same_and_frequent_reasons_are_counted():
    county = County()
    sent = {"kind": "reply", "suggested": "no_basis no_date", "chosen": "sent", "reason": "已当面答复"}
    suggested(county, 5, 0, **sent)
    page = page_of(county.supervisor).content.decode()
    assert "没有写依据或核实情况" in page and "已当面答复" in page
    assert "现在没有启用模型" in page


def test_before_there_are_figures_it_says_why_and_from_when():
    county = County()
    page = page_of(county.supervisor).content.decode()
    assert "还没有数字" in page and "按事项类别" not in page
    suggested(county, 8, 6)
    page = page_of(county.supervisor).content.decode()
    assert "还没有数字" not in page and "按事项类别" in page
