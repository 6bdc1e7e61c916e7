"""Retaliation is said silently: the unit above reads and answers it, and no page, step or record of those below tells of it."""

from typing import Final

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.declined import Conflict, NotPossible
from gongzhi.domains.petitions.models import Openness, Protection
from gongzhi.domains.petitions.services.openness import publish_openness
from gongzhi.domains.petitions.services.protecting import answer_protection, ask_protection, protector_of
from gongzhi.domains.petitions.tests.factories import County, a_key
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import forget_everything
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.web.tests.browsers import shown_code, signed_in

pytestmark = pytest.mark.django_db
MARK = "桂花鹤威胁"
WORDS = f"昨晚有人到家里{MARK}，让我撤回。"


def say(client, case, words=WORDS, key=None):
    sent = {"key": key or a_key(), "words": words, "contact": "晚上打儿子的电话"}
    return client.post(f"/petitions/{case.pk}/protection/", sent)


def test_only_the_head_and_the_supervisor_of_the_unit_above_read_it():
    county, now = County(), timezone.now()
    case = county.handling(now)
    assert say(shown_code(case), case).status_code == 303
    made = Protection.objects.get()
    assert made.unit_id == county.city.pk, "the unit above the one that handles it"

    above = (county.city_head, an_official(Role.SUPERVISOR, county.city))
    for actor in above:
        assert MARK in signed_in(actor).get("/petitions/protections/").content.decode()
    below = (county.head, county.handler, county.dispatcher, county.supervisor, county.province_head)
    for actor in (*below, an_official(Role.AUDITOR, county.office), county.city_handler):
        client = signed_in(actor)
        for address in (
            f"/petitions/cases/{case.pk}/",
            "/petitions/protections/",
            f"/petitions/protections/{made.pk}/",
            "/desk/",
            "/desk/audit/",
            f"/desk/search/?q={case.number}",
        ):
            assert MARK not in client.get(address).content.decode(), (actor.role, address)


def test_it_leaves_no_trace_in_the_matter():
    county, now = County(), timezone.now()
    case = county.handling(now)
    before = (case.steps.count(), Entry.objects.filter(case_id=case.pk).count())
    ask_protection(actor=county.asker(case), case_id=case.pk, words=WORDS, now=now, key=a_key())
    assert (case.steps.count(), Entry.objects.filter(case_id=case.pk).count()) == before
    assert Entry.objects.filter(action="petitions.protection_asked", case_id=None).count() == 1


def test_the_answer_reaches_the_person_alone_and_once():
    county, now = County(), timezone.now()
    case, head = county.handling(now), signed_in(county.city_head)
    client = shown_code(case)
    say(client, case)
    made = Protection.objects.get()
    answer = {"key": a_key(), "answer": "已约谈当事人，派出所已出警。"}
    assert head.post(f"/petitions/protections/{made.pk}/", answer).status_code == 303
    assert "派出所已出警" in client.get(f"/petitions/{case.pk}/protection/").content.decode()
    assert head.post(f"/petitions/protections/{made.pk}/", {**answer, "answer": "别的"}).status_code == 409
    with pytest.raises(NotPossible):
        answer_protection(
            actor=county.province_head, protection_id=made.pk, answer="看看", now=now, key=a_key()
        )


def test_the_same_said_twice_is_kept_once():
    county, now = County(), timezone.now()
    case, key = county.handling(now), a_key()
    client = shown_code(case)
    say(client, case, key=key)
    say(client, case, key=key)
    assert Protection.objects.count() == 1
    with pytest.raises(Conflict):
        ask_protection(actor=county.asker(case), case_id=case.pk, words="另外的话语", now=now, key=key)


def test_whoever_is_feared_never_protects():
    county, now = County(), timezone.now()
    case = county.submit(now)
    assert protector_of(case) == county.government, "nobody handles it yet"
    for feared, protects in ((county.station, county.township), (county.township, county.government)):
        Case.objects.filter(pk=case.pk).update(against_unit=feared)
        case.refresh_from_db()
        assert protector_of(case) == protects


def test_a_protecting_unit_that_is_named_later_reads_it_no_more():
    county, now = County(), timezone.now()
    case = county.handling(now)
    say(shown_code(case), case)
    Case.objects.filter(pk=case.pk).update(against_unit=county.city)
    forget_everything()
    assert MARK not in signed_in(county.city_head).get("/petitions/protections/").content.decode()


