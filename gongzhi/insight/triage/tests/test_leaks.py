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
    ("燃气户号是1020034567", Kind.ACCOUNT, "1020034567"),
    ("低保证号：豫低字第4105230012号", Kind.ACCOUNT, "豫低字第4105230012"),
    ("学籍号G410502201501010023", Kind.ACCOUNT, "G410502201501010023"),
    ("住院号（0012345）", Kind.ACCOUNT, "0012345"),
    ("护照E12345678", Kind.ACCOUNT, "E12345678"),
    ("快递单号SF1234567890", Kind.ACCOUNT, "SF1234567890"),
    ("房产为豫(2021)柳溪县不动产权第0012345号", Kind.ACCOUNT, "豫(2021)柳溪县不动产权第0012345号"),
)
#: How one number is written so that people read it and a filter does not: each is found whole, and nothing but it.
DISGUISED = (
    *(f"138{mark}0012{mark}3456" for mark in ("\u200b", "\u2060", "\u00a0", "\ufeff", "\u00ad", "\n", "   ", " - ", "~", "/", "，", "、", "…", "|", "‐", "−", "★", "&nbsp;", "<br>")),
    *("(138)0012-3456", "138（0012）3456", "+86 138 0012 3456", "0086-13800123456"),
    *("一三八○○一二三四五六", "十三八零零一二三四五六", "❶❸❽⓿⓿❶❷❸❹❺❻", "⑴⑶⑻00⑴⑵⑶⑷⑸⑹", "𝟏𝟑𝟖𝟎𝟎𝟏𝟐𝟑𝟒𝟓𝟔", "¹³⁸⁰⁰¹²³⁴⁵⁶", "١٣٨٠٠١٢٣٤٥٦"),
    *("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣", "1З8ОО123456", "l38OO123456", "I3800123456", "&#49;&#51;800123456"),
)  # fmt: skip
AMID = (
    ("手机13800123456万师傅接", Kind.MOBILE, ("13800123456",)),
    ("手机13800123456一直没人接", Kind.MOBILE, ("13800123456",)),
    ("①13800123456，②13900123457", Kind.MOBILE, ("13800123456", "13900123457")),
    ("打1380012345613900123457都行", Kind.MOBILE, ("13800123456", "13900123457")),
    ("打一三八零零一二三四五六一直没人接", Kind.MOBILE, ("一三八零零一二三四五六",)),
    ("张三四一〇一〇五一九九〇〇三〇七一二三四", Kind.ID_NUMBER, ("四一〇一〇五一九九〇〇三〇七一二三四",)),
    ("ID4101 - 0590 - 0307 - 123", Kind.ID_NUMBER, ("4101 - 0590 - 0307 - 123",)),
    ("身份证4101051990O3O71OOX", Kind.ID_NUMBER, ("4101051990O3O71OOX",)),
    ("身份证4l0l05l990030712З4", Kind.ID_NUMBER, ("4l0l05l990030712З4",)),
    ("卡号6222 0000 0000 0009 3000元", Kind.BANK_CARD, ("6222 0000 0000 0009",)),
    ("订单编号：13800123456，手机13800123457", Kind.MOBILE, ("13800123457",)),
    ("身份证41010519900307123X13800123456", Kind.ID_NUMBER, ("41010519900307123X",)),
    ("ID410105199003071234", Kind.ID_NUMBER, ("410105199003071234",)),
    ("SFZ41010519900307123（X）", Kind.ID_NUMBER, ("41010519900307123（X",)),
    ("身份证编号410105/19900307/1234", Kind.ID_NUMBER, ("410105/19900307/1234",)),
    ("身份证410105199013071234，生日写错", Kind.ID_NUMBER, ("410105199013071234",)),
    ("残疾证41010519900307123X42", Kind.ID_NUMBER, ("41010519900307123X42",)),
    ("NO6222000000000009到账", Kind.BANK_CARD, ("6222000000000009",)),
    ("打到6222 0000 0000 0009 138 0012 3456", Kind.BANK_CARD, ("6222 0000 0000 0009",)),
    ("银行卡6222000000000008写错一位", Kind.BANK_CARD, ("6222000000000008",)),
    ("存折00000012345678901889", Kind.BANK_CARD, ("00000012345678901889",)),
    ("打到6222000000000009元宵节前", Kind.BANK_CARD, ("6222000000000009",)),
    ("处理结果请打0373-5551234", Kind.LANDLINE, ("0373-5551234",)),
    ("所以请打我家+86-373-5551234", Kind.LANDLINE, ("86-373-5551234",)),
    ("我家在卫生院旁，电话（0373）555 1234转2", Kind.LANDLINE, ("0373）555 1234转2",)),
    ("家里5551234晚上有人", Kind.LANDLINE, ("5551234",)),
    *((f"车牌{plate}，停了三天", Kind.PLATE, (plate,)) for plate in (
        "豫A一二三四五", "豫A：12345", "豫A\n12345", "豫\u200bA\u200b12345", "豫.A.12345", "豫A（12345", "予A12345", "河南A12345", "豫01·12345",
        "豫A1O345", "豫А12345", "WJ豫12345", "使224578", "豫A12345临", "豫A1234学", "郑州A12345",
    )),
    *((f"{called}lisi_2020，等你", Kind.ACCOUNT, ("lisi_2020",)) for called in (
        "加我V：", "+V ", "加v：", "W X：", "微 信：", "微.信", "微信号就是", "微信ID：", "微信（", "薇", "威心", "徽信", "卫星号", "绿泡泡", "抖音号", "快手：", "支付宝",
    )),
    *((f"{called}345678901，等你", Kind.ACCOUNT, ("345678901",)) for called in ("Q：", "q q", "QQ（", "球球", "企鹅", "扣扣号：", "QQ邮箱", "QQ\n")),
    ("加微信 wx_20200，等你", Kind.ACCOUNT, ("wx_20200",)),
    ("vxlisi2020，等你", Kind.ACCOUNT, ("vxlisi2020",)),
    ("加我Vlisi_2020，等你", Kind.ACCOUNT, ("Vlisi_2020",)),
    ("QQ三四五六七八九零一", Kind.ACCOUNT, ("三四五六七八九零一",)),
    ("163邮箱lisi88", Kind.ACCOUNT, ("lisi88",)),
    *((f"邮箱{address}，请回", Kind.EMAIL, (address,)) for address in (
        "lisi#example.com", "lisi(at)example.com", "lisi[at]example[dot]com", "lisi艾特example点com", "lisi@example。com", "lisi@\u200bexample.com", "lisi @ example .com",
    )),
)  # fmt: skip
CLEAN = (
    "根据《物业管理条例》第67条，请按豫建〔2023〕128号文件办理。",
    "行政服务大厅在文昌路128号，咨询电话0373-5551234，也可拨打12345。",
    "项目总投资13800000000元；订单编号：13800123456。",
    "公安局长接访，语文老师缺3名，村委会主任、党支部书记、会计师都在。",
    "2024.11.05 13:45停电，小区18栋楼342户都没有电。",
    "王某某说已经报了3次，邮箱xinfang@example.gov.cn。",
    "本人于前年在柳溪路买了房。",
    "联系电话：0373-5551234（县民政局社会救助股）。",
    "如有异议请与我单位联系：0373-5551234；传真0373-5551235转8012。",
    "窗口电话0373 5551234；报修电话：400 820 1234；公开电话：5551234、5551235。",
    "第一、二、三、四、五、六、七、八、九、十条；13、14、15、16、17、18号楼；1、3、5、7、8、10、12月。",
    "15、622、13、14、15、16、17、18号楼已完工。",
    "13:30-17:30，8:30-11:30受理；收入138,371,045,12元，预算13,800,123,456。",
    "经度138.352345，纬度36.103；投入138.2、246.1、387.5万元；规格1300×1800×2000。",
    "登录https://example.gov.cn/art/2024/3/15/art_1380_3710451.html查看。",
    "营业执照注册号410105000123456；合同编号：410105202403150012。",
    "生活电话：供水0371-5551234，燃气0371-5551235。",
    "学费12000元，门诊500-1000元，用户12000户，准考证和户口本都要带，2024届毕业。",
    "豫A、豫E号牌均可办理；微信公众号fabu2020；支付宝APP、微信（WeChat）缴费；加入QQ群了解。",
)


