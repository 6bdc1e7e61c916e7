"""A writer who does not agree with an answer takes the matter further from their own page, and types nothing again."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.uploads import documents_of

pytestmark = pytest.mark.django_db
DAY = at(3, 2)
DEMAND = "栏杆只刷了漆，请重新加固。"


def attach(county, actor, case, name):
    services.attach_file(actor=actor, case_id=case.pk, name=name, content=BytesIO(name.encode()), now=DAY)


def own(case):
    client = Client()
    tail = case.opened_by.masked_phone[-4:]
    client.post("/track/", {"query_code": case.query_code, "last_four": tail, "key": a_key()})
    return client


@pytest.mark.parametrize(
    ("service", "procedure"),
    [("petition_from_letter", "petitions.petition"), ("request_from_letter", "hotline.request")],
)
def test_letter_answer_and_the_writers_papers_go_along_and_what_is_the_offices_stays(service, procedure):
    county, key = County(), a_key()
    case = county.handling(DAY, place="村口")
    attach(county, county.writer(case), case, "照片.txt")
    attach(county, county.handler, case, "内部.txt")
    county.do("draft_answer", case, DAY, county.handler, outcome="solved", reply="栏杆已经加固。")
    county.do("approve_answer", case, DAY, county.head)
    for _ in range(2):
        new = county.do(service, case, DAY, county.writer(case), key=key, demand=DEMAND)

    assert (new.procedure, new.opened_by_id, new.title) == (procedure, case.opened_by_id, case.title)
    assert Case.objects.count() == 2
    matter = new.petition if procedure == "petitions.petition" else new.request
    words = f"{getattr(matter, 'demand', '')}{getattr(matter, 'facts', '')}{getattr(matter, 'text', '')}"
    assert all(one in words for one in (DEMAND, "孩子上学每天要过", "栏杆已经加固", case.number))
    assert matter.place == "村口"
    assert [one.name for one in documents_of(new.pk)] == ["照片.txt"]
    case.refresh_from_db()
    assert case.stage == "answered", "the letter stays as it ended, and can still be rated"
    with pytest.raises(Conflict):
        county.do(service, case, DAY, county.writer(case), key=key, demand="另一个要求，完全不同。")


def test_who_is_confidential_and_whom_it_names_stay_so():
    county = County()
    case = county.write(DAY, confidential=True, about_office=True)
    county.do("assign_letter", case, DAY, county.city_dispatcher, unit_id=county.bureau.pk)
    county.do("draft_answer", case, DAY, county.handler, outcome="rejected", reply="没有查实。")
    county.do("approve_answer", case, DAY, county.head)
    new = county.do("petition_from_letter", case, DAY, county.writer(case), demand=DEMAND)
    assert new.sealed
    assert new.against_unit_id == county.government.pk
    assert "names_somebody" in new.flags


@pytest.mark.parametrize("service", ["petition_from_letter", "request_from_letter"])
def test_the_official_a_letter_is_about_reads_what_it_is_taken_on_as_no_more_than_the_letter(service):
    county = County()
    named = county.dispatcher  # who would take it in at the petition office
    case = county.reading(DAY, complained_of="信访局的某某")
    county.do("name_complained_of", case, DAY, county.staff, official=named.name)
    county.do("assign_letter", case, DAY, county.staff, unit_id=county.bureau.pk)
    county.do("draft_answer", case, DAY, county.handler, outcome="rejected", reply="没有查实。")
    county.do("approve_answer", case, DAY, county.head)
    new = county.do(service, case, DAY, county.writer(case), demand=DEMAND)

    assert new.against_account_id == named.account_id
    with pytest.raises(NotPossible):
        case_for(named, f"{new.procedure.partition('.')[0]}.read", new.pk)


def test_only_the_writer_and_only_after_the_answer():
    county = County()
    waiting, answered = county.handling(DAY), county.answered(DAY, phone="13800002222")
    with pytest.raises(NotPossible, match="还没有答复"):
        county.do("petition_from_letter", waiting, DAY, county.writer(waiting), demand=DEMAND)
    for stranger in (county.writer(waiting), county.staff, county.dispatcher):
        with pytest.raises((NotAllowed, NotPossible)):
            county.do("request_from_letter", answered, DAY, stranger, demand=DEMAND)
    assert Case.objects.count() == 2


@pytest.mark.parametrize(("way", "leads_to"), [("petition", "/petitions/"), ("request", "/hotline/track/")])
def test_from_the_own_page_one_field_and_one_button(way, leads_to):
    county = County()
    case = county.answered(timezone.now())
    client = own(case)
    assert "不同意答复" in client.get(f"/mailbox/{case.pk}/").content.decode()
    sent = client.post(f"/mailbox/{case.pk}/onward/", {"key": a_key(), "way": way, "demand": DEMAND})
    assert sent.headers["Location"].startswith(leads_to)
    page = client.get(sent.headers["Location"])
    assert page.status_code == 200
    new = Case.objects.exclude(pk=case.pk).get()
    assert new.query_code[-4:] in page.content.decode()
    for number in range(5):
        last = client.post(
            f"/mailbox/{case.pk}/onward/", {"key": a_key(), "way": way, "demand": f"{DEMAND}{number}"}
        )
    assert last.status_code == 429


def test_before_the_answer_the_page_leads_back():
    county = County()
    case = county.handling(timezone.now())
    client = own(case)
    assert "不同意答复" not in client.get(f"/mailbox/{case.pk}/").content.decode()
    assert client.get(f"/mailbox/{case.pk}/onward/").headers["Location"] == f"/mailbox/{case.pk}/"
