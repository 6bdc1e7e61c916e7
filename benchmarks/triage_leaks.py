"""Personal particulars planted into fictional messages in many spellings, and texts that have none but look as if.

Recall counts a particular found when what was named covers at least nine tenths of it; false alarms count clean sentences with anything named.
The baseline is what everybody writes first: eleven digits for a mobile, eighteen for an identity card, an e-mail.
"""

import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from stdnum import luhn
from stdnum.cn import ric

from gongzhi.insight.triage.leaks import leaks_in

SEED = 20261126
EACH, EACH_QUICK = 2000, 150
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN = [
    "建国",
    "桂兰",
    "秀英",
    "志强",
    "海燕",
    "小军",
    "玉梅",
    "伟",
    "芳",
    "敏",
    "子涵",
    "浩然",
    "红霞",
    "永福",
    "春生",
    "丽",
    "国庆",
    "淑珍",
    "磊",
    "晓明",
    "爱民",
    "保全",
    "雪",
    "凤英",
    "金山",
    "书琴",
]
TITLES = [
    "先生",
    "女士",
    "书记",
    "主任",
    "局长",
    "科长",
    "所长",
    "师傅",
    "大爷",
    "大妈",
    "老师",
    "医生",
    "经理",
    "会计",
    "队长",
    "校长",
    "警官",
    "院长",
    "同志",
    "阿姨",
]
ESTATES = ["槐荫小区", "青禾苑", "柳溪花园", "金穗家园", "丰和园", "育才家属院", "春晓小区", "北苑", "锦绣城"]
ROADS = ["柳溪路", "青禾街", "文昌路", "丰收大道", "槐荫巷", "建设东路", "和平胡同"]
VILLAGES = ["柳庄村", "枣树湾", "前李庄", "石佛寨", "东河村"]
AROUND = (
    "您好，{}，请尽快处理，谢谢。", "反映路灯不亮的问题。{}。盼复！", "{}，楼道里的垃圾三天没人收了", "下水道堵了，物业一直推，{}，希望有人管。",
    "补贴还没有到账\n{}\n请核实", "（{}）邻居夜里施工，吵得睡不着。",
)  # fmt: skip
CLEAN = (
    "根据《物业管理条例》第{a}条第二款，物业费每平方米{b}.5元。", "请按〔2024〕{a}号文件办理，文号为豫建〔2023〕{b}号。", "行政服务大厅在文昌路{a}号，周一至周五上班。",
    "县政府地址：丰收大道{a}号。", "项目总投资13{a}00000000元，分{b}期完成。", "咨询电话：0373-55{a}{b}，或拨打12345热线。", "{a}路公交车在{b}点以后就没有了。",
    "小区共有{a}栋楼{b}户居民，没有一个充电桩。", "2024.11.05 13:45，停电{a}分钟，11月{b}日又停了。", "教育局局长和学校老师都来看过，村委会主任说要等{a}天。", "王某某和李某说已经报了{a}次。",
    "订单编号：138{a}0012{b}45，至今没有退款。", "这条路长{a}米，宽{b}米，2019年修的。", "公安局长接访日是每月{a}日，语文老师缺了{b}名。", "村党支部书记、镇长、县长都知道，{a}户联名。",
    "请增加{a}个车位，门口{b}号井盖坏了。", "统一社会信用代码91410{a}00MA{b}W0X2，营业执照过期了。", "G{a}高速{b}公里处有坑，S{a}省道也一样。", "东户西户都漏水，三单元的电梯坏了{a}天。",
    "本人于前年，在{a}路买了房。", "幼儿园{a}班有{b}个孩子。", "联系电话：0373-55{a}{b}（县民政局救助科）。", "如有异议请与我单位联系，电话0373-55{a}{b}。", "报修电话400-8{a}-{b}0，传真0373-55{a}{b}。",
    "{a}、{b}、13、14、15、16、17、18号楼已完工。", "{a}:30-17:30，8:30-11:30受理。", "经度1{a}.352345，纬度36.1{b}，面积13{a}.5、24{b}.6平方米。", "豫E、豫A号牌均可办理，{a}日内办结；微信公众号fabu{b}可查。",
    "用水量{a}立方，水费{b}元，比上月多一倍。", "人民医院门诊楼{b}层没有电梯，邮箱是xinfang@example.gov.cn。",
)  # fmt: skip

