"""热点诉求 in the cockpit: what is gathered from requests, what never enters, who sees which, and the list behind a line."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongzhi.desks.cockpit.hot import in_bands
from gongzhi.domains.hotline.services.gathering import gather_county
from gongzhi.domains.hotline.tasks import gather_due
from gongzhi.domains.hotline.tests.factories import County
from gongzhi.insight.triage.models import GatheredCounty, HotIssue
from gongzhi.kernel.people.actor import SYSTEM, Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LAMPS = (
    (
        "槐荫路的路灯什么时候能修好",
        "槐荫路整条街的路灯都不亮，晚上放学的孩子只能摸黑走回家，打过电话没有人来。",
    ),
    ("槐荫路路灯坏了半个月没人管", "我住在槐荫路，路灯坏了以后老人摔倒过两次，请尽快派人维修路灯。"),
    ("槐荫路为什么没有路灯亮", "槐荫路一到晚上漆黑一片，路灯全是摆设，电动车和行人抢道，太危险了。"),
    ("反映槐荫路夜间路灯不亮的问题", "槐荫路东段二十多盏路灯没有一盏亮，商户只好自己拉灯。"),
    ("槐荫路路灯还是不亮", "上个月就说修槐荫路的路灯，到现在路灯一盏都没亮，下夜班不敢走。"),
    ("槐荫路晚上没有路灯", "槐荫路没有路灯，上晚自习的学生家长都很担心，请修路灯。"),
)
OTHERS = (
    ("咨询公租房申请条件", "单身在外地工作回来，收入不高，想知道公租房要带哪些材料。"),
    ("公交末班车太早", "医院晚班下班以后没有公交，末班车推迟到十点半就好了。"),
    ("新生儿落户手续", "孩子出生一个月，父母户口不在一处，应该落在哪边？"),
    ("菜市场积水严重", "一下雨北门菜市场就成了水塘，买菜要穿雨靴。"),
)


def written(county, texts=LAMPS, first=0, **more):
    """Somebody else writes each text, one a day."""
    return [
        county.submit(
            NOW - timedelta(days=days, hours=1),
            title=title,
            text=text,
            phone=f"1390000{first + days:04}",
            **more,
        )
        for days, (title, text) in enumerate(texts)
    ]


def gathered(county):
    gather_county(actor=SYSTEM, region_code=county.region.code, now=NOW)
    return list(HotIssue.objects.all())


def page_of(actor, address="/cockpit/"):
    return signed_in(actor).get(address)


def test_what_many_write_about_is_one_line_with_its_reasons_and_the_list_behind_it():
    county = County()
    lamps = written(county)
    written(county, OTHERS, first=50)
    (issue,) = gathered(county)
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")

    assert sorted(issue.cases) == sorted(one.pk for one in lamps)
    page = page_of(supervisor).content.decode()
    assert "槐荫路" in page and "5 至 9 人反映" in page and "6 天里都有人反映" in page
    assert "公租房" not in page
    wall = page_of(supervisor, "/cockpit/?theme=wall").content.decode()
    assert issue.title in wall and f"/cockpit/hot/{issue.pk}/" not in wall
    behind = page_of(supervisor, f"/cockpit/hot/{issue.pk}/?period=7").content.decode()
    assert all(one.case.number in behind for one in lamps)


def test_confidential_matters_complaints_and_what_few_wrote_never_enter():
    county = County()
    written(county, LAMPS[:4])
    written(county, LAMPS[4:5], first=10, confidential=True)
    written(county, LAMPS[4:5], first=20, complained_of="路灯所的老李")
    (named,) = written(county, LAMPS[5:], first=30)
    named.case.against_unit = county.bureau
    named.case.save(update_fields=["against_unit"])

    assert gathered(county) == []


def test_one_who_writes_often_makes_no_hot_issue():
    county = County()
    for days, (title, text) in enumerate(LAMPS):
        county.submit(NOW - timedelta(days=days), title=title, text=text)

    assert gathered(county) == []


def test_another_county_is_not_shown_and_its_list_is_not_opened():
    here, there = County(), County("410526")
    written(there)
    (issue,) = gathered(there)
    supervisor = an_official(Role.SUPERVISOR, here.centre, region_code="410523")
    city = an_official(Role.SUPERVISOR, here.centre, region_code="4105")

    assert issue.title not in page_of(supervisor).content.decode()
    assert issue.title not in page_of(supervisor, f"/cockpit/hot/{issue.pk}/").content.decode()
    assert issue.title in page_of(city).content.decode()
    assert page_of(here.handler, f"/cockpit/hot/{issue.pk}/").status_code == 403


def test_a_county_is_gathered_once_an_hour_and_old_issues_go():
    county = County()
    written(county)
    assert gather_due(NOW) == 1
    assert HotIssue.objects.count() == 1
    assert gather_due(NOW + timedelta(minutes=59)) == 0
    assert gather_due(NOW + timedelta(days=60)) == 1
    assert HotIssue.objects.count() == 0
    assert GatheredCounty.objects.get().gathered_at == NOW + timedelta(days=60)


def test_with_suggestions_off_nothing_is_gathered_and_the_page_stays(settings):
    county = County()
    written(county)
    settings.TRIAGE_SUGGESTIONS = False
    assert gathered(county) == []
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    assert page_of(supervisor).status_code == 200


def test_a_title_gives_nobody_away():
    county = County()
    for days, (title, text) in enumerate(LAMPS):
        said = f"{title}，电话1381111222{days}"
        county.submit(NOW - timedelta(days=days), title=said, text=text, phone=f"1390000000{days}")
    (issue,) = gathered(county)
    assert "1381111222" not in issue.title


def test_the_places_of_an_issue_give_nobody_away():
    county = County()
    written(county, [(title, f"{text}打13811112222站里没人接。") for title, text in LAMPS])
    (issue,) = gathered(county)
    page = page_of(an_official(Role.SUPERVISOR, county.centre, region_code="410523")).content.decode()
    assert "槐荫路" in issue.sites
    assert not any("13811112222" in site for site in issue.sites)
    assert "13811112222" not in page


def test_people_are_told_in_bands():
    assert [in_bands(number) for number in (3, 5, 19, 99, 100, 731)] == [
        "不到 5 人",
        "5 至 9 人",
        "10 至 19 人",
        "50 至 99 人",
        "100 人以上",
        "100 人以上",
    ]
