"""A sheet filled in by hand is typed in once: its QR opens the entry page with its number, whoever scans it."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.base.paperforms import read_form_number, shown_form_number
from gongzhi.domains.petitions.models import Petition
from gongzhi.domains.petitions.queries.letters import letter_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.queries.posting import petitions_to_post, unposted
from gongzhi.domains.petitions.services import note_posted
from gongzhi.domains.petitions.tests.factories import County, a_key
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import signed_in

pytestmark = pytest.mark.django_db


def a_sheet(region="410523100201"):
    """What stands on a sheet that was just printed: its number, and where its QR leads."""
    page = Client().get(f"/petitions/form/?region={region}")
    shown = re.search(r"([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})", page.content.decode())
    return shown[1], page.context["entry_url"]


def typed(county, number, **more):
    return {
        "key": a_key(),
        "channel": "letter",
        "name": "赵大爷",
        "phone": "13800001111",
        "people": "1",
        "kind": "appeal",
        "title": "补偿款",
        "demand": "请补发补偿款。",
        "region-county": county.region.code,
        "privacy": "ordinary",
        "read_back": "on",
        "form_number": number,
        **more,
    }


def on_paper(county, now):
    """An accepted petition of somebody without a phone."""
    sent = typed(county, "", phone="", address="演示县城关镇北关村三组12号")
    signed_in(county.reception).post("/petitions/reception/", sent)
    case = Case.objects.latest("pk")
    county.do("forward_petition", case, now, county.dispatcher, unit_id=county.bureau.pk)
    return county.do("accept_petition", case, now, county.handler)


def test_the_code_on_the_sheet_opens_the_entry_page_with_number_and_place():
    county = County()
    shown, address = a_sheet()
    asked = parse_qs(urlparse(address).query)
    assert (shown_form_number(asked["form"][0]), asked["region"]) == (shown, ["410523100201"])
    clerk = an_official(Role.HANDLER, county.station)
    page = unescape(signed_in(clerk).get(address).content.decode())
    assert asked["form"][0] in page
    assert a_sheet()[0] != shown, "no two sheets bear the same number"


def test_a_sheet_is_taken_once_whoever_types_it_in_and_goes_to_the_petition_office():
    county = County()
    shown, _ = a_sheet()
    clerk, other = (signed_in(an_official(Role.HANDLER, county.station)) for _ in range(2))
    assert clerk.post("/petitions/reception/", typed(county, shown)).status_code == 303
    petition = Petition.objects.select_related("case").get()
    assert petition.form_number == read_form_number(shown)
    assert (petition.case.unit_id, petition.case.flags) == (None, []), "not put to the unit of the clerk"

    again = clerk.post("/petitions/reception/", typed(county, shown.lower()))
    assert again.headers["Location"] == f"/petitions/reception/{petition.pk}/"
    taken = clerk.get(again.headers["Location"]).content.decode()
    assert re.search(r"转送或交办：\d{4}年\d+月\d+日前转给有权处理的单位（.*第二十二条", taken)
    for client, more in ((other, {}), (clerk, {"demand": "请补发两年的补偿款。"})):
        refused = client.post("/petitions/reception/", typed(county, shown, **more))
        assert refused.status_code == 422
        assert "已经录入过" in refused.content.decode()
    assert Case.objects.count() == 1


def test_the_field_chosen_at_the_reception_narrows_lists():
    county = County()
    broad = MatterCategory.objects.create(
        key="agriculture", label="农业农村", label_en="Agriculture", level=1
    )
    forget_everything()
    sent = typed(county, "", category="agriculture")
    assert signed_in(county.reception).post("/petitions/reception/", sent).status_code == 303
    assert Case.objects.get().category_id == broad.pk


def test_a_number_copied_wrongly_is_told():
    county = County()
    wrong = "2222-2222-2229"
    answer = signed_in(county.reception).post("/petitions/reception/", typed(county, wrong))
    assert answer.status_code == 422
    assert "登记表编号不对" in answer.content.decode()
    assert not Petition.objects.exists()


def test_who_has_no_phone_and_complains_of_the_office_is_answered_on_paper_by_the_level_above():
    county = County()
    an_official(Role.DISPATCHER, county.city, region_code=county.region.code[:4])
    sent = typed(county, "", phone="", address="演示县城关镇北关村三组12号", complained_of=county.office.name)
    page = signed_in(county.reception).post("/petitions/reception/", {**sent, "key": a_key()}, follow=True)
    assert Petition.objects.get().case.against_unit_id == county.office.pk
    assert "由上一级办理，告知书和答复也由他们寄给信访人" in page.content.decode()


def test_who_has_no_phone_petitions_with_an_address_and_each_notice_waits_to_be_posted():
    county, key = County(), a_key()
    reception, address = signed_in(county.reception), "演示县城关镇北关村三组12号"
    left = {"phone": "", "address": address, "key": key}
    both = reception.post("/petitions/reception/", typed(county, "", address=address))
    neither = reception.post("/petitions/reception/", typed(county, "", phone=""))
    assert (both.status_code, neither.status_code) == (422, 422)
    for _ in range(2):
        taken = reception.post("/petitions/reception/", typed(county, "", **left))
        assert taken.status_code == 303
    shown = reception.get(taken.headers["Location"]).content.decode()
    assert "信访人没有电话" in shown
    assert "查询码" not in shown.partition("<main")[2], "it would open nothing"
    petition = Petition.objects.select_related("case__opened_by").get()
    assert (petition.by_post, petition.case.opened_by.phone_tail) == (True, "")
    assert Person.objects.count() == 1, "written down once"

    now = timezone.now()
    county.do("forward_petition", petition.case, now, county.dispatcher, unit_id=county.bureau.pk)
    assert petitions_to_post(county.handler) == []
    county.do("accept_petition", petition.case, now, county.handler)
    assert [one.pk for one in petitions_to_post(county.handler)] == [petition.pk]
    assert [one.pk for one in petitions_to_post(county.dispatcher)] == [petition.pk]
    note_posted(actor=county.handler, case_id=petition.pk, now=now + timedelta(hours=1))
    later = now + timedelta(days=3)
    county.do("extend_petition", petition.case, later, county.head, note="要重新丈量。")
    (waiting,) = petitions_to_post(county.handler)
    assert [one.key for one in unposted(waiting)] == ["extension"], (
        "what went out before does not go out again"
    )
    handler = signed_in(county.handler)
    link = re.search(
        r'href="(/petitions/[^"]*posted/\?printed=[^"]+)"', handler.get("/petitions/post/").content.decode()
    )
    assert link is not None
    refused = handler.post(unescape(link[1]), {"key": a_key()})
    assert "又有新的答复或告知书" in refused.content.decode(), "written after the list was opened"
    with pytest.raises(NotPossible, match="又有新的"):
        note_posted(
            actor=county.handler, case_id=petition.pk, now=later, printed=later - timedelta(minutes=1)
        )
    note_posted(actor=county.handler, case_id=petition.pk, now=later, printed=later)
    assert petitions_to_post(county.handler) == []
    by_phone = county.handling(now)
    with pytest.raises(NotPossible, match="留了电话"):
        note_posted(actor=county.handler, case_id=by_phone.pk, now=later)


def test_notices_about_a_confidential_petition_are_posted_by_who_may_know_the_petitioner():
    county, now = County(), timezone.now()
    sent = typed(county, "", phone="", address="演示县城关镇北关村三组12号", privacy="confidential")
    signed_in(county.reception).post("/petitions/reception/", sent)
    case = Case.objects.get()
    county.do("forward_petition", case, now, county.dispatcher, unit_id=county.bureau.pk)
    county.do("accept_petition", case, now, county.handler)
    assert petitions_to_post(county.handler) == []
    assert [one.pk for one in petitions_to_post(county.dispatcher)] == [case.pk]
    with pytest.raises(NotPossible, match="保密"):
        note_posted(actor=county.handler, case_id=case.pk, now=now)


def test_two_notices_of_one_kind_are_both_found_and_a_longer_list_asks_no_more(django_assert_max_num_queries):
    county, now = County(), timezone.now()
    case = on_paper(county, now)
    county.do("name_complained_of", case, now, county.dispatcher, against_unit_id=county.bureau.pk)
    county.do("forward_petition", case, now, county.dispatcher, unit_id=county.other.pk)
    handler, _head = county.staff(county.other)
    county.do("accept_petition", case, now + timedelta(days=2), handler)
    office = signed_in(county.dispatcher)
    with CaptureQueriesContext(connection) as asked:
        page = office.get("/petitions/post/").content.decode()
    enough = len(asked)
    links = re.findall(rf'href="(/petitions/cases/{case.pk}/letters/[^"?]+)"', page)
    assert [link.split("/")[-3] for link in links] == ["acceptance", "acceptance-2"]
    found = matter_for(county.dispatcher, case.pk)
    written = [letter_of(found, key) for key in ("acceptance", "acceptance-2")]
    assert [one.unit for one in written] == [county.bureau.name, county.other.name]
    assert written[0].parts != written[1].parts, "each names its own last day"
    assert all(office.get(link).status_code == 200 for link in links)
    for _ in range(3):
        on_paper(county, now)
    with django_assert_max_num_queries(enough):
        assert office.get("/petitions/post/").content.decode().count("acceptance/pdf/") > len(links)
