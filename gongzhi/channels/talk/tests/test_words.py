"""What people type on old telephones is understood, in any width and with anything around it."""

import pytest

from gongzhi.channels.talk.words import Meaning, understood


@pytest.mark.parametrize(
    ("text", "meaning", "value"),
    [
        ("5", Meaning.GRADE, "5"),
        ("５", Meaning.GRADE, "5"),
        (" 4 分。", Meaning.GRADE, "4"),
        ("非常满意！", Meaning.GRADE, "5"),
        ("不满意", Meaning.GRADE, "2"),
        ("三", Meaning.GRADE, "3"),
        ("退订", Meaning.STOP, ""),
        ("ｔｄ", Meaning.STOP, ""),
        ("Stop.", Meaning.STOP, ""),
        ("恢复", Meaning.START, ""),
        ("？", Meaning.HELP, ""),
        ("帮助", Meaning.HELP, ""),
        ("查进度", Meaning.PROGRESS, ""),
        ("4105 2k7m 93qx", Meaning.PROGRESS, "41052K7M93QX"),
        ("查询码：４１０５－2K7M－93QX", Meaning.PROGRESS, "41052K7M93QX"),
        ("「村口的路灯坏了」", Meaning.WORDS, "村口的路灯坏了"),
        ("6", Meaning.NOTHING, "6"),
        ("....", Meaning.NOTHING, "...."),
        ("", Meaning.NOTHING, ""),
        ("\u200b嗯\u200b", Meaning.NOTHING, "嗯"),
        ("5号楼停水了", Meaning.WORDS, "5号楼停水了"),
        ("退订费什么时候退给我", Meaning.WORDS, "退订费什么时候退给我"),
    ],
)
def test_a_text_means_what_its_writer_meant(text, meaning, value):
    said = understood(text)
    assert (said.meaning, said.value) == (meaning, value)


def test_a_code_may_come_with_the_last_digits_of_another_phone():
    said = understood("4105 2K7M 93QX 1234")
    assert (said.value, said.tail) == ("41052K7M93QX", "1234")