@pytest.mark.parametrize(("text", "kind", "particular"), PARTICULARS)
def test_a_particular_is_found_where_it_stands(text: str, kind: Kind, particular: str | None) -> None:
    found = [leak for leak in leaks_in(text) if leak.kind is kind]

    assert len(found) == 1
    assert particular is None or text[slice(*found[0].span)] == particular


@pytest.mark.parametrize("number", DISGUISED)
def test_a_mobile_is_found_in_whatever_signs_it_is_written(number: str) -> None:
    text = f"请打{number}找我"

    found = leaks_in(text)

    assert [(leak.kind, text[slice(*leak.span)].strip("(")) for leak in found] == [
        (Kind.MOBILE, number.strip("(+"))
    ]


@pytest.mark.parametrize(("text", "kind", "particulars"), AMID)
def test_particulars_are_told_apart_from_what_stands_around(
    text: str, kind: Kind, particulars: tuple[str, ...]
) -> None:
    assert tuple(text[slice(*leak.span)] for leak in leaks_in(text) if leak.kind is kind) == particulars


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


@pytest.mark.parametrize(
    "sign", ["a", "1", "a.b-", "0371-", "一", "3 ", "4,", "6 2 2 ", "a@", "微信a1", "\u200b1", "&#49;"]
)
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