def test_what_a_unit_makes_public_everybody_reads_and_only_it_or_the_office_changes():
    county, now = County(), timezone.now()
    said = {
        "address": "人民路1号",
        "phone": "0372-0000000",
        "place": "一楼接待室",
        "hours": "工作日 9:00-17:00",
    }
    bare = signed_in(county.head).get(f"/petitions/units/{county.bureau.pk}/").content.decode()
    assert "还没有公开" in bare
    edit = f"/petitions/units/{county.bureau.pk}/edit/"
    assert signed_in(county.head).post(edit, {"key": a_key(), **said}).status_code == 303
    page = shown_code(county.handling(now)).get(f"/petitions/units/{county.bureau.pk}/").content.decode()
    assert all(words in page for words in said.values())
    assert all(article in page for article in ("第二十二条", "第三十四条", "第三十五条"))
    assert county.city.name in page, "where a review is asked for"

    stranger = signed_in(county.city_head).post(edit, {"key": a_key(), **said, "phone": "1"})
    assert stranger.status_code == 403
    assert Openness.objects.get().phone == "0372-0000000"
    entries = Entry.objects.filter(action="petitions.openness_published")
    publish_openness(actor=county.dispatcher, unit_id=county.bureau.pk, now=now, **said)
    assert entries.count() == 1, "the same again is no change"
    publish_openness(actor=county.dispatcher, unit_id=county.bureau.pk, now=now, **{**said, "hours": "周一"})
    assert (entries.count(), Openness.objects.get().hours) == (2, "周一")
    found = shown_code(county.submit(now)).get(f"/petitions/units/?q={county.bureau.name}").content.decode()
    assert f"/petitions/units/{county.bureau.pk}/" in found
    of_county = (
        shown_code(county.submit(now)).get(f"/petitions/units/?region={county.region.code}").content.decode()
    )
    assert f"/petitions/units/{county.bureau.pk}/" in of_county
    assert f"/petitions/units/{county.city.pk}/" not in of_county


OFFICES: Final = {
    "address": "人民路12号",
    "phone": "0372-5551234",
    "place": "2号楼一楼信访接待室",
    "hours": "工作日 9:00-17:00",
    "web": "http://www.example.gov.cn/xf",
}


@pytest.mark.parametrize(
    ("field", "words", "named"),
    [
        ("address", "槐荫小区3号楼2单元502室", "3号楼2单元502室"),
        ("place", "家住槐荫路8号", "槐荫路8号"),
        ("phone", "13912345678", "13912345678"),
        ("phone", "12345，找张建国局长", "张建国局长"),
        ("hours", "工作日，或致电 13912345678", "13912345678"),
        ("hours", "家里电话 0372-5551234", "0372-5551234"),
        ("web", "微信号：zhang_jg1975", "zhang_jg1975"),
        ("web", "身份证 410523199001011234", "410523199001011234"),
    ],
)
def test_what_a_unit_makes_public_is_an_offices_and_tells_of_no_person(field, words, named):
    county, now = County(), timezone.now()
    edit = f"/petitions/units/{county.bureau.pk}/edit/"
    head = signed_in(county.head)
    refused = head.post(edit, {"key": a_key(), **OFFICES, field: words})

    assert refused.status_code == 422
    assert f"{named}」（" in refused.content.decode()
    assert not Openness.objects.exists()
    publish_openness(actor=county.head, unit_id=county.bureau.pk, now=now, **OFFICES)
    assert Openness.objects.get().phone == OFFICES["phone"], "an office's own phone and address are its own"


def test_the_phone_on_the_list_of_units_is_shown_where_it_is_an_offices():
    county = County()
    for phone, shown in (("0372-5551234", True), ("12345", True), ("13912345678", False)):
        Unit.objects.filter(pk=county.bureau.pk).update(phone=phone)
        page = Client().get(f"/petitions/units/{county.bureau.pk}/").content.decode()
        form = signed_in(county.head).get(f"/petitions/units/{county.bureau.pk}/edit/").content.decode()
        assert (f"办公电话 {phone}" in page) is shown
        assert (f'value="{phone}"' in form) is shown, "nothing is filled in that would be refused"
