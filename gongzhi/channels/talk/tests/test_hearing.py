"""A person without a smartphone is understood by text: asked little, answered, never left without a way on."""

from datetime import timedelta

import pytest

from gongzhi.channels.sms.texts import take_text
from gongzhi.channels.talk import answers
from gongzhi.channels.talk.hearing import QUESTIONS, Text
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.worker import run_once
from gongzhi.kernel.notices.incoming import for_somebody
from gongzhi.kernel.notices.models import Incoming, Message
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Person
from gongzhi.kernel.people.persons import persons_with_phone
from gongzhi.kernel.people.tests.factories import an_official

pytestmark = pytest.mark.django_db
NOW = at(5, 6, 10)
PHONE = "13912345678"
OTHER = "13700005678"
MATTER = "村口的路灯坏了一个星期，晚上看不见路"
SENT = iter(range(1, 100_000))


@pytest.fixture
def county():
    county = County()
    Region.objects.filter(pk=county.region.pk).update(name="汤阴县")
    return county


def send(words, phone=PHONE, now=NOW, reference=None):
    text = Text(reference=reference or f"p{next(SENT)}", phone=phone, words=words, region_code="4105")
    return take_text(text, now)


def replies(phone=PHONE):
    """What was texted back without a fact of a case, the signature taken off."""
    mine = Message.objects.filter(person_id__in=persons_with_phone(phone), recipient__startswith="text:")
    return [one.text.partition("】")[2] for one in mine.order_by("id")]


def waiting(county, now=NOW):
    city = an_official(Role.CALL_TAKER, county.centre, region_code="4105")
    return list(for_somebody(city, now))


def test_every_question_fits_one_message():
    for words in answers.EVERY_SHORT:
        assert len(f"【12345热线】{words}") <= 70, words


def test_a_matter_with_its_place_needs_one_question(county):
    send(f"汤阴县{MATTER}")
    assert replies() == [answers.NAME]
    send("赵大爷")

    request = Request.objects.select_related("case__opened_by").get()
    assert (request.text, request.case.region_code, request.case.channel) == (
        f"汤阴县{MATTER}",
        "410523",
        "sms",
    )
    assert request.case.opened_by.masked_name == "赵**"
    assert request.case.opened_by_id in persons_with_phone(PHONE)
    assert replies() == [answers.NAME], "the code comes with the message of the fact"
    assert waiting(county) == []


def test_what_is_missing_is_asked_for_in_three_questions_at_most(county):
    for words in ("你好", MATTER, "汤阴城关", "0"):
        send(words)

    assert replies() == [answers.WHAT, answers.WHERE, answers.NAME]
    request = Request.objects.select_related("case__opened_by").get()
    assert (request.text, request.place) == (f"{MATTER} 汤阴城关", "汤阴城关")
    assert request.case.opened_by.masked_name == ""


def test_with_a_matter_in_hand_the_questions_are_still_three_at_most(county):
    county.handling(NOW, phone=PHONE)
    for words in ("还有", "B", MATTER, "汤阴县"):
        send(words)
    assert replies() == [answers.WHICH, answers.WHAT, answers.WHERE]
    assert len(replies()) == QUESTIONS
    request = Request.objects.get(case__channel="sms")
    assert request.text == f"还有 {MATTER} 汤阴县"


def test_a_place_that_nobody_understands_reaches_a_call_taker_with_everything_said(county):
    send(MATTER)
    send("就在老地方旁边")

    assert replies() == [answers.WHERE, answers.TO_PERSON]
    (talk,) = waiting(county)
    assert talk.text == MATTER
    assert not Request.objects.exists()


@pytest.mark.parametrize("words", ["...", "7", "5", "\U0001f602"])
def test_what_nobody_understands_reaches_a_call_taker(county, words):
    send(words)
    assert replies() == [answers.TO_PERSON]
    assert [one.text for one in waiting(county)] == [words]


def test_who_does_not_go_on_is_looked_after_and_is_not_held_to_it_the_next_day(county):
    send(MATTER)
    assert waiting(county) == []
    later = NOW + timedelta(minutes=31)
    assert len(waiting(county, later)) == 1

    send(f"汤阴县{MATTER}", now=NOW + timedelta(days=2))
    assert sorted(Incoming.objects.values_list("state", flat=True)) == ["asked", "waiting"]


def test_words_are_added_to_the_one_matter_in_hand_when_the_person_says_so(county):
    request = county.handling(NOW, phone=PHONE)
    send("昨天晚上又有人摔倒了")
    assert replies() == [answers.WHICH]
    send("Ａ")

    added = request.case.steps.get(move="add")
    assert added.answers["note"] == "昨天晚上又有人摔倒了"
    assert replies()[-1] == answers.ADDED
    assert Request.objects.count() == 1


