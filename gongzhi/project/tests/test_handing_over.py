"""A matter written down in one domain goes on in the other with the person's words: nobody types it again."""

from io import BytesIO

import pytest
from django.utils import timezone

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County as Hotline
from gongzhi.domains.mailbox import services as mailbox
from gongzhi.domains.mailbox.tests.factories import County as Mailbox
from gongzhi.domains.petitions import services as petitions
from gongzhi.domains.petitions.models import Petition
from gongzhi.domains.petitions.services import papers as petition_papers
from gongzhi.domains.petitions.tests.factories import County, a_key, at
from gongzhi.insight.integrity.collecting import Span, photos
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.papers import open_paper, papers_of
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.tests.factories import picture
from gongzhi.kernel.documents.uploads import MOST_FILES, documents_of
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.retention.forgetting import forget_due
from gongzhi.web.tests.browsers import shown_code

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def codes_told(case):
    """What the person was told about a case by short message."""
    hand_on_due(at(3, 3))
    assert not dead_letters().exists()
    return " ".join(Message.objects.filter(case_id=case.pk, channel="sms").values_list("text", flat=True))


def test_a_request_goes_on_as_a_petition_with_its_words_its_person_and_a_code_of_its_own():
    town, key = Hotline(), a_key()
    asked = town.submit(MONDAY, text="补偿款一直没有发，请给个说法。", place="村口")
    for _ in range(2):
        hotline.hand_to_petitions(actor=town.dispatcher, case_id=asked.pk, now=MONDAY, key=key)

    petition = Petition.objects.select_related("case").get()
    case = petition.case
    assert (petition.demand, petition.place) == ("补偿款一直没有发，请给个说法。", "村口")
    assert (case.handed_from_id, case.opened_by_id) == (asked.pk, asked.case.opened_by_id)
    assert f"{case.deadlines.get().due_at:%Y-%m-%d}" == "2026-03-17"
    assert "已登记" in codes_told(case)
    asked.case.refresh_from_db()
    assert (asked.case.stage, asked.case.outcome) == ("diverted", "transferred")
    steps = Step.objects.filter(case_id=asked.pk).values_list("answers", flat=True)
    assert not any("补偿款" in str(answers) for answers in steps), "the words are kept once"


def test_a_petition_goes_on_as_a_request_and_whom_it_names_is_still_to_be_registered():
    county = County()
    case = county.submit(MONDAY, complained_of="某施工队")
    petitions.hand_to_hotline(actor=county.dispatcher, case_id=case.pk, now=MONDAY, key=a_key())

    request = Request.objects.select_related("case").get()
    assert "补偿款" in request.text
    assert "一亩二分地" in request.text
    assert request.complained_of == "某施工队"
    assert codes_told(request.case)
    with pytest.raises(NotPossible, match="登记被反映的单位或人"):
        hotline.dispatch_request(
            actor=county.dispatcher, case_id=request.pk, unit_id=county.township.pk, now=MONDAY, key=a_key()
        )
    assert Case.objects.get(pk=request.pk).unit_id is None


@pytest.mark.parametrize(
    ("service", "model", "procedure", "field"),
    [
        ("hand_to_petitions", Petition, "petitions.petition", "demand"),
        ("hand_to_hotline", Request, "hotline.request", "text"),
    ],
)
def test_what_is_not_for_the_mailbox_goes_on_with_its_words_and_away_from_the_office(
    service, model, procedure, field
):
    county, key = Mailbox(), a_key()
    case = county.reading(MONDAY, place="村口")
    for _ in range(2):
        county.do(service, case, MONDAY, county.staff, key=key)

    taken = model.objects.select_related("case").get()
    after = taken.case
    assert getattr(taken, field) == "北关村口的小桥栏杆松了两个月，孩子上学每天要过。"
    assert taken.place == "村口"
    assert (after.procedure, after.handed_from_id, after.opened_by_id) == (
        procedure,
        case.pk,
        case.opened_by_id,
    )
    assert after.unit_id is None, "it lies with those who dispatch"
    case.refresh_from_db()
    assert (case.stage, case.outcome) == ("handed_over", "transferred")
    answers = Step.objects.filter(case_id=case.pk).values_list("answers", flat=True)
    assert not any("栏杆" in str(one) for one in answers), "the words are kept once"
    assert "不用再写一遍" in codes_told(case)


def a_paper(attach, actor, case, name, **more):
    return attach(actor=actor, case_id=case.pk, name=name, content=BytesIO(name.encode()), now=MONDAY, **more)


def from_hotline():
    town = Hotline()
    asked = town.submit(MONDAY)
    return town.dispatcher, town.asker(asked), asked.case, hotline, hotline.attach_file


def from_petitions():
    county = County()
    case = county.submit(MONDAY)
    return county.dispatcher, county.asker(case), case, petitions, petition_papers.attach_file


def from_mailbox():
    county = Mailbox()
    case = county.reading(MONDAY)
    return county.staff, county.writer(case), case, mailbox, mailbox.attach_file


