"""Whatever an old person texts is answered kindly, and nothing said leads nowhere."""

import json

import pytest

from gongzhi.channels.sms.folder import take_file
from gongzhi.channels.talk import answers
from gongzhi.channels.talk.tests.test_hearing import MATTER, NOW, PHONE, county, replies, send, waiting
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.notices.models import Incoming

__all__ = ["county"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "answer", "somebody_looks"),
    [
        ("找真人", answers.TO_PERSON, True),
        ("着火了", answers.URGENT, True),
        ("我不想活了", answers.COMFORT, True),
        ("你们都是吃干饭的！", answers.SORRY, True),
        ("谢谢恁，修好了", answers.THANKS, False),
        ("好的", answers.THANKS, False),
        ("发错了", answers.THANKS, False),
        ("41052K7M93Q", answers.NOT_A_CODE, False),
        ("别给俺发了", answers.STOPPED, False),
        ("在吗", answers.WHAT, False),
        ("俺那事咋样了", answers.NO_MATTER, False),
    ],
)
def test_one_text_and_its_answer(county, words, answer, somebody_looks):
    send(words)
    assert replies() == [answer]
    assert bool(waiting(county)) is somebody_looks
    assert not Case.objects.exists()


def test_an_empty_text_is_read_by_somebody(county, tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": "e1", "phone": PHONE, "text": ""}))
    assert take_file(file, "4105", NOW).taken == 1
    assert replies() == [answers.TO_PERSON]
    assert len(waiting(county)) == 1


def test_kind_words_in_a_talk_are_no_answer_and_the_question_comes_again(county):
    for words in ("您好", "在吗", MATTER, "谢谢", "咋还不来", "1", "汤阴县", "好的", "我叫王大爷"):
        send(words)
    where, name = answers.WHERE, answers.NAME
    assert replies() == [answers.WHAT, answers.WHAT, where, where, where, where, name, name]
    request = Request.objects.select_related("case__opened_by").get()
    assert request.text == f"{MATTER} 汤阴县"
    assert request.case.opened_by.masked_name == "王**"


@pytest.mark.parametrize("words", ["不想说", "不告诉你", "保密", "0"])
def test_who_declines_a_name_has_none(county, words):
    send(f"汤阴县{MATTER}")
    send(words)
    assert Request.objects.get().case.opened_by.masked_name == ""


def test_who_thinks_better_of_it_ends_the_talk_and_what_is_registered_is_taken_back_by_a_person(county):
    send(MATTER)
    send("算了，不用了")
    assert replies()[-1] == answers.CANCELLED
    assert Incoming.objects.filter(talk=None).get().state == "done"
    for words in (f"汤阴县{MATTER}", "0", "撤回"):
        send(words)
    assert replies()[-1] == answers.TO_PERSON
    assert [one.text for one in waiting(county)] == ["撤回"]


def test_a_person_is_asked_for_in_the_middle_of_a_talk(county):
    send(MATTER)
    send("转人工")
    assert replies()[-1] == answers.TO_PERSON
    assert [one.text for one in waiting(county)] == [MATTER]


def test_what_is_said_further_goes_to_whoever_reads_the_first(county):
    for words in (MATTER, "王庄", "王建国，村东头第三家"):
        send(words)
    assert replies()[-1] == answers.WITH_THE_FIRST
    (talk,) = waiting(county)
    assert Incoming.objects.filter(talk=talk.pk).count() == 2
    send(f"汤阴县{MATTER}")
    assert replies()[-1] == answers.NAME, "another matter with its place is one of its own"


def test_a_greeting_before_an_addition_is_no_part_of_it(county):
    county.submit(NOW, phone=PHONE)
    for words in ("你好", "昨天又坏了两盏路灯", "A"):
        send(words)
    assert replies() == [answers.WHAT, answers.WHICH, answers.ADDED]
    assert Case.objects.get().steps.get(move="add").answers["note"] == "昨天又坏了两盏路灯"


def test_words_beside_a_grade_are_read_with_it(county):
    county.replied(NOW, phone=PHONE)
    send("不满意，根本没修")
    assert replies() == [answers.RATED_BADLY]
    request = Request.objects.get()
    assert (request.grade, request.grade_words) == (2, "根本没修")


def test_what_little_is_said_after_an_answer_is_about_it(county):
    county.replied(NOW, phone=PHONE)
    send("没修好")
    assert replies() == [answers.TO_PERSON]
    assert len(waiting(county)) == 1
