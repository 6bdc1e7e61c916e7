"""What a reply leaves open is found with its passage; good manners stop nothing. All texts are fictional."""

import pytest

from gongzhi.insight.triage.reply_empty import says_nothing
from gongzhi.insight.triage.reply_points import ADVICE, Found, Given, Office, Point, points_in
from gongzhi.insight.triage.reply_words import WORDS, shown

ASKED = "槐荫小区三号楼电梯停了五天。请问电梯什么时候能修好？另外请问维修资金的使用明细能否公布？"
WHOLE = (
    "您好，来信收悉。经核实，三号楼电梯因主板损坏停运，将于3月20日修好；维修资金使用明细已张贴在小区公示栏。"
    "感谢您的监督，如有疑问请与街道联系。"
)
OTHERS = [
    "您好，文昌路的积水已于5月2日抽干，排水管已经疏通，如有疑问请与街道联系。",
    "您好，经查，灵活就业人员可以在社保窗口或网上缴费，断缴期间按规定不能补缴，感谢您的支持。",
    "您好，柳溪路路灯电缆老化，县城管局已于5月6日更换，现已亮灯，感谢您的监督。",
    "您好，青禾街夜市的油烟已经整改，执法队每天晚上巡查，感谢您的理解。",
]


def kinds(reply, given=None, others=OTHERS, text=ASKED):
    return {one.point for one in points_in(text, reply, given, Office(others))}


def test_a_whole_reply_leaves_nothing_open():
    assert kinds(WHOLE) == set()


def test_the_question_that_is_passed_over_is_shown():
    reply = WHOLE.replace("；维修资金使用明细已张贴在小区公示栏", "")
    assert points_in(ASKED, reply, office=Office(OTHERS)) == [
        Found(Point.UNANSWERED, "另外请问维修资金的使用明细能否公布？")
    ]


def test_asked_when_and_not_told_is_shown():
    text = "槐荫小区三号楼的电梯停了。请问多久可以修好？"
    reply = "您好，经查，槐荫小区三号楼电梯因主板损坏停运，厂家派人维修。感谢您的监督。"
    found = points_in(text, reply, office=Office(OTHERS))
    assert Found(Point.UNANSWERED, "请问多久可以修好？") in found


@pytest.mark.parametrize(
    ("taken", "point"),
    [
        ("您好，来信收悉。", Point.NO_OPENING),
        ("感谢您的监督，如有疑问请与街道联系。", Point.NO_CLOSING),
        ("经核实，", Point.NO_BASIS),
    ],
)
def test_manners_are_named_and_stop_nothing(taken, point):
    found = points_in(ASKED, WHOLE.replace(taken, ""), office=Office(OTHERS))
    assert [one.point for one in found] == [point]
    assert not found[0].stops and point in ADVICE


def test_a_reply_without_any_day_stops_only_where_somebody_asked_when():
    reply = WHOLE.replace("将于3月20日修好", "会修好").replace("已张贴", "张贴")
    assert kinds(reply) == {Point.NO_DATE, Point.UNANSWERED}
    assert kinds(reply, text="槐荫小区三号楼电梯停了五天，维修资金的使用明细请公布。") == {Point.NO_DATE}


@pytest.mark.parametrize("other", OTHERS)
def test_the_reply_to_another_matter_comes_first(other):
    replies = [*(reply for reply in OTHERS if reply != other), WHOLE.replace("三号", "五号")]
    found = points_in(ASKED, other, office=Office(replies))
    assert found[0].point is Point.OTHER_MATTER and found[0].passage == other[:60]


def test_a_reply_meant_for_another_message_names_that_one():
    asked = ("文昌路一下雨就积水，排水管堵了没人疏通。", "柳溪路的路灯坏了半个月，请尽快修好。")
    before = Office(OTHERS[1:], asked)
    assert points_in(ASKED, OTHERS[0], office=before)[0] == Found(Point.FITS_ANOTHER, asked[0])
    assert points_in(asked[0], OTHERS[0], office=before)[0].point is not Point.FITS_ANOTHER
    again = Office(OTHERS[1:], (f"{asked[0]}请尽快处理。", asked[1]))
    assert Point.FITS_ANOTHER not in {one.point for one in points_in(asked[0], OTHERS[0], office=again)}


@pytest.mark.parametrize(
    "reply",
    [
        "已转有关部门处理，谢谢。",
        "您好！您反映的问题已收悉，我们将尽快核实处理，感谢您的支持。",
        "网友您好，留言已收悉。",
        "您所反映的情况已转交县住建局核实、办理，有结果后及时反馈。2026年3月2日",
        "收到您的来信后，我局高度重视，正在调查处理中。",
        "关于您反映的问题，已转镇政府调查处理，请耐心等待。",
    ],
)
def test_empty_phrases_come_back_with_their_words(reply):
    assert points_in(ASKED, reply)[0] == Found(Point.EMPTY, reply[:60])


@pytest.mark.parametrize(
    "reply",
    ["按照现有的规定，没有此类补贴。", "护栏已于昨天装好。", "这条路归镇里管，四月开工。", WHOLE],
)
def test_short_but_about_the_matter_is_not_empty(reply):
    assert not says_nothing(reply)


def test_asking_again_counts_only_for_what_was_given():
    reply = WHOLE.replace("感谢", "请您提供联系电话。感谢")
    assert kinds(reply, Given(phone=True)) == {Point.ASKS_AGAIN}
    assert kinds(reply) == set()
    assert kinds(reply, text=ASKED + "电话13800123456。") == {Point.ASKS_AGAIN}
    for asks in ("请补充说明具体位置。", "请您提供停运的时间。"):
        assert kinds(WHOLE.replace("感谢", asks + "感谢"), text=ASKED + "3月12日起停的。") == {
            Point.ASKS_AGAIN
        }


def test_a_copy_is_found_and_a_short_phrase_is_none():
    assert kinds(WHOLE, others=[*OTHERS, WHOLE.replace("三号", "五号")]) == {Point.COPIED}
    assert Point.COPIED not in kinds("您好，已办结。", others=["您好，已办结。"])


def test_every_point_has_words_and_a_next_step_and_advice_stands_last():
    assert WORDS.keys() == set(Point)
    lines = shown([Found(Point.NO_DATE), Found(Point.EMPTY, "已转办。")])
    assert [line.is_advice for line in lines] == [False, True]
    assert lines[0].passage == "已转办。" and "什么时候有结果" in str(lines[0].next_step)