Made = tuple[str, str]


def measure(quick: bool = False) -> dict[str, Any]:
    """Return recall by kind, false alarms on clean texts and texts a second, beside the baseline."""
    chance, each = random.Random(SEED), EACH_QUICK if quick else EACH  # noqa: S311 - a corpus that can be repeated
    planted = [(kind, *_planted(chance, make)) for kind, make in MAKERS.items() for _time in range(each)]
    clean = [
        chance.choice(CLEAN).format(a=chance.randint(11, 98), b=chance.randint(100, 899))
        for _time in range(2 * each)
    ]
    began = time.perf_counter()
    found = [[leak.span for leak in leaks_in(text)] for _kind, text, _span in planted]
    alarms = sum(bool(leaks_in(text)) for text in clean)
    taken = time.perf_counter() - began
    return {
        "recall": _recall(planted, found),
        "recall_baseline": _recall(planted, [plain_patterns(text) for _kind, text, _span in planted])["all"],
        "clean_texts": len(clean),
        "false_alarms": alarms,
        "false_alarms_baseline": sum(bool(plain_patterns(text)) for text in clean),
        "texts_a_second": round((len(planted) + len(clean)) / taken),
    }


def _recall(
    planted: list[tuple[str, str, tuple[int, int]]], found: list[list[tuple[int, int]]]
) -> dict[str, float]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for (kind, _text, span), spans in zip(planted, found, strict=True):
        covered = set().union(*(range(*one) for one in spans)) & set(range(*span))
        hits[kind].append(len(covered) >= 0.9 * (span[1] - span[0]))
    by_kind = {kind: round(sum(each) / len(each), 4) for kind, each in hits.items()}
    return {"all": round(sum(map(sum, hits.values())) / len(planted), 4), **by_kind}


def plain_patterns(text: str) -> list[tuple[int, int]]:
    """Return what everybody writes first finds: eleven digits for a mobile, eighteen for an identity card, an e-mail."""
    return [found.span() for found in re.finditer(r"1\d{10}|\d{17}[\dXx]|[\w.]+@[\w.]+|\d{16,19}", text)]


def _planted(chance: random.Random, make: Callable[[random.Random], Made]) -> tuple[str, tuple[int, int]]:
    """Return a text and where in it the particular stands."""
    said, particular = make(chance)
    text = chance.choice(AROUND).format(said)
    at = text.index(said) + said.index(particular)
    return text, (at, at + len(particular))


def _digits(chance: random.Random, number: int) -> str:
    return "".join(chance.choice("0123456789") for _time in range(number))


#: Ten digits as people find them on a keyboard; the first is how most write.
ALPHABETS = (
    "0123456789", "０１２３４５６７８９", "零一二三四五六七八九", "〇幺二三四五六七八九", "○一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡", "٠١٢٣٤٥٦٧٨٩", "O123456789", "0l23456789", "О12З456789",
)  # fmt: skip
#: What stands between groups of digits; some of it shows nothing.
MARKS = (
    " ", "-", ".", "·", "－", "—", "–", "‐", "−", "_", "*", "/", "，", "、", ",", "~", "～", "…", "|", ":", "；", "+", "#", "★", "\n", "   ", " - ", "\u3000",
    "\u00a0", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "&nbsp;",
)  # fmt: skip


def _disturbed(chance: random.Random, number: str) -> str:
    """Return a number as people write it who want to be read by people, not by a filter: other digits, marks between, or both."""
    way = chance.randrange(6)
    if way in (0, 1):
        return number
    groups = [number]
    if way in (2, 3):
        groups = chance.choice(
            (
                [number[at : at + 4] for at in range(0, len(number), 4)],
                [number[:3], *(number[at : at + 4] for at in range(3, len(number), 4))],
                [number[:6], number[6:]],
                list(number),
            )
        )
    spelt = str.maketrans("0123456789", chance.choice(ALPHABETS[1:] if way in (3, 4) else ALPHABETS[:1]))
    if way == 5:
        at = chance.randrange(3, len(number) - 3)
        return number[:at] + number[at:].translate(str.maketrans("0123456789", chance.choice(ALPHABETS[2:6])))
    return chance.choice(MARKS).join(groups).translate(spelt)


