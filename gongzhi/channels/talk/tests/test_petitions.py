"""An old person petitions by text: registered, answered, received, rated, each by a word."""

from datetime import timedelta

import pytest

from gongzhi.channels.talk import answers
from gongzhi.channels.talk.matters import RATE_PETITION, RECEIVE, is_petition
from gongzhi.channels.talk.tests.test_hearing import NOW, PHONE, replies, send
from gongzhi.domains.petitions.models import Petition
from gongzhi.domains.petitions.tests.factories import County
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.models import Region

pytestmark = pytest.mark.django_db
MATTER = "信访：汤阴县修路占了我家一亩二分地，补偿款没有到账"


@pytest.fixture
def county():
    county = County()
    Region.objects.filter(pk=county.region.pk).update(name="汤阴县")
    return county


@pytest.mark.parametrize(
    ("text", "petitions"),
    [
        ("信访 补偿款", True),
        ("我要信访，补偿款", True),
        ("村口路灯坏了", False),
        ("去信访局门口的路坏了", False),
    ],
)
def test_only_who_says_so_petitions(text, petitions):
    assert is_petition(text) is petitions


def test_from_the_first_text_to_the_grade(county):
    send(MATTER)
    send("赵大爷")
    petition = Petition.objects.select_related("case").get()
    case = petition.case
    assert (petition.demand[:3], case.channel, case.region_code, petition.kind) == (
        "汤阴县",
        "sms",
        "410523",
        "appeal",
    )
    run_once(NOW)
    assert any(case.query_code[-4:] in one.text for one in Message.objects.filter(channel="sms"))

    later = NOW + timedelta(days=1)
    county.do("forward_petition", case, later, county.dispatcher, unit_id=county.bureau.pk)
    county.do("accept_petition", case, later, county.handler)
    send("进度", now=later)
    assert "办理中，承诺7月6日前答复" in replies()[-1]
    county.draft(Case.objects.get(pk=case.pk), later, county.handler)
    county.do("issue_opinion", case, later, county.head)

    send("进度", now=later)
    assert all(words in replies()[-1] for words in ("没有得到支持", "不予支持", RECEIVE))
    send("收到", now=later)
    assert replies()[-1] == answers.RECEIVED
    assert Case.objects.get(pk=case.pk).stage == "served"
    send("进度", now=later)
    assert RATE_PETITION in replies()[-1]
    send("基本满意", now=later)
    petition.refresh_from_db()
    assert (petition.grade_office, petition.grade_unit) == (2, 2)


def test_received_without_an_opinion_reaches_a_person(county):
    send("收到")
    assert replies() == [answers.TO_PERSON]


def test_what_follows_is_added_to_the_petition_in_hand(county):
    county.submit(NOW, actor=county.person(phone=PHONE))
    send("昨天又丈量了一次，数字变了")
    assert replies() == [answers.WHICH]
    send("A")
    assert Case.objects.get().steps.get(move="add").answers["note"] == "昨天又丈量了一次，数字变了"
