"""A text is cut short beside a number, never in it."""

import pytest

from gongzhi.base.cutting import cut_short


@pytest.mark.parametrize(
    "number",
    [
        "13837104512",
        "138 3710 4512",
        "１３８３７１０４５１２",
        "一三八三七一零四五一二",
        "41052319900101123X",
    ],
)
@pytest.mark.parametrize("before", [30, 35, 37, 38])
def test_a_number_is_left_whole_or_out(number, before):
    text = "灯" * before + number + "，请回电，谢谢您，谢谢您，谢谢您"
    short = cut_short(text, 40)

    assert len(short) <= 40 and short.endswith("…")
    rest = short.removesuffix("…").replace("灯", "")
    assert rest in ("", *((number + "，请回电")[:n] for n in range(len(number), len(number) + 5)))


def test_what_is_short_enough_stays():
    assert cut_short("电话13837104512", 40) == "电话13837104512"
    assert cut_short("灯" * 41, 40) == "灯" * 39 + "…"
