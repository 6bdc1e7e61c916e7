"""Hot issues of two invented towns: gathered by what they are about, told apart by place, the same in any order."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gongzhi.insight.triage import likeness
from gongzhi.insight.triage.hot import BOUND, Counts, Issue, heat_of, hot_issues, plain_title
from gongzhi.insight.triage.tests import invented
from gongzhi.insight.triage.wording import Message

NOW = datetime(2026, 4, 1)


def gathered(messages: list[Message]) -> set[frozenset[str]]:
    return {frozenset(issue.members) for issue in hot_issues(messages, NOW)}


def issue_of(message: str, messages: list[Message]) -> Issue:
    return next(issue for issue in hot_issues(messages, NOW) if message in issue.members)


def ids(messages: list[Message]) -> frozenset[str]:
    return frozenset(message.id for message in messages)


def test_messages_about_one_matter_are_one_issue_however_they_are_worded():
    found = gathered(invented.all_of_it())

    assert ids(invented.tuition()) in found
    assert ids(invented.lamps()) in found


def test_the_same_words_about_another_place_are_another_issue():
    found = gathered(invented.all_of_it())

    assert ids(invented.lamps_elsewhere()) in found


def test_what_has_nothing_in_common_is_in_no_issue():
    everyday = ids(invented.everyday())

    assert not any(everyday & members for members in gathered(invented.all_of_it()))


def test_one_writers_manner_is_never_among_the_hottest():
    issues = hot_issues(invented.all_of_it(), NOW)

    manner = ids(invented.of_manner())
    ranks = [rank for rank, issue in enumerate(issues) if manner & set(issue.members)]
    assert all(issues[rank].name == "" for rank in ranks)
    assert all(rank >= 3 for rank in ranks)


def test_many_without_a_name_in_common_stand_before_a_pair_with_one():
    words = "码头的木栏杆断了两根，孩子爱在那里玩，请派人来修。"
    pair = [
        Message(f"pier{at}", "白杨湾码头栏杆断了", f"白杨湾{words}", NOW - timedelta(days=60 + at))
        for at in (1, 2)
    ]

    issues = hot_issues([*invented.all_of_it(), *pair], NOW)

    many = next(at for at, issue in enumerate(issues) if ids(invented.of_manner()) & set(issue.members))
    few = next(at for at, issue in enumerate(issues) if "pier1" in issue.members)
    assert not issues[many].name
    assert issues[few].name
    assert many < few


@pytest.mark.parametrize("words", [-0.04, 0.04])
@pytest.mark.parametrize("bound", [-0.01, 0.01])
def test_weights_a_little_otherwise_give_the_same_issues_and_no_manner_first(monkeypatch, words, bound):
    monkeypatch.setattr(likeness, "WORDS", likeness.WORDS + words)
    monkeypatch.setattr(likeness, "NAME", likeness.NAME - words)

    issues = hot_issues(invented.all_of_it(), NOW, bound=BOUND + bound)

    apart = {ids(invented.lamps()), ids(invented.lamps_elsewhere()), ids(invented.tuition())}
    assert {frozenset(issue.members) for issue in issues[:3]} == apart
    assert all(not issue.name for issue in issues if ids(invented.of_manner()) & set(issue.members))


def test_an_issue_says_what_where_and_when():
    lamps = issue_of("lamps0", invented.all_of_it())

    assert "槐荫路" in lamps.title
    assert "柏溪区" in lamps.places
    assert "槐荫路" in lamps.places
    assert (lamps.begin, lamps.end) == (invented.BEGIN, invented.lamps()[-1].at)
    assert lamps.members == ("lamps0", "lamps1", "lamps2", "lamps3")
    assert lamps.people == lamps.lately == lamps.days == 4
    assert lamps.reasons[0] == ("people", 4)
    assert set(lamps.reasons[1:]) == {("lately", 4), ("days", 4), ("places", len(lamps.places))}


def test_the_order_of_messages_does_not_matter():
    messages = invented.all_of_it()
    expected = hot_issues(messages, NOW)

    for seed in range(5):
        random.Random(seed).shuffle(messages)
        assert hot_issues(messages, NOW) == expected


def test_a_message_about_something_else_changes_no_issue():
    stranger = Message(
        "new", "咨询居住证续签地点", "居住证快到期，想在网上续签，不知道入口。", invented.BEGIN
    )

    assert gathered([*invented.all_of_it(), stranger]) == gathered(invented.all_of_it())


def test_one_person_writing_four_times_makes_less_heat_than_four_people():
    alone = [replace(message, sender="one") for message in invented.all_of_it()]

    together, by_one = (issue_of("lamps0", each) for each in (invented.all_of_it(), alone))

    assert by_one.people == 1
    assert by_one.heat < together.heat
    assert by_one.members == together.members


def test_a_thousand_likes_weigh_less_than_five_people():
    clicked = Counts(people=5, again=0, lately=5, days=3, places=1, likes=1000)

    assert heat_of(clicked) < heat_of(replace(clicked, people=10, likes=0))


def test_a_title_is_said_without_address_and_courtesy():
    assert plain_title("请问柏溪区槐荫路的路灯何时能亮？？") == "柏溪区槐荫路的路灯何时能亮"
    assert plain_title("反映槐荫路路灯不亮的问题") == "槐荫路路灯不亮"
    assert plain_title("请问") == "请问"


def test_no_message_and_one_message_make_no_issue():
    assert hot_issues([], NOW) == []
    assert hot_issues(invented.lamps()[:1], NOW) == []
