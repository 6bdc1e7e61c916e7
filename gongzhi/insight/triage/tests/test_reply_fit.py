"""A reply to the message scores above replies to other messages; texts are fictional."""

import pytest

from gongzhi.insight.triage.rarity import Rarity
from gongzhi.insight.triage.reply_beside import AtHand
from gongzhi.insight.triage.reply_features import FIGURES, Weighed, figures
from gongzhi.insight.triage.reply_fit import chance, fit, fits, height

MESSAGES = (
    "柳溪路与青禾街交叉口的路灯坏了半个月，晚上孩子放学看不清路，请尽快修好。",
    "我家住在槐荫小区，物业每月收电梯费，可电梯一停就是三天，没有人管。",
    "想问一下灵活就业人员怎么缴养老保险，中间断过两年能不能补缴？",
    "村东头的石料厂夜里开工，粉尘很大，窗户都不敢开，希望环保部门查一查。",
)
REPLIES = (
    "您好！您反映的柳溪路路灯不亮的问题已收悉。经查，系电缆老化所致，城管局已于5月6日更换，现已全部亮灯。感谢您的监督。",
    "您好！经街道办事处核实，槐荫小区电梯因主板故障停用，物业公司已约维保单位更换配件，电梯费将按停用天数退还。",
    "您好！灵活就业人员可在社保窗口或网上缴费，断缴期间按规定不能补缴，累计满最低年限即可领取养老金。",
    "您好！生态环境分局现场检查发现该石料厂喷淋设施未开，已责令停产整改，夜间不得生产。",
)


def test_the_reply_to_a_message_scores_above_every_other() -> None:
    pairs = [(message, reply) for message in MESSAGES for reply in REPLIES]

    scores = list(fits(pairs))

    for place in range(len(MESSAGES)):
        row = scores[place * len(REPLIES) : (place + 1) * len(REPLIES)]
        assert max(range(len(row)), key=row.__getitem__) == place
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("pair", [("", "您好"), ("路灯坏了", ""), ("……", "！！")])
def test_nothing_answers_nothing(pair: tuple[str, str]) -> None:
    assert list(fits([pair])) == [0.0]


def test_a_pair_scores_the_same_whatever_the_order_of_the_file() -> None:
    pairs = list(zip(MESSAGES, REPLIES, strict=True))

    assert list(fits(reversed(pairs))) == list(fits(pairs))[::-1]


def test_beside_the_message_it_was_written_for_a_reply_fits_another_less() -> None:
    rarity = Rarity([*MESSAGES, *REPLIES])
    message, reply = (Weighed(text, rarity) for text in ("青禾街的路灯坏了，晚上看不清路。", REPLIES[0]))
    at_hand, without = AtHand(MESSAGES, rarity), AtHand(MESSAGES[1:], rarity)

    assert fit(message, reply, at_hand) < fit(message, reply, without)
    assert 0 in at_hand.like(reply, message)
    assert 0 not in at_hand.like(reply, Weighed(MESSAGES[0], rarity)), "the message itself is no other"


def test_a_road_that_nobody_asked_about_counts_as_foreign() -> None:
    message, reply = (Weighed(text, Rarity()) for text in (MESSAGES[0], "梧桐大道的路灯已修好"))

    found = dict(zip(FIGURES, figures(message, reply), strict=True))

    assert found["foreign_names"] > 0
    assert found["own_names"] == 0


def test_curves_are_flat_outside_their_corners() -> None:
    curves = {name: [[0.0, 0.0], [1.0, 0.0]] for name in FIGURES}
    weights = {"base": 0.0, "curves": curves | {"length": [[1.0, -2.0], [3.0, 2.0]]}}

    heights = [
        chance(height([length if name == "length" else 0.0 for name in FIGURES], weights))
        for length in (0.0, 2.0, 9.0)
    ]

    assert heights == pytest.approx([0.1192, 0.5, 0.8808], abs=1e-4)
