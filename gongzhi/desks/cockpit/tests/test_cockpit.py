"""态势: who sees the figures of which area, what stands first, what is not shown, and that pages cost little."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.desks.cockpit.looking import area_of, period_of
from gongzhi.desks.cockpit.views import waits_longer
from gongzhi.desks.official.tests.test_inbox import signed_in
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.insight.statistics.counting import count_day
from gongzhi.insight.statistics.measures import NOTHING
from gongzhi.insight.statistics.models import COUNTS, DailyCount
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db


def counted(region_code, urban="rural", **counts):
    day = timezone.localdate() - timedelta(days=2)
    DailyCount.objects.create(
        day=day,
        region_code=region_code,
        urban=urban,
        domain="hotline",
        **{**dict.fromkeys(COUNTS, 0), **counts},
    )


def page_of(actor, address="/cockpit/"):
    answer = signed_in(Client(), actor).get(address)
    assert answer.status_code == 200, address
    return answer


def test_one_sees_ones_own_area_and_what_lies_in_it():
    county = County()
    for code in ("41", "4105", "4106"):
        a_region(code)
    city = an_official(Role.SUPERVISOR, county.centre, region_code="4105")
    counted("410523", opened=50)
    counted("410602", opened=7_000)

    assert "7,050" not in page_of(city).content.decode()
    assert area_of(city, "410523").region_code == "410523"
    for asked in ("41", "4106", "410602", "41x", "4105ab", "4105٣٣", "4105/.", "9" * 40):
        assert area_of(city, asked).region_code == "4105"
    assert page_of(city, "/cockpit/?area=4106").context["area"].region_code == "4105"
    figures = {one.measure.key: one.value for one in page_of(city).context["figures"]}
    assert figures["received"] == "50"


def test_units_have_no_figures_of_the_area():
    county = County()
    for actor in (county.handler, county.head):
        assert signed_in(Client(), actor).get("/cockpit/").status_code == 403
    assert Client().get("/cockpit/").status_code == 302


def test_who_waits_longer_is_said_first():
    town = {**NOTHING, "answered": 10, "hours": 480}
    country = {**NOTHING, "answered": 10, "hours": 960}

    def said(town, country, **others):
        return waits_longer({"urban": town, "rural": country, **others})

    assert said(town, country).startswith("乡村等得更久：答复平均 4.0 天，城镇 2.0 天")
    assert said(country, town).startswith("城镇等得更久")
    assert "相同" in said(town, town)
    assert "不能比较" in said(town, {**NOTHING, "answered": 4, "hours": 960})
    assert "不能比较" in said(town, country, mixed={**NOTHING, "answered": 3, "hours": 72}), (
        "found by subtraction"
    )


def test_small_counts_are_not_shown_and_cannot_be_found_by_subtraction():
    county = County()
    a_region("41")
    province = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    for code, number in (("410523", 3), ("410522", 20), ("410526", 300), ("410602", 9)):
        a_region(code) if code != "410523" else None
        counted(code, opened=number)
    lines = {line.code: line.cells[0] for line in page_of(province).context["lines"]}
    assert lines == {"410523": "不显示", "410522": "不显示", "410526": "300", "410602": "9"}
    for code, value in (("410522", "不显示"), ("410526", "300"), ("4105", "323")):
        page = page_of(province, f"/cockpit/?area={code}").context
        assert page["figures"][0].value == value
        assert bool(page["kinds"]) == (value != "不显示")


def test_neither_chart_nor_bars_nor_changes_tell_what_is_hidden():
    county = County()
    a_region("41")
    province = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    counted("410523", opened=2, closed=1, grade_5=19, grade_1=1)
    page = page_of(province).context
    assert page["inflow"] == "" and page["ratings"] == ""
    before = timezone.localdate() - timedelta(days=40)
    DailyCount.objects.create(
        day=before,
        region_code="410523",
        urban="rural",
        domain="hotline",
        **{**dict.fromkeys(COUNTS, 0), "opened": 3},
    )
    counted("410523", urban="urban", opened=30)
    assert page_of(province).context["figures"][0].change == ""


def test_the_period_and_the_measure_are_those_of_the_address():
    county = County()
    today = timezone.localdate()
    assert period_of("7", today)[1].days == [today - timedelta(days=number) for number in range(7, 0, -1)]
    assert period_of("x", today)[0] == "30"
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    for address in ("/cockpit/?period=365&measure=days", "/cockpit/?period=x&measure=y&area=z"):
        page_of(supervisor, address)


def test_from_a_county_one_goes_on_to_its_latest_matters():
    county = County()
    county.submit(timezone.now(), title="村口路灯坏了")
    client = signed_in(Client(), an_official(Role.SUPERVISOR, county.centre, region_code="4105"))
    page = client.get("/cockpit/?area=410523").content.decode()
    name = county.region.name
    assert f'href="/desk/search/?q={quote(name)}"' in page
    assert "村口路灯坏了" in client.get("/desk/search/", {"q": name}).content.decode()
    assert "看最近的事项" not in client.get("/cockpit/").content.decode()


def test_the_brief_tells_the_same_on_a_sheet():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    counted("410523", opened=61, answered=60, on_time=57, hours=2_400)
    page = page_of(supervisor, "/cockpit/brief/?period=7").content.decode()
    for words in ("社会治理简报", "95.0", "1.7", "较上期", "在告诉群众的期限内答复的"):
        assert words in page
    assert signed_in(Client(), county.handler).get("/cockpit/brief/").status_code == 403


def test_a_page_asks_the_same_few_questions_however_much_there_is():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    client = signed_in(Client(), supervisor)
    client.get("/cockpit/")
    with CaptureQueriesContext(connection) as few:
        client.get("/cockpit/")
    for number in range(60):
        counted(f"4105{number:02d}", opened=number, answered=number, hours=number * 10)
    county.submit(timezone.now() - timedelta(days=1))
    count_day(timezone.localdate() - timedelta(days=1), timezone.now())
    client.get("/cockpit/")
    with CaptureQueriesContext(connection) as many:
        client.get("/cockpit/")
    assert len(many) == len(few)
