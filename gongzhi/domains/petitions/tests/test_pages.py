"""The pages of officials: who complains of the township is never seen there; a contact is shown once and written down."""

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.domains.petitions.models import Opinion
from gongzhi.domains.petitions.queries.letters import letters_of
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.domains.petitions.tests.factories import County, a_key
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db
MARKS = ("桂花鹤", "松柏鹤")


def test_a_complaint_about_the_township_is_seen_in_no_page_of_the_township():
    county, now = County(), timezone.now()
    office = signed_in(county.dispatcher)
    case = county.submit(now, title="桂花鹤标题", demand="松柏鹤请求", complained_of="城关镇政府")
    before = office.get(f"/petitions/cases/{case.pk}/").content.decode()
    assert all(mark in before for mark in MARKS), "the office reads it"
    named = {"key": a_key(), "against_unit_id": county.township.pk}
    assert office.post(f"/petitions/cases/{case.pk}/do/name/", named).status_code == 303
    form = office.get(f"/petitions/cases/{case.pk}/do/forward/").content.decode()
    assert county.bureau.name in form
    assert not any(unit.name in form for unit in (county.township, county.station))

    county.do("forward_petition", case, now, county.dispatcher, unit_id=county.bureau.pk)
    hand_on_due(now)
    roles = (Role.HANDLER, Role.HEAD, Role.DISPATCHER, Role.SUPERVISOR, Role.AUDITOR)
    for official in [an_official(role, unit) for role in roles for unit in (county.township, county.station)]:
        client = signed_in(official)
        for address in (
            *(
                "/desk/",
                "/desk/done/",
                "/desk/search/?q=标题",
                f"/desk/search/?q={case.number}",
                "/desk/audit/",
            ),
            *(
                f"/petitions/cases/{case.pk}/",
                f"/petitions/cases/{case.pk}/do/forward/",
                "/petitions/yearly/",
            ),
        ):
            body = client.get(address).content.decode()
            assert not any(mark in body for mark in MARKS), (official.role, address)


def test_the_contact_is_shown_once_for_a_purpose_and_the_person_reads_of_it():
    county, now = County(), timezone.now()
    case = county.handling(now)
    handler = signed_in(county.handler)
    assert "13800001111" not in handler.get(f"/petitions/cases/{case.pk}/").content.decode()

    shown = handler.post(f"/petitions/cases/{case.pk}/reveal/", {"purpose": "hear", "reason": "听取陈述"})
    assert "13800001111" in shown.content.decode()
    assert Look.objects.get().purpose == "petitions.hear"


def test_who_it_was_is_offered_no_more_once_the_matter_is_closed():
    county, now = County(), timezone.now()
    case = county.handling(now)
    handler, address = signed_in(county.handler), f"/petitions/cases/{case.pk}/"
    assert "/reveal/" in handler.get(address).content.decode()
    county.do("withdraw_petition", case, now, county.asker(case))
    page = handler.get(address).content.decode()
    assert "/reveal/" not in page, "it would be refused"
    assert "138****1111" in page


def test_who_is_sealed_is_not_shown_to_the_unit_and_cannot_be_asked_for():
    county, now = County(), timezone.now()
    case = county.handling(now, confidential=True)
    handler = signed_in(county.handler)
    page = handler.get(f"/petitions/cases/{case.pk}/").content.decode()
    assert "保密" in page
    assert "/reveal/" not in page
    asked = handler.post(f"/petitions/cases/{case.pk}/reveal/", {"purpose": "hear", "reason": "听取陈述"})
    assert "13800001111" not in asked.content.decode()
    assert not Look.objects.exists()


def test_neither_place_nor_name_of_who_is_sealed_stands_in_what_the_unit_reads_and_prints():
    county, now = County(), timezone.now()
    Region.objects.filter(pk=county.place.pk).update(name="北关鹤村")
    case = county.issued(now, confidential=True, place="三组鹤家门口")
    handler, office = signed_in(county.handler), signed_in(county.dispatcher)
    for address in ("", "opinion/", "do/serve/"):
        page = handler.get(f"/petitions/cases/{case.pk}/{address}").content.decode()
        assert "一亩二分地" in page
        assert not any(words in page for words in ("北关鹤村", "三组鹤家门口", "赵"))
    shown = office.get(f"/petitions/cases/{case.pk}/").content.decode()
    assert all(words in shown for words in ("北关鹤村", "三组鹤家门口", "赵**"))
    letters = letters_of(matter_for(county.handler, case.pk))
    assert {one.key for one in letters} == {"acceptance", "opinion"}
    assert {one.to for one in letters} == {""}
    assert {one.to for one in letters_of(matter_for(county.handler, county.issued(now).pk))} == {"赵**"}


def test_reading_a_petition_beside_a_form_is_a_look_as_on_its_page():
    county = County()
    case = county.handling(timezone.now())
    page = signed_in(county.handler).get(f"/petitions/cases/{case.pk}/do/draft_opinion/").content.decode()
    assert "一亩二分地" in page
    looks = Entry.objects.filter(case_id=case.pk, action="case.read", account_id=county.handler.account_id)
    assert looks.exists()


def test_whoever_holds_an_opinion_learns_that_it_was_issued_and_nothing_more():
    county, now = County(), timezone.now()
    case, draft = county.issued(now), county.drafted(now)
    opinion = Opinion.objects.get(pk=case.pk)
    asked = {"number": opinion.number, "code": opinion.code.lower()}

    page = Client().get("/petitions/verify/", asked).content.decode()
    assert "是真的" in page
    assert county.bureau.name in page
    assert "补偿款" not in page
    for wrong in (
        {"code": "234567892345"},
        {"number": "信处〔2026〕1号"},
        {"code": "", "number": draft.number},
    ):
        assert "是真的" not in Client().get("/petitions/verify/", {**asked, **wrong}).content.decode()


def test_who_asks_for_a_review_follows_it_in_the_same_browser():
    county, now = County(), timezone.now()
    case = county.served(now)
    client = shown_code(case)
    asked = client.post(f"/petitions/{case.pk}/review/", {"key": a_key(), "note": "面积量错了。"})
    review = Case.objects.get(handed_from=case)

    page = client.get(asked.headers["Location"]).content.decode()
    assert f'href="/petitions/{review.pk}/"' in page
    assert "三十日内提出书面复查意见" in client.get(f"/petitions/{review.pk}/").content.decode()
    assert Client().get(f"/petitions/{review.pk}/").headers["Location"] == "/track/"


@pytest.mark.parametrize(
    ("kind", "offered", "not_offered"),
    [
        ("appeal", {"forward", "assign", "divert"}, {"pass_accusation"}),
        ("accusation", {"pass_accusation"}, {"forward", "assign", "divert", "hand_to_hotline"}),
        ("suggestion", {"forward", "assign"}, {"pass_accusation", "divert"}),
    ],
)
def test_the_office_is_offered_the_steps_that_fit_the_class(kind, offered, not_offered):
    county = County()
    case = county.submit(timezone.now(), kind=kind)
    page = signed_in(county.dispatcher).get(f"/petitions/cases/{case.pk}/")
    found = {move.key for move in page.context["moves"]}
    assert offered <= found
    assert not not_offered & found


def test_the_office_is_shown_other_open_petitions_of_the_same_person():
    county, now = County(), timezone.now()
    live, second = county.handling(now), county.submit(now)
    page = signed_in(county.dispatcher).get(f"/petitions/cases/{second.pk}/").content.decode()
    assert live.number in page
    assert Case.objects.filter(handed_from=live).count() == 0
