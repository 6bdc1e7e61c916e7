"""What a reply leaves open is found with its passage; what a complete one says is not complained of."""

import pytest

from gongzhi.insight.triage.reply_points import Found, Given, Point, points_in

ASKED = "槐荫小区三号楼电梯停了五天。请问电梯什么时候能修好？另外希望公布维修资金的使用明细。"
WHOLE = (
    "您好，来信收悉。经核实，三号楼电梯因主板损坏停运，将于3月20日修好；维修资金使用明细已张贴在小区公示栏。"
    "感谢您的监督，如有疑问请与街道联系。"
)


def kinds(reply, given=None, others=()):
    return {one.point for one in points_in(ASKED, reply, given or Given(), others)}


def test_a_whole_reply_leaves_nothing_open():
    assert kinds(WHOLE) == set()


def test_the_demand_that_is_passed_over_is_shown():
    reply = WHOLE.replace("；维修资金使用明细已张贴在小区公示栏", "")
    assert points_in(ASKED, reply, Given()) == [Found(Point.UNANSWERED, "另外希望公布维修资金的使用明细。")]


@pytest.mark.parametrize(
    ("taken", "point"),
    [
        ("您好，来信收悉。", Point.NO_OPENING),
        ("感谢您的监督，如有疑问请与街道联系。", Point.NO_CLOSING),
        ("3月20日", Point.NO_DATE),
        ("经核实，", Point.NO_BASIS),
    ],
)
def test_what_is_missing_is_named(taken, point):
    assert kinds(WHOLE.replace(taken, "")) == {point}


def test_asking_again_counts_only_for_what_was_given():
    reply = WHOLE.replace("感谢", "请您提供联系电话和具体楼栋。感谢")
    assert kinds(reply) == {Point.ASKS_AGAIN}
    assert kinds(reply, Given(phone=False)) == set()


def test_a_copy_is_found_and_a_short_phrase_is_none():
    assert kinds(WHOLE, others=["天气很好，今天没有下雨。", WHOLE.replace("三号", "五号")]) == {Point.COPIED}
    assert Point.COPIED not in kinds("您好，已办结。", others=["您好，已办结。"])
