"""态势: who sees the figures of which area, what stands first, what is not shown, and that pages cost little."""

import io
from datetime import timedelta
from urllib.parse import quote

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.desks.cockpit.cells import Cell
from gongzhi.desks.cockpit.drawn import parts_of_days
from gongzhi.desks.cockpit.figures_shown import waits_longer
from gongzhi.desks.cockpit.looking import area_of, period_of
from gongzhi.desks.cockpit.views import Cockpit, Line
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.insight.statistics.counting import add_up, count_day
from gongzhi.insight.statistics.measures import BY_KEY, MEASURES, NOTHING
from gongzhi.insight.statistics.models import COUNTS, OPEN_COUNTS, DailyCount, OpenCount, TownshipCount
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def counted(region_code, urban="rural", days_ago=2, **counts):
    day = timezone.localdate() - timedelta(days=days_ago)
    DailyCount.objects.create(
        day=day,
        region_code=region_code,
        urban=urban,
        domain="hotline",
        **{**dict.fromkeys(COUNTS, 0), **counts},
    )
    add_up(day)


def page_of(actor, address="/cockpit/"):
    answer = signed_in(actor).get(address)
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
    figures = {one.measure.key: str(one.value) for one in page_of(city).context["found"].figures}
    assert figures["received"] == "50"


def test_units_have_no_figures_of_the_area():
    county = County()
    for actor in (county.handler, county.head):
        assert signed_in(actor).get("/cockpit/").status_code == 403
    assert Client().get("/cockpit/").status_code == 302


def test_a_leader_sees_the_figures_of_the_area_and_no_matter_behind_them():
    county = County()
    for number in range(6):
        county.submit(timezone.now() - timedelta(days=1), phone=f"1380000111{number}", title=f"路灯 {number}")
    case = county.submit(timezone.now(), title="路灯 7")
    count_day(timezone.localdate() - timedelta(days=1), timezone.now())
    leader = an_official(Role.LEADER, county.centre, region_code="410523")

    page = page_of(leader).content.decode()
    assert 'href="/cockpit/"' in page
    assert not any(address in page for address in ("/cockpit/list/", 'href="/desk/"', "/desk/search/?q="))
    assert page_of(leader, "/hotline/scorecard/").status_code == 200
    client = signed_in(leader)
    assert client.get("/cockpit/list/?of=received").status_code == 403
    assert client.get(f"/hotline/cases/{case.pk}/").status_code == 422
    services.dispatch_request(
        actor=county.dispatcher, case_id=case.pk, unit_id=county.bureau.pk, now=timezone.now(), key=a_key()
    )
    hand_on_due(timezone.now())
    colleague = signed_in(an_official(Role.LEADER, county.bureau, region_code="410523"))
    assert "路灯 7" in signed_in(county.handler).get("/desk/notices/").content.decode()
    assert "路灯 7" not in colleague.get("/desk/notices/").content.decode()
    for address in ("/desk/", "/desk/search/?q=路灯", f"/desk/search/?q={case.case.number}"):
        assert "路灯 7" not in client.get(address).content.decode(), address


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
    lines = {line.code: str(line.cells[0]) for line in page_of(province).context["lines"]}
    assert lines == {"410523": "不显示", "410522": "不显示", "410526": "300", "410602": "9"}
    for code, value in (("410522", "不显示"), ("410526", "300"), ("4105", "323")):
        found = page_of(province, f"/cockpit/?area={code}").context["found"]
        assert str(found.figures[0].value) == value
        assert bool(found.kinds) == (value != "不显示")


def test_neither_chart_nor_bars_nor_changes_tell_what_is_hidden():
    county = County()
    a_region("41")
    province = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    counted("410523", opened=2, closed=1, grade_5=19, grade_1=1)
    page = page_of(province).context
    assert page["inflow"] == "" and page["ratings"] == ""
    counted("410523", days_ago=40, opened=3)
    counted("410523", urban="urban", opened=30)
    assert page_of(province).context["found"].figures[0].change == ""


@pytest.mark.parametrize(("before_the_weeks", "drawn"), [((0, 0), 4), ((2, 1), 0), ((4, 3), 4)])
def test_the_days_before_the_first_week_are_not_found_by_subtracting_the_weeks(before_the_weeks, drawn):
    period = period_of("30", timezone.localdate())[1]
    daily = [{**NOTHING, "opened": number} for number in (*before_the_weeks, *[1] * 28)]
    assert len(parts_of_days(period, daily)[1]) == drawn


def test_the_period_and_the_measure_are_those_of_the_address():
    county = County()
    today = timezone.localdate()
    assert period_of("7", today)[1].days == [today - timedelta(days=number) for number in range(7, 0, -1)]
    assert period_of("x", today)[0] == "30"
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    for address in ("/cockpit/?period=365&measure=days", "/cockpit/?period=x&measure=y&area=z"):
        page_of(supervisor, address)


