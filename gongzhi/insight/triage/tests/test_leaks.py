"""Particulars are found however they are spelt, and what offices write by rights is left; all texts are fictional."""

import re
import time

import pytest
from django.utils import translation

from gongzhi.insight.triage.leaks import Kind, leaks_in, masked, passages

PARTICULARS = (
    ("请打13800123456找我", Kind.MOBILE, "13800123456"),
    ("电话１３８ ００１２ ３４５６", Kind.MOBILE, "１３８ ００１２ ３４５６"),
    ("号码是一三八零零一二三四五六", Kind.MOBILE, "一三八零零一二三四五六"),
    ("号码138-0012-3四五六", Kind.MOBILE, "138-0012-3四五六"),
    ("身份证41010519900307123X", Kind.ID_NUMBER, "41010519900307123X"),
    ("旧证号410105900307123", Kind.ID_NUMBER, "410105900307123"),
    ("打到6222 0000 0000 0009，谢谢", Kind.BANK_CARD, "6222 0000 0000 0009"),
    ("家里电话0373-5551234", Kind.LANDLINE, "0373-5551234"),
    ("车牌豫A·12345", Kind.PLATE, "豫A·12345"),
    ("车牌豫AD12345", Kind.PLATE, "豫AD12345"),
    ("我叫张建国，住在村里", Kind.NAME, "张建国"),
    ("物业的王经理不管", Kind.NAME, "王经理"),
    ("欧阳海燕女士来过", Kind.NAME, "欧阳海燕女士"),
    ("槐荫小区3号楼2单元502室漏水", Kind.ADDRESS, "3号楼2单元502室"),
    ("槐荫小区12-1-301漏水", Kind.ADDRESS, "12-1-301"),
    ("我是柳庄村5组29号的村民", Kind.ADDRESS, None),
    ("家住柳溪路128号，水压低", Kind.ADDRESS, "柳溪路128号"),
    ("邮箱li.ming@example.com", Kind.EMAIL, "li.ming@example.com"),
    ("微信号：abc_12345", Kind.ACCOUNT, "abc_12345"),
    ("QQ 123456789", Kind.ACCOUNT, "123456789"),
)
CLEAN = (
    "根据《物业管理条例》第67条，请按豫建〔2023〕128号文件办理。",
    "行政服务大厅在文昌路128号，咨询电话0373-5551234，也可拨打12345。",
    "项目总投资13800000000元；订单编号：13800123456。",
    "公安局长接访，语文老师缺3名，村委会主任、党支部书记、会计师都在。",
    "2024.11.05 13:45停电，小区18栋楼342户都没有电。",
    "王某某说已经报了3次，邮箱xinfang@example.gov.cn。",
    "本人于前年在柳溪路买了房。",
)


@pytest.mark.parametrize(("text", "kind", "particular"), PARTICULARS)
def test_a_particular_is_found_where_it_stands(text: str, kind: Kind, particular: str | None) -> None:
    found = [leak for leak in leaks_in(text) if leak.kind is kind]

    assert len(found) == 1
    assert particular is None or text[slice(*found[0].span)] == particular


@pytest.mark.parametrize("text", CLEAN)
def test_what_an_office_writes_by_rights_is_left(text: str) -> None:
    assert leaks_in(text) == []


def test_a_long_number_whose_check_digit_is_wrong_is_no_card() -> None:
    assert leaks_in("打到6222 0000 0000 0008，谢谢") == []


def test_a_masked_text_keeps_its_length_and_has_nothing_left() -> None:
    text = "我叫张建国，电话13800123456，家住柳溪路128号。"

    hidden = masked(text, leaks_in(text))

    assert len(hidden) == len(text)
    assert hidden.startswith("我叫×××，电话×")
    assert leaks_in(hidden) == []


@pytest.mark.parametrize("sign", ["a", "1", "a.b-", "0371-", "一"])
def test_a_text_made_to_be_slow_is_read_as_fast_as_any(sign: str) -> None:
    begin = time.process_time()
    leaks_in(sign * 100_000)
    assert time.process_time() - begin < 10, "begun anew at every sign it takes a quarter of an hour"


def test_why_a_passage_may_not_stay_is_said_in_english_to_who_reads_english():
    text = "我叫李小禾，住在河西路18号楼3单元502室，手机13812345678。"
    with translation.override("en"):
        told = passages(text)
    assert told
    assert [one for one in told if not re.search(r"（[ -~]+）$", one)] == []
    assert any("mobile phone number" in one for one in told)
