"""A matter written down in one domain goes on in the other with the person's words: nobody types it again."""

import pytest

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import services as hotline
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County as Hotline
from gongzhi.domains.mailbox.tests.factories import County as Mailbox
from gongzhi.domains.petitions import services as petitions
from gongzhi.domains.petitions.models import Petition
from gongzhi.domains.petitions.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.delivery.hand_on import dead_letters, hand_on_due
from gongzhi.kernel.notices.models import Message

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