def test_none_is_called_the_worst_where_all_stand_alike():
    measure = BY_KEY["on_time"]
    at = MEASURES.index(measure)

    def places(*shares):
        cells = [[Cell(0.0)] * at + [Cell(share)] for share in shares]
        return [Line(str(number), "", row, "/") for number, row in enumerate(cells)]

    assert Cockpit()._worst(places(100.0, 100.0), measure) == []
    assert [line.code for line, _cell in Cockpit()._worst(places(100.0, 90.0), measure)] == ["1", "0"]


def test_what_is_hidden_has_no_unit_and_a_curve_by_the_week_says_so():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre)
    for days in range(1, 29):
        counted("410523", days_ago=days, opened=2, closed=1)

    page = page_of(supervisor).content.decode()

    assert "每一点是从那天起的一周" in page and "不显示<small>" not in page
    assert "每一点是从那天起的一周" in page_of(supervisor, "/cockpit/brief/").content.decode()


def test_from_a_county_one_goes_on_to_its_latest_matters():
    county = County()
    county.submit(timezone.now(), title="村口路灯坏了")
    client = signed_in(an_official(Role.SUPERVISOR, county.centre, region_code="4105"))
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
    assert signed_in(county.handler).get("/cockpit/brief/").status_code == 403


def test_a_page_asks_the_same_few_questions_however_much_there_is():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    client = signed_in(supervisor)
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


def test_how_matters_ended_is_kept_apart_with_town_and_country():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    counted("410523", urban="urban", closed=40, solved=20, explained=10, rejected=10)
    counted("410523", urban="rural", closed=60, solved=30, explained=12, rejected=9)
    rows = page_of(supervisor).context["found"].results
    assert [(row.key, str(row.value), str(row.town), str(row.country)) for row in rows] == [
        ("ended_solved", "50", "20", "30"),
        ("ended_explained", "22", "10", "12"),
        ("ended_rejected", "19", "10", "9"),
        ("ended_otherwise", "9", "0", "9"),
    ]


def open_now(region_code, unit=None, urban="rural", **counts):
    OpenCount.objects.create(
        region_code=region_code,
        urban=urban,
        domain="hotline",
        unit=unit,
        **{**dict.fromkeys(OPEN_COUNTS, 0), **counts},
    )


def test_what_is_open_is_shown_by_age_and_by_the_units_that_are_late():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    open_now("410523100", county.bureau, days_3=30, days_more=12, late=12, supervised=7)
    open_now("410523100", county.other, urban="urban", days_3=20, days_more=9, late=9)
    found = page_of(supervisor).context["found"]
    assert [(one.measure.key, str(one.value), str(one.town)) for one in found.standing] == [
        ("open", "71", "29"),
        ("late", "21", "9"),
        ("supervised", "7", "0"),
    ]
    assert {row.key: str(row.value) for row in found.waited if row.value.value} == {
        "days_3": "50",
        "days_more": "21",
    }
    assert [(row.name, row.value.value) for row in found.units] == [
        (county.bureau.name, 12),
        (county.other.name, 9),
    ]


def test_a_unit_with_few_late_matters_is_not_named_nor_is_the_one_that_would_give_it_away():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    open_now("410523100", county.bureau, days_3=40, late=40)
    open_now("410523101", county.other, days_3=9, late=9)
    open_now("410523102", county.arbitration, days_3=2, late=2)
    page = page_of(supervisor)
    assert [row.name for row in page.context["found"].units] == [county.bureau.name]
    assert page.context["found"].other_units == 2
    assert county.other.name not in page.content.decode()


def test_what_a_list_leaves_out_of_a_township_its_page_leaves_out_too():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    day = timezone.localdate() - timedelta(days=2)
    counted("410523", opened=132)
    for code, number in (("410523100", 3), ("410523101", 9), ("410523102", 120)):
        a_region(code)
        TownshipCount.objects.create(
            day=day,
            region_code=code,
            urban="rural",
            domain="hotline",
            **{**dict.fromkeys(COUNTS, 0), "opened": number},
        )
    lines = {
        line.code: str(line.cells[0])
        for line in page_of(supervisor, "/cockpit/?area=410523").context["lines"]
    }
    assert lines == {"410523100": "不显示", "410523101": "不显示", "410523102": "120"}
    for code, shown in lines.items():
        found = page_of(supervisor, f"/cockpit/?area={code}").context["found"]
        assert str(found.figures[0].value) == shown
    assert page_of(supervisor, "/cockpit/?area=410523102").context["up"][1].endswith("area=410523")


