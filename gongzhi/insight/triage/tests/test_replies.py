"""What a reply lacks is named with its passage; all texts are fictional."""

import pytest

from gongzhi.insight.triage.replies import Lack, check_reply

TITLE = "柳溪路路灯不亮"
TEXT = "柳溪路与青禾街交叉口的路灯从5月3日起坏了，电话13800123456。请问什么时候能修好？另外希望在小学门口加装减速带。"
WHOLE = (
    "您好！您反映的柳溪路路灯不亮的问题已收悉。经查，系电缆老化，县城管局已于5月6日更换，现已亮灯。小学门口加装减速带一事，"
    "县交警大队根据《城市道路交通设施设计规范》现场勘查后，将于6月底前安装。如有疑问请拨打12345。感谢您的监督。"
)


def lacks(reply, text=TEXT, others=()):
    return [finding.lack for finding in check_reply(text, TITLE, reply, others)]


def test_a_whole_reply_lacks_nothing() -> None:
    assert lacks(WHOLE) == []


@pytest.mark.parametrize(
    ("gone", "put", "lack"),
    [
        ("您好！您反映的", "", Lack.OPENING),
        ("根据《城市道路交通设施设计规范》", "", Lack.BASIS),
        ("如有疑问请拨打12345。感谢您的监督。", "", Lack.CLOSING),
        ("小学门口加装减速带一事，县交警大队根据", "另根据", Lack.UNANSWERED),
        ("如有疑问", "请您提供联系电话，如有疑问", Lack.ASKS_AGAIN),
    ],
)
def test_what_is_taken_out_of_a_whole_reply_is_missed(gone: str, put: str, lack: Lack) -> None:
    assert gone in WHOLE

    assert lacks(WHOLE.replace(gone, put)) == [lack]


def test_passing_on_to_somebody_is_no_answer() -> None:
    found = check_reply(TEXT, TITLE, "您好，您反映的问题已转有关部门处理，感谢您的支持。", ())

    assert {finding.lack for finding in found} >= {Lack.WHO, Lack.WHEN, Lack.BASIS, Lack.UNANSWERED}
    assert any(finding.passage.startswith("请问什么时候") for finding in found)


def test_a_reply_about_another_matter_comes_first() -> None:
    other = "您好！灵活就业人员可在社保窗口或网上缴费，断缴期间按规定不能补缴，累计满最低年限即可领取养老金。感谢您的支持。"

    assert lacks(other)[0] is Lack.OTHER_MATTER


def test_a_copy_of_another_reply_is_named() -> None:
    assert Lack.COPIED in lacks(WHOLE, others=[WHOLE.replace("柳溪路", "文昌路").replace("5月6日", "4月2日")])
    assert Lack.COPIED not in lacks(WHOLE, others=["您好，文昌路的积水已经抽干，感谢支持。"])