def test_or_they_become_another_request(county):
    county.handling(NOW, phone=PHONE)
    for words in (f"汤阴县{MATTER}", "B", "不留"):
        send(words)
    assert Request.objects.count() == 2


@pytest.mark.parametrize(("words", "grade", "stage"), [("５", 5, "rated"), ("1", 1, "dissatisfied")])
def test_a_grade_rates_the_answer_that_came_last(county, words, grade, stage):
    first = county.replied(NOW, phone=PHONE)
    last = county.replied(NOW + timedelta(hours=1), phone=PHONE)
    send(words, now=NOW + timedelta(hours=2))

    last.refresh_from_db()
    first.refresh_from_db()
    assert (last.grade, first.grade) == (grade, None)
    assert Case.objects.get(pk=last.pk).stage == stage


def test_a_grade_from_another_phone_rates_nothing(county):
    request = county.replied(NOW, phone=PHONE)
    send("5", phone=OTHER)
    request.refresh_from_db()
    assert request.grade is None
    assert replies(OTHER) == [answers.TO_PERSON]


def test_a_code_tells_its_own_phone_everything_and_another_nothing(county):
    request = county.replied(NOW, phone=PHONE)
    code = request.case.query_code
    send(code)
    send(code, phone=OTHER)  # with the same last four digits
    send("4105ZZZZZZZZ", phone=OTHER)
    send(f"{code} {PHONE[-4:]}", phone="13800000000")

    assert "三盏灯已经修好" in replies()[0]
    assert replies(OTHER) == [answers.ANOTHER_PHONE] * 2, "whether the code exists is not told"
    (stands,) = replies("13800000000")
    assert "已答复" in stands
    assert "灯" not in stands


def test_progress_without_a_code_is_that_of_the_latest_matter(county):
    send("进度")
    county.handling(NOW, phone=PHONE)
    send("进度")
    none, latest = replies()
    assert none == answers.NO_MATTER
    assert "办理中" in latest


def test_who_stops_is_told_nothing_more_until_they_ask_again(county):
    request = county.submit(NOW, phone=PHONE)
    run_once(NOW)
    send("TD")
    services.dispatch_request(actor=county.dispatcher, case_id=request.pk, now=NOW, key=a_key())
    assert not Person.objects.filter(pk__in=persons_with_phone(PHONE), by_sms=True).exists()
    assert replies() == [answers.STOPPED]

    for words in (f"汤阴县{MATTER}", "B", "0"):
        send(words)
    asker = Case.objects.get(channel="sms").opened_by
    assert asker.by_sms


def test_a_text_handed_over_again_is_taken_once(county):
    assert send("7", reference="same")
    before = (Incoming.objects.count(), Message.objects.count())
    assert not send("7", reference="same")
    assert (Incoming.objects.count(), Message.objects.count()) == before


def test_help_says_what_can_be_done_and_leaves_the_talk_open(county):
    send(MATTER)
    send("?")
    send("汤阴县")
    assert replies() == [answers.WHERE, answers.HELP, answers.NAME]


def test_at_night_who_has_just_written_hears_at_once_and_the_office_waits_for_the_morning(county):
    night = at(5, 6, 23)
    for words in (f"汤阴县{MATTER}", "0"):
        send(words, now=night)
    run_once(night)
    request = Request.objects.get()
    services.answer_directly(
        actor=county.dispatcher,
        case_id=request.pk,
        reply="灯修好了。",
        outcome="solved",
        now=night + timedelta(hours=1),
        key=a_key(),
    )
    run_once(night + timedelta(hours=1))
    texts = Message.objects.filter(channel="sms", case_id=request.pk).order_by("id")
    assert [(one.state, one.next_try_at) for one in texts] == [("sent", None), ("queued", at(5, 7, 8))]


def test_who_asks_by_text_is_answered_and_rates_by_text(county):
    """An old person without a smartphone: asks, gets code and answer, rates; all of it on one telephone."""
    send(f"汤阴县{MATTER}")
    send("赵大爷")
    run_once(NOW)
    request = Request.objects.select_related("case").get()
    services.answer_directly(
        actor=county.dispatcher,
        case_id=request.pk,
        reply="灯今天修好了。",
        outcome="solved",
        now=NOW + timedelta(hours=2),
        key=a_key(),
    )
    run_once(NOW + timedelta(hours=2))
    send("5", now=NOW + timedelta(hours=3))
    run_once(NOW + timedelta(hours=3))

    sent = Message.objects.filter(person_id__in=persons_with_phone(PHONE), state="sent", channel="sms")
    texts = list(sent.values_list("text", flat=True))
    assert [
        any(part in text for text in texts) for part in ("怎么称呼您", "已登记", "灯今天修好了", "谢谢")
    ] == [True] * 4
    request.refresh_from_db()
    assert request.grade == 5