def _mobile(chance: random.Random) -> Made:
    number = "1" + chance.choice("3456789") + _digits(chance, 9)
    if chance.random() < 0.1:
        number = chance.choice(
            (f"（{number[:3]}）{number[3:]}", f"86{number}", f"0086-{number}", f"{number[:3]}({number[3:7]}){number[7:]}")
        )  # fmt: skip
    else:
        number = _disturbed(chance, number)
    behind = chance.choice(("", "", "", "万师傅", "一直没人接", "，13900112233", "（王）"))
    marked = chance.choice(("电话", "①")) if number[0] == "1" else "电话"
    return chance.choice(
        (marked, "手机号码是", "联系我：", "打", "+86 ", "微信同号", "业主")
    ) + number + behind, number


def _id_number(chance: random.Random) -> Made:
    born = f"{chance.randint(1940, 2015)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    start = f"41{chance.randint(1, 18):02}{chance.randint(2, 29):02}{born}{_digits(chance, 3)}"
    number = start + ric.calc_check_digit(start + "0")
    if chance.random() < 0.2 and born < "1999":
        number = start[:6] + start[8:]
    number = _disturbed(chance, number)
    return chance.choice(
        ("身份证", "身份证号码：", "证件号", "身份证编号", "居民身份证代码", "ID", "SFZ", "张三")
    ) + number + chance.choice(("", "", "男", " 13800112233")), number


def _card(chance: random.Random) -> Made:
    start = chance.choice(("6222", "6217", "6228", "4367", "5264", "9558")) + _digits(
        chance, chance.choice((11, 14))
    )
    checked = start + luhn.calc_check_digit(start)
    if chance.random() < 0.15:
        slip = start + str((int(checked[-1]) + chance.randint(1, 9)) % 10)
        return chance.choice(("卡号", "银行卡：", "收款账号为", "存折")) + slip, slip
    number = _disturbed(chance, checked)
    return chance.choice(
        ("卡号", "银行卡：", "打到", "账户", "NO", "卡号代码", "存到")
    ) + number + chance.choice(("", "", "元宵节前", " 3000元")), number


def _landline(chance: random.Random) -> Made:
    area, rest = (
        chance.choice(("0371", "0373", "0379", "010", "0392")),
        chance.choice("2345678") + _digits(chance, 6),
    )
    mark = chance.choice(MARKS)
    number = chance.choice(
        (f"{area}-{rest}", f"{area}{rest}", f"({area}){rest}", f"{area} {rest}", f"（{area}）{rest}", f"{area}{mark}{rest}", f"{area}{mark}{rest[:3]}{mark}{rest[3:]}", f"+86 {area[1:]} {rest}")
    )  # fmt: skip
    said = chance.choice(
        ("家里电话", "座机", "我的号码", "联系电话：", "处理结果请打", "所以打我家", "服务不好，请回电", "我住卫生院旁，电话", "局里来人先打", "拨打我父亲的")
    )  # fmt: skip
    return said + number, number.lstrip("+")


def _plate(chance: random.Random) -> Made:
    signs = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
    first, letter = chance.choice("豫冀鲁晋陕京皖鄂苏"), chance.choice("ABCDEFGHJKLMNPQRSU")
    rest = chance.choice(
        (_digits(chance, 5), "".join(chance.choice(signs) for _t in range(4)) + _digits(chance, 1), "D" + _digits(chance, 5), "F" + chance.choice(signs[:24]) + _digits(chance, 4), _digits(chance, 5) + "D", _digits(chance, 4) + chance.choice("学挂警"))
    )  # fmt: skip
    way = chance.randrange(12)
    plate = first + letter + chance.choice(("", "", *MARKS)) + rest
    if way == 0:
        plate = plate.lower()
    if way == 1:
        plate = "".join(
            chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in first + letter + rest
        )
    if way == 2:
        plate = first + letter + rest.translate(str.maketrans("0123456789", chance.choice(ALPHABETS[2:5])))
    if way == 3:
        plate = f"{first}{chance.randint(1, 18):02}{chance.choice(('', '·', '-'))}{_digits(chance, 5)}"
    if way == 4:
        plate = chance.choice(("河南", "河北省", "山东")) + letter + _digits(chance, 5)
    if way == 5:
        plate = chance.choice(("予", "郑州", "")) + letter + _digits(chance, 5)
        return chance.choice(("车牌", "车牌号：", "电动车牌")) + plate, plate
    return chance.choice(("车牌", "车牌号：", "一辆", "车主的", "")) + plate, plate