def test_from_a_figure_one_goes_on_to_the_matters_behind_it_within_ones_reach():
    county = County()
    for number in range(6):
        county.submit(timezone.now() - timedelta(days=1), phone=f"1380000111{number}", title=f"路灯 {number}")
    secret = county.submit(
        timezone.now() - timedelta(days=1), phone="13800002220", title="保密的事", confidential=True
    )
    count_day(timezone.localdate() - timedelta(days=1), timezone.now())
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    page = page_of(supervisor).content.decode()
    assert 'href="/cockpit/list/?period=30&amp;of=received"' in page
    listed = page_of(supervisor, "/cockpit/list/?of=received").content.decode()
    assert all(f"路灯 {number}" in listed for number in range(6)) and "保密的事" in listed
    auditor = an_official(Role.AUDITOR, county.centre, region_code="410523")
    assert "路灯 1" in page_of(auditor, "/cockpit/list/?of=received").content.decode()
    administrator = an_official(Role.ADMINISTRATOR, county.centre, region_code="410523")
    client = signed_in(administrator)
    assert "/cockpit/list/" not in client.get("/cockpit/").content.decode()
    assert client.get("/cockpit/list/?of=received").status_code == 403
    elsewhere = an_official(Role.SUPERVISOR, county.centre, region_code="410522")
    assert "路灯" not in page_of(elsewhere, "/cockpit/list/?of=received&area=410523").content.decode()
    assert secret.case.sealed


def test_a_list_is_of_one_county_and_of_a_known_figure():
    county = County()
    province = signed_in(an_official(Role.SUPERVISOR, county.centre, region_code="41"))
    assert province.get("/cockpit/list/?of=open").status_code == 403
    assert province.get("/cockpit/list/?of=open&area=410523").status_code == 200
    assert province.get("/cockpit/list/?of=x&area=410523").status_code in {404, 422}
    for odd in ("unit=x", "unit=99999999999999999999", "category=٣", "after=-1"):
        assert province.get(f"/cockpit/list/?of=open&area=410523&{odd}").status_code == 200, odd


def test_the_wall_shows_the_same_without_navigation_and_comes_anew_by_itself():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    counted("410523", opened=61)
    wall = page_of(supervisor, "/cockpit/?theme=wall&period=7").content.decode()
    assert 'http-equiv="refresh"' in wall and 'data-theme="dark"' in wall and "61" in wall
    assert "<nav" not in wall and "/cockpit/list/" not in wall
    assert 'http-equiv="refresh"' not in page_of(supervisor).content.decode()
    assert (
        'http-equiv="refresh"' not in page_of(supervisor, "/cockpit/?theme=wall&renew=off").content.decode()
    )


def test_the_tables_and_the_file_tell_the_same_and_hide_the_same():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    counted("410523", opened=61, closed=3)
    page = page_of(supervisor, "/cockpit/table/")
    cells = dict(page.context["tables"][0].rows)
    assert str(cells["受理诉求（件）"][0]) == "61" and str(cells["办结（件）"][0]) == "不显示"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(page_of(supervisor, "/cockpit/table.xlsx"))))
    rows = {row[0]: row[1] for row in book["主要指标"].iter_rows(values_only=True)}
    assert rows["受理诉求（件）"] == 61 and rows["办结（件）"] == "不显示"
    assert signed_in(county.handler).get("/cockpit/table.xlsx").status_code == 403


def test_machines_get_the_same_figures_in_the_session_of_an_official():
    county = County()
    counted("410523", opened=61, closed=3)
    client = signed_in(an_official(Role.SUPERVISOR, county.centre, region_code="410523"))
    answer = client.get("/api/v1/cockpit/figures?period=7").json()
    measured = {one["key"]: one["whole"] for one in answer["measures"]}
    assert measured["received"] == {"value": 61, "hidden": False}
    assert measured["closed"] == {"value": None, "hidden": True}
    assert all(one["formula"] and one["source"] for one in answer["measures"])
    assert Client().get("/api/v1/cockpit/figures").status_code == 401
    assert client.get("/api/v1/cockpit/figures?area=410522").status_code == 403
    assert signed_in(county.handler).get("/api/v1/cockpit/figures").status_code == 403


def test_the_brief_is_a_pdf_too():
    county = County()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    counted("410523", opened=61, answered=60, on_time=57, hours=2_400)
    answer = page_of(supervisor, "/cockpit/brief.pdf?period=7")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer).startswith(b"%PDF-")
    assert "/cockpit/brief.pdf" in page_of(supervisor, "/cockpit/brief/").content.decode()
    assert signed_in(county.handler).get("/cockpit/brief.pdf").status_code == 403
