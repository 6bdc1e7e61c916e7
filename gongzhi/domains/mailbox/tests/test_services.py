"""A letter from the pen to the answer, its hand-overs, and the ways in which a use case declines."""

import pytest
from django.utils import timezone

from gongzhi.base.declined import Conflict, Declined, NotAllowed, NotPossible
from gongzhi.domains.mailbox import services
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.tests.factories import County, a_key, at
from gongzhi.kernel.audit.models import Entry
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import steps_of, told_to_person
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.project.tests.asking import browser_of

pytestmark = pytest.mark.django_db
MONDAY = at(3, 2)


def told(case):
    """What the writer was told about a letter by short message."""
    hand_on_due(at(3, 3))
    assert not dead_letters().exists()
    return list(
        Message.objects.filter(case_id=case.pk, channel="sms").order_by("id").values_list("text", flat=True)
    )


def test_a_letter_is_read_marked_assigned_answered_and_rated():
    county = County()
    case = county.reading(MONDAY)
    county.do("mark_letter", case, MONDAY, county.leader, note="请住建局三天内看现场。")
    county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.bureau.pk)
    county.do("report_progress", case, MONDAY, county.handler, note="明天上午到现场。")
    county.do("draft_answer", case, MONDAY, county.handler, outcome="solved", reply="栏杆已经加固。")
    assert Letter.objects.get(pk=case.pk).replied_at is None
    county.do("approve_answer", case, MONDAY, county.head)
    county.do("rate_letter", case, MONDAY, county.writer(case), grade=5, words="很快")

    letter = Letter.objects.select_related("case").get(pk=case.pk)
    assert (letter.reply, letter.replied_at, letter.grade) == ("栏杆已经加固。", MONDAY, 5)
    assert (letter.case.stage, letter.case.outcome) == ("ended", "solved")
    texts = told(case)
    assert [
        words for words in ("已登记", "已阅收", "已交给", "已有答复") if not any(words in t for t in texts)
    ] == []
    assert not any("栏杆" in text or "三天内" in text for text in texts), "no words of the letter go by SMS"


def test_the_words_of_the_mark_stay_in_the_offices():
    county = County()
    case = county.reading(MONDAY)
    county.do("mark_letter", case, MONDAY, county.staff, note="批示：抓紧。")
    shown = told_to_person(case)[0]
    assert (str(shown.words), shown.said) == ("收信的领导已作批示", "")
    assert "抓紧" in steps_of(case)[0].said


def test_the_place_of_a_confidential_letter_is_told_to_the_township_where_the_writer_may_not_be_known():
    county = County()
    Region.objects.filter(pk=county.place.pk).update(name="北关鹤村")
    case = county.handling(timezone.now(), confidential=True, place="三组鹤家门口")
    pages = {
        who: browser_of(actor).get(f"/mailbox/cases/{case.pk}/").content.decode()
        for who, actor in (("office", county.staff), ("unit", county.handler))
    }
    for place in ("北关鹤村", "三组鹤家门口"):
        assert place in pages["office"]
        assert place not in pages["unit"]


@pytest.mark.parametrize("address", ["do/draft_answer/", "publish/"])
def test_reading_a_letter_beside_a_form_is_a_look_as_on_its_page(address):
    county, now = County(), timezone.now()
    answered = address == "publish/"
    case = county.answered(now, may_publish=True) if answered else county.handling(now)
    actor = county.staff if answered else county.handler
    page = browser_of(actor).get(f"/mailbox/cases/{case.pk}/{address}").content.decode()
    assert "孩子上学每天要过" in page
    assert Entry.objects.filter(case_id=case.pk, action="case.read", account_id=actor.account_id).exists()


def test_the_office_answers_what_it_knows_itself():
    county = County()
    case = county.do(
        "answer_letter",
        county.write(MONDAY),
        MONDAY,
        county.staff,
        outcome="explained",
        reply="桥已列入下月维修。",
    )
    assert (case.stage, case.outcome) == ("answered", "explained")


def test_a_letter_that_names_somebody_is_given_away_only_when_that_was_looked_into():
    county = County()
    case = county.reading(MONDAY, complained_of="某某局的人")
    with pytest.raises(NotPossible, match="登记被反映的单位或人"):
        county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.bureau.pk)
    county.do("name_complained_of", case, MONDAY, county.staff, against_unit_id=county.bureau.pk)
    with pytest.raises(NotPossible, match="不能交给被反映的单位"):
        county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.bureau.pk)
    county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.other.pk)
    case.refresh_from_db()
    assert (case.unit_id, case.stage) == (county.other.pk, "handling")


def test_a_unit_gives_back_with_a_reason_what_is_not_its_duty():
    county = County()
    case = county.handling(MONDAY)
    with pytest.raises(NotPossible, match="理由"):
        county.do("return_letter", case, MONDAY, county.handler, reason="tired", note="不想办")
    county.do("return_letter", case, MONDAY, county.handler, reason="not_our_duty", note="归交通局管")
    case.refresh_from_db()
    assert case.stage == "reading"
    county.do("assign_letter", case, MONDAY, county.staff, unit_id=county.other.pk)


def test_nobody_approves_what_they_drafted():
    county = County()
    case = county.handling(MONDAY)
    county.do("draft_answer", case, MONDAY, county.handler, outcome="solved", reply="好了。")
    with pytest.raises(NotAllowed):
        county.do("approve_answer", case, MONDAY, county.handler)
    county.do("approve_answer", case, MONDAY, county.head)


def test_the_same_letter_sent_twice_is_one_and_another_under_its_key_is_refused():
    county, key = County(), a_key()
    first, again = (county.write(MONDAY, key=key) for _ in range(2))
    assert first.pk == again.pk
    with pytest.raises(Conflict):
        county.write(MONDAY, key=key, text="换了一封完全不同的信。")
    assert Letter.objects.count() == 1


def test_a_closed_mailbox_takes_no_letter():
    county = County()
    keeper = an_official(Role.ADMINISTRATOR, county.government, region_code="410523")
    services.close_office(actor=keeper, key=county.mailbox.key, now=MONDAY)
    with pytest.raises(NotPossible, match="停用"):
        county.write(MONDAY)
    assert not Case.objects.exists()


def test_a_mailbox_is_opened_for_a_unit_of_ones_own_area_alone():
    county = County()
    keeper = an_official(Role.ADMINISTRATOR, county.government, region_code="410523")
    opened = {"actor": keeper, "key": "bureau", "title": "局长信箱", "now": MONDAY}
    for _ in range(2):
        services.open_office(unit_id=county.bureau.pk, **opened)
    with pytest.raises(NotPossible, match="已经有信箱"):
        services.open_office(unit_id=county.other.pk, **opened)
    with pytest.raises(NotAllowed):
        services.open_office(**{**opened, "key": "city", "unit_id": county.city.pk})
    with pytest.raises(Declined):
        services.open_office(**{**opened, "actor": county.staff, "unit_id": county.bureau.pk})
