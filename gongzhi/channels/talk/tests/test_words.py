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
        ("\u200b嗯\u200b", Meaning.THANKS, ""),
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


@pytest.mark.parametrize(
    ("meaning", "texts"),
    [
        (Meaning.STOP, "别发了 不要给我发短信了 甭再发信息了 退订短信 回T 回复TD退订 停 拒收 R"),
        (Meaning.PERSON, "找真人 转人工 人工 我要跟人说话 打电话给我 请给我回个电话 找客服"),
        (Meaning.THANKS, "谢谢 谢谢😊 谢谢恁，修好了 感谢政府 好的 知道了 ok 嗯 中 辛苦了！"),
        (Meaning.GREETING, "你好 在吗？ 喂 有人吗 您好，在吗"),
        (Meaning.CANCEL, "算了 算了，不用了 发错了 不好意思发错了 撤回 取消吧"),
        (Meaning.PROGRESS, "俺那事咋样了 我反映的事办得怎么样了 咋还不来 怎么还没修好"),
        (Meaning.MISTYPED, "41052K7M93Q 查询码 查询码41052K7M93"),
        (Meaning.URGENT, "救命 着火了 煤气漏了，咋办 孩子丢了"),
        (Meaning.DESPAIR, "我不想活了 有人要跳楼"),
        (Meaning.ANGER, "骗子！ 你们都是吃干饭的！ 滚 气死俺了"),
    ],
)
def test_the_same_is_said_in_many_ways(meaning, texts):
    for text in texts.split(" "):
        assert understood(text).meaning is meaning, text


@pytest.mark.parametrize(
    "text",
    [
        *("村里来了骗子卖保健品", "废物堆在路边没人清", "他妈妈摔伤了没人管", "滚石挡住了路", "王八沟村没水"),
        *("停电了", "取消了低保", "人工湖没人管", "中学门口堵车", "好几天没水了", "这个问题应该到哪反映"),
        *(
            "咋还不来电",
            "退订费什么时候退",
            "谢庄的路坏了",
            "去年秋天山上着火以后烧毁的林木到现在也没有人来管过",
            "没修好",
        ),
    ],
)
def test_what_only_sounds_like_it_is_a_matter(text):
    assert understood(text).meaning is Meaning.WORDS


def test_words_beside_a_grade_are_kept():
    said = understood("不满意，根本没修")
    assert (said.meaning, said.value, said.tail) == (Meaning.GRADE, "2", "根本没修")