def _name(chance: random.Random) -> Made:
    surname, given = chance.choice(SURNAMES), chance.choice(GIVEN)
    way = chance.randrange(5)
    if way == 0:
        return f"我叫{surname}{given}", surname + given
    if way == 1:
        return chance.choice(
            ("姓名：", "姓名:", "联系人：", "户主", "申请人 ")
        ) + surname + given, surname + given
    if way == 2:
        return f"本人{surname}{given}，家里有三口人", surname + given
    named = surname + (given if way == 4 else "") + chance.choice(TITLES)
    return chance.choice(
        ("我找过", "社区的", "接待我的是", "村里", "上次", "请转告", "物业", "和")
    ) + named + chance.choice(("说不归他管", "答应了", "，没有下文")), named


def _address(chance: random.Random) -> Made:
    house, unit, floor, door = (
        chance.randint(1, 38),
        chance.randint(1, 4),
        chance.randint(1, 18),
        chance.randint(1, 4),
    )
    estate, village = chance.choice(ESTATES), chance.choice(VILLAGES)
    room = f"{floor}{door:02}" if floor < 10 else f"{floor}0{door}"
    spelt = "一二三四"[unit - 1]
    home = chance.choice(
        (f"{house}号楼{unit}单元{room}室", f"{house}号楼{spelt}单元{room}", f"{house}栋{room}室", f"{house}幢{unit}单元{floor}楼东户", f"{house}号楼 {unit}单元 {room}号", f"{house}#楼{unit}单元{room}")
    )  # fmt: skip
    way = chance.randrange(5)
    if way == 0:
        home = f"{house}-{unit}-{room}"
    if way == 1:
        home = f"{chance.randint(1, 12)}组{chance.randint(1, 90)}号"
        return f"我是{village}{home}的村民", home
    if way == 2:
        home = f"{chance.choice(ROADS)}{chance.randint(1, 300)}号"
        return chance.choice(("家住", "住址：", "我家住在", "家庭地址：")) + home, home
    home = (
        "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in home)
        if chance.random() < 0.1
        else home
    )
    return chance.choice(("家住", "", "我是", "住在")) + estate + home, home


def _email(chance: random.Random) -> Made:
    name = chance.choice(("li.ming", "wang_88", "zhang-san", "user", "abc")) + _digits(chance, 3)
    domain = chance.choice(("example.com", "mail.example.cn", "example.org"))
    at = chance.choice(("@", "@", " @ ", "＠", "#", "(at)", "[at]", "（at）", "艾特", "@\u200b", "@\n"))
    dot = chance.choice((".", ".", ".", "。", "·", "点", " . ", "(dot)", "．"))
    address = name + at + domain.replace(".", dot)
    if chance.random() < 0.1:
        address = chance.choice(("张三", "小禾")) + "@" + domain
    return chance.choice(("邮箱", "请回复到", "E-mail：", "邮箱是")) + address, address


def _account(chance: random.Random) -> Made:
    if chance.random() < 0.5:
        name = chance.choice(("wx_", "lily-", "abc", "Zhou")) + _digits(chance, 5)
        called = chance.choice(
            ("微信", "微信号：", "加微信 ", "wx:", "VX", "薇信是", "微信号是", "加我V", "+v ", "V：", "W X：", "微 信", "微\u200b信", "微信号就是", "微信ID：", "微信（", "薇", "威心", "徽信", "卫星号", "绿泡泡", "微信号\n", "抖音号", "快手号：", "支付宝账号")
        )  # fmt: skip
        return called + name, name
    number = chance.choice("123456789") + _digits(chance, chance.randint(6, 9))
    if chance.random() < 0.2:
        number = number.translate(str.maketrans("0123456789", chance.choice(ALPHABETS[1:5])))
    called = chance.choice(
        (
            "QQ",
            "QQ号：",
            "qq ",
            "扣扣",
            "ＱＱ号是",
            "Q：",
            "q q",
            "球球",
            "企鹅号",
            "QQ（",
            "QQ\n",
            "加Q",
            "QQ\u200b",
        )
    )
    return called + number, number


MAKERS = {
    "mobile": _mobile, "id_number": _id_number, "bank_card": _card, "landline": _landline, "plate": _plate, "name": _name,
    "address": _address, "email": _email, "account": _account,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))  # noqa: T201 - its output
