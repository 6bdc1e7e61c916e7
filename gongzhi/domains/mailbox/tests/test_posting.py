"""An old person without a phone writes on paper and is answered on paper: typed in, printed, posted, each once."""

import pytest
from django.utils import timezone

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.queries.letters import letter_for
from gongzhi.domains.mailbox.queries.posting import letters_to_post
from gongzhi.domains.mailbox.queries.written import written_answer
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.kernel.access.models import Look
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.people.models import Particulars, Person
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
DAY = at(3, 2)
ADDRESS = "演示县演示镇北关村三组12号"
ON_PAPER = {
    "title": "村口的桥",
    "text": "北关村口的小桥栏杆松了两个月。",
    "about": "nobody",
    "name": "赵大爷",
    "privacy": "ordinary",
    "read_through": "on",
}


def sent_twice(client, address, sent):
    """Send a form twice under one key; return the answer, the same both times."""
    first, again = (client.post(address, sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    return first


def typed_in(county, now, *, address=ADDRESS, key=None, **more):
    said = services.Submission(
        **{
            "office": county.mailbox.key,
            "title": "村口的桥",
            "text": "北关村口的小桥栏杆松了两个月。",
            "region_code": county.place.code,
            "name": "赵大爷",
            "phone": "",
            "address": address,
            "channel": "letter",
            **more,
        }
    )
    return services.register_letter(actor=county.staff, submission=said, now=now, key=key or a_key()).case


def answered(county, now, **more):
    case = typed_in(county, now, **more)
    county.do("take_in_letter", case, now, county.staff)
    return county.do("answer_letter", case, now, county.staff, outcome="solved", reply="栏杆已经加固。")


def test_a_letter_without_a_phone_is_typed_in_once_with_where_the_answer_goes():
    county, now = County(), timezone.now()
    client, before = browser_of(county.staff), Person.objects.count()
    sent = {**ON_PAPER, "office": county.mailbox.key, "region-county": county.region.code, "key": a_key()}
    sent["address"] = ADDRESS

    answer = sent_twice(client, "/mailbox/register/", sent)
    letter = Letter.objects.select_related("case").get()
    assert letter.by_post
    assert Person.objects.count() == before + 1
    kept = Particulars.objects.get(pk=letter.case.opened_by_id)
    assert (kept.name, kept.phone, kept.address) == ("赵大爷", "", ADDRESS)
    assert ADDRESS.encode() not in bytes(kept.address_sealed)
    page = client.get(answer.headers["Location"]).content.decode()
    assert letter.case.number in page
    assert "待寄答复" in page
    assert letter.case.query_code[-4:] not in page, "without a phone a code opens nothing"
    hand_on_due(now)
    assert not dead_letters().exists()
    assert not Message.objects.filter(person_id=kept.pk, channel="sms").exists()


@pytest.mark.parametrize(
    ("left", "why"),
    [({}, "请写电话"), ({"phone": "13800001111", "address": ADDRESS}, "留了电话的按电话告知")],
)
def test_who_leaves_neither_or_both_is_asked_for_one_way(left, why):
    county = County()
    sent = {**ON_PAPER, "office": county.mailbox.key, "region-county": county.region.code, "key": a_key()}
    page = browser_of(county.staff).post("/mailbox/register/", {**sent, **left})
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Case.objects.exists()
    with pytest.raises(NotPossible, match="写一项"):
        typed_in(county, DAY, phone=left.get("phone", ""), address=left.get("address", ""))


def test_the_answer_waits_to_be_posted_is_printed_in_three_ways_and_noted_once():
    county = County()
    case = answered(county, timezone.now())
    client = browser_of(county.staff)
    page = client.get("/mailbox/post/").content.decode()
    assert case.number in page
    assert ADDRESS not in page, "the address is opened for a purpose"
    for way in ("", "?as=large", "?as=plain"):
        printed = client.get(f"/mailbox/cases/{case.pk}/answer/pdf/{way}")
        assert b"".join(printed)[:5] == b"%PDF-"

    revealed = client.post(
        f"/mailbox/cases/{case.pk}/reveal/", {"purpose": "post", "reason": "写信封"}
    ).content.decode()
    assert ADDRESS in revealed
    assert Look.objects.get().purpose == "mailbox.post"

    sent_twice(client, f"/mailbox/cases/{case.pk}/posted/", {"key": a_key()})
    first = Letter.objects.get().posted_at
    services.note_posted(actor=county.staff, case_id=case.pk, now=at(12, 31, year=2027))
    assert Letter.objects.get().posted_at == first
    assert Entry.objects.filter(action="mailbox.posted").count() == 1
    assert case.number not in client.get("/mailbox/post/").content.decode()
    assert "寄出" in client.get(f"/mailbox/cases/{case.pk}/").content.decode()


def test_only_an_answer_to_who_has_no_phone_is_posted_and_only_by_those_who_have_it():
    county = County()
    case = typed_in(county, DAY)
    with pytest.raises(NotPossible, match="还没有答复"):
        services.note_posted(actor=county.staff, case_id=case.pk, now=DAY)
    by_phone = county.answered(DAY)
    with pytest.raises(NotPossible, match="留了电话"):
        services.note_posted(actor=county.staff, case_id=by_phone.pk, now=DAY)
    waiting = answered(county, DAY)
    assert [one.pk for one in letters_to_post(county.staff)] == [waiting.pk]
    assert [one.pk for one in letters_to_post(county.dispatcher)] == [waiting.pk]
    assert letters_to_post(county.handler) == []
    other = County("410506")
    assert letters_to_post(other.staff) == []
    for stranger in (county.handler, other.staff, other.dispatcher, county.supervisor):
        with pytest.raises((NotAllowed, NotPossible)):
            services.note_posted(actor=stranger, case_id=waiting.pk, now=DAY)


def test_an_answer_to_a_letter_that_complains_of_the_office_is_posted_by_another():
    county = County()
    case = typed_in(county, DAY, about_office=True)
    county.do("assign_letter", case, DAY, county.city_dispatcher, unit_id=county.bureau.pk)
    county.do("draft_answer", case, DAY, county.handler, outcome="solved", reply="已经查清。")
    county.do("approve_answer", case, DAY, county.head)
    assert letters_to_post(county.staff) == []
    assert [one.pk for one in letters_to_post(county.handler)] == [case.pk]


def test_in_plain_words_it_says_how_to_ask_without_a_phone():
    county = County()
    case = answered(county, DAY)
    lines = "\n".join(written_answer(letter_for(county.staff, case.pk)).plain)
    assert f"可以打 12345 报编号 {case.number}" in lines
    assert "手机号后四位" not in lines


def test_the_answer_to_a_confidential_letter_is_posted_by_who_may_know_its_writer_alone():
    county, now = County(), timezone.now()
    case = typed_in(county, now, confidential=True)
    county.do("take_in_letter", case, now, county.staff)
    county.do("assign_letter", case, now, county.staff, unit_id=county.bureau.pk)
    county.do("draft_answer", case, now, county.handler, outcome="solved", reply="栏杆已经加固。")
    county.do("approve_answer", case, now, county.head)
    printed = f"/mailbox/cases/{case.pk}/answer/pdf/"

    for unit in (county.handler, county.head):
        assert letters_to_post(unit) == []
        assert browser_of(unit).get(printed).status_code == 404
        with pytest.raises(NotPossible):
            services.note_posted(actor=unit, case_id=case.pk, now=now)
    assert [one.pk for one in letters_to_post(county.staff)] == [case.pk]
    assert browser_of(county.staff).get(printed).status_code == 200
    assert services.note_posted(actor=county.staff, case_id=case.pk, now=now).posted_at == now