@pytest.mark.parametrize(
    ("begun", "hands"),
    [
        (from_hotline, "hand_to_petitions"),
        (from_petitions, "hand_to_hotline"),
        (from_mailbox, "hand_to_petitions"),
        (from_mailbox, "hand_to_hotline"),
    ],
)
def test_papers_go_along_and_are_kept_once(begun, hands):
    official, person, case, services, attach_file = begun()
    sent = a_paper(attach_file, person, case, "公告.txt")
    inner = a_paper(attach_file, official, case, "内部笔录.txt")
    key = a_key()
    for _ in range(2):
        getattr(services, hands)(actor=official, case_id=case.pk, now=MONDAY, key=key)

    after = Case.objects.get(handed_from=case)
    first, second = documents_of(after.pk)
    assert [one.sha256 for one in (first, second)] == [sent.sha256, inner.sha256]
    assert (first.secrecy, first.from_office, first.uploaded_by_person_id) == (
        "case",
        False,
        person.person_id,
    )
    assert (second.secrecy, second.from_office) == ("office", True)
    assert papers_of(person, after) == [first], "what is for offices alone stays with offices"
    opened = Actor(role=Role.CITIZEN, person_id=after.opened_by_id)
    reads = f"{after.procedure.split('.')[0]}.read"
    _paper, content = open_paper(
        actor=opened, reads=reads, case_id=after.pk, document_id=first.pk, now=MONDAY
    )
    assert content.read() == "公告.txt".encode()
    assert Entry.objects.get(action="documents.handed_on").case_id == after.pk


def test_a_file_goes_up_with_the_review_and_the_re_review():
    county = County()
    case = county.handling(MONDAY)
    a_paper(petition_papers.attach_file, county.asker(case), case, "公告.txt")
    a_paper(petition_papers.attach_file, county.handler, case, "丈量表.txt")
    county.draft(case, MONDAY, county.handler)
    county.do("issue_opinion", case, MONDAY, county.head)
    county.do("serve_opinion", case, MONDAY, county.handler, note="当面送达")
    county.do("ask_review", case, MONDAY, county.asker(case), note="面积量错了。")
    review = Case.objects.get(handed_from=case)
    assert [one.name for one in papers_of(county.city_handler, review)] == ["公告.txt", "丈量表.txt"]
    assert [one.name for one in papers_of(county.asker(review), review)] == ["公告.txt"]
    a_paper(petition_papers.attach_file, county.asker(review), review, "新照片.txt")
    county.review_served(review, MONDAY, county.city_handler, county.city_head)
    county.do("ask_rereview", review, MONDAY, county.asker(review), note="仍不服。")
    rereview = Case.objects.get(handed_from=review)
    names = [one.name for one in papers_of(county.province_handler, rereview)]
    assert names == ["公告.txt", "丈量表.txt", "新照片.txt"]


def test_who_is_sealed_stays_sealed_in_the_papers_that_go_along():
    county = Mailbox()
    case = county.reading(MONDAY, confidential=True)
    a_paper(mailbox.attach_file, county.writer(case), case, "我的证件.txt")
    county.do("hand_to_petitions", case, MONDAY, county.staff)
    after = Case.objects.get(handed_from=case)
    petitions.forward_petition(
        actor=county.dispatcher, case_id=after.pk, unit_id=county.bureau.pk, now=MONDAY, key=a_key()
    )
    after.refresh_from_db()
    assert papers_of(county.handler, after) == []
    assert [one.name for one in papers_of(county.dispatcher, after)] == ["我的证件.txt"]
    assert documents_of(after.pk).count() == 1


def test_papers_that_came_along_leave_room_for_nine_more():
    official, person, case, *_ = from_hotline()
    for number in range(MOST_FILES):
        a_paper(hotline.attach_file, person, case, f"{number}.txt")
    hotline.hand_to_petitions(actor=official, case_id=case.pk, now=MONDAY, key=a_key())
    after = Case.objects.get(handed_from=case)
    for number in range(MOST_FILES):
        a_paper(petition_papers.attach_file, person, after, f"新{number}.txt")
    with pytest.raises(NotPossible, match="最多上传"):
        a_paper(petition_papers.attach_file, person, after, "第十个.txt")
    again = a_paper(petition_papers.attach_file, person, after, "0.txt")
    assert again.handed_on, "what came along and is sent again is kept once"


def test_a_content_stays_until_the_last_case_that_needs_it_is_forgotten():
    official, person, case, *_ = from_hotline()
    sent = a_paper(hotline.attach_file, person, case, "公告.txt")
    hotline.hand_to_petitions(actor=official, case_id=case.pk, now=MONDAY, key=a_key())
    after = Case.objects.get(handed_from=case)
    with acting(SYSTEM):
        while forget_due(at(3, 3, year=2040)):
            pass
    assert not documents_of(case.pk).exists()
    assert store.path_of(sent.sha256).exists(), "the petition is open and holds it"
    Case.objects.filter(pk=after.pk).update(closed_at=at(4, 1))
    with acting(SYSTEM):
        while forget_due(at(3, 5, year=2040)):
            pass
    assert not store.path_of(sent.sha256).exists()


def test_a_person_who_asks_for_a_review_on_their_page_takes_the_papers_along(client):
    county = County()
    case = county.served(timezone.now())
    a_paper(petition_papers.attach_file, county.asker(case), case, "公告.txt")
    assert (
        shown_code(case)
        .post(f"/petitions/{case.pk}/review/", {"key": a_key(), "note": "面积量错了。"})
        .status_code
        == 303
    )
    review = Case.objects.get(handed_from=case)
    assert [one.name for one in documents_of(review.pk)] == ["公告.txt"]


def test_a_picture_that_goes_along_is_no_picture_filed_twice():
    county = County()
    case = county.served(MONDAY)
    content = BytesIO(picture())
    petition_papers.attach_file(
        actor=county.handler, case_id=case.pk, name="现场.jpg", content=content, now=MONDAY
    )
    county.do("ask_review", case, MONDAY, county.asker(case), note="面积量错了。")
    assert Document.objects.filter(from_office=True, kind="photo").count() == 2
    span = Span(region_code="4105", domain="petitions", begin=at(3, 1), end=at(3, 31))
    assert [one.matter.case for one in photos(span)] == [case.pk]
