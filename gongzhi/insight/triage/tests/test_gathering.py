"""A message that has just come in, and the issue it belongs to."""

from datetime import datetime

import numpy as np
import pytest

from gongzhi.insight.triage.gathering import COMPARED, Gathering
from gongzhi.insight.triage.likeness import alike
from gongzhi.insight.triage.tests import invented
from gongzhi.insight.triage.wording import Message, names_of, read_wording

AT = datetime(2026, 3, 20, 9)
MESSAGES = invented.all_of_it()
LAMPS, ELSEWHERE, TUITION = range(3)


@pytest.fixture(scope="module")
def gathering() -> Gathering:
    place = {message.id: at for at, message in enumerate(MESSAGES)}
    matters = (invented.lamps(), invented.lamps_elsewhere(), invented.tuition())
    return Gathering(
        read_wording(MESSAGES), [[place[message.id] for message in matter] for matter in matters]
    )


def test_a_new_message_finds_the_issue_it_belongs_to(gathering):
    lamp = Message("new", "槐荫路的路灯还是不亮", "柏溪区槐荫路路灯坏了快一个月，晚上漆黑一片。", AT)
    fees = Message("new", "贝乐思不退学费", "贝乐思早教中心关门，店长失联，家长退费没有着落。", AT)

    assert gathering.issue_of(lamp) == LAMPS
    assert gathering.issue_of(fees) == TUITION


def test_the_same_words_about_another_road_belong_to_that_roads_issue(gathering):
    lamp = Message("new", "青岭县文澜路的路灯还是不亮", "青岭县文澜路路灯坏了快一个月，晚上漆黑一片。", AT)

    assert gathering.issue_of(lamp) == ELSEWHERE


def test_what_belongs_to_no_issue_finds_none(gathering):
    assert gathering.issue_of(Message("new", "图书馆周一开门吗", "想带孩子借绘本。", AT)) is None
    assert gathering.issue_of(Message("new", "", "", AT)) is None


def test_one_message_is_weighed_like_the_gathering_of_all(gathering):
    one, other, likeness = alike(gathering.wording)
    expected = {
        (first, second): much
        for first, second, much in zip(one.tolist(), other.tolist(), likeness.tolist(), strict=True)
    }

    for (first, second), much in sorted(expected.items())[::17]:
        words = gathering._words(MESSAGES[first])
        (alone,) = gathering.likeness(MESSAGES[first], words, np.array([second]))
        assert alone == pytest.approx(much, abs=1e-3)


def test_the_known_names_in_a_text_are_found_without_looking_up_all_its_runs_of_signs(gathering):
    columns = gathering.wording.columns
    expected = [{columns[name] for name in names_of(message.text) if name in columns} for message in MESSAGES]

    assert [gathering._names(message.text) for message in MESSAGES] == expected
    assert max(map(len, expected)) > 10


def test_of_messages_with_as_much_in_common_the_first_are_compared():
    copies = [Message(str(at), "路灯不亮", "槐荫路的路灯不亮", AT) for at in range(COMPARED + 5)]
    others = [Message(f"other {at}", "公交太少", "十一路公交太少", AT) for at in range(COMPARED + 5)]
    gathering = Gathering(read_wording([*others, *copies]), [])

    nearest = gathering._nearest(gathering._words(copies[-1]))

    assert nearest.tolist() == list(range(len(others), len(others) + COMPARED))
