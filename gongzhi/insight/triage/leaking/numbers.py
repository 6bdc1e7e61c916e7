"""Numbers that belong to a person: identity card, mobile and landline, bank card; however they are spread or spelt."""

import re
from collections.abc import Iterator
from typing import Final

from stdnum import luhn
from stdnum.cn import ric

from gongzhi.insight.triage.leaking.found import Kind, Leak

_NUMERALS: Final = dict(
    zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两", "0012345678911234567892", strict=True)
)
_CIRCLED: Final = dict(zip("⓪①②③④⑤⑥⑦⑧⑨", "0123456789", strict=True))
_WIDTHS: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_ONE_WIDTH: Final = str.maketrans(_WIDTHS | _CIRCLED)
_TO_DIGITS: Final = str.maketrans(_NUMERALS | {"O": "0", "o": "0"})
_BETWEEN: Final = r"[ \t.\-·•・_—–*]{0,2}"
_SPELT: Final = re.compile(rf"[0-9{''.join(_NUMERALS)}](?:{_BETWEEN}[0-9Oo{''.join(_NUMERALS)}]){{6,}}")


def _spread(count: str) -> str:
    """Return a pattern of so many digits with anything usual between them."""
    return rf"(?:{_BETWEEN}\d){{{count}}}"


_ALONE, _ENDS = r"(?<![\dA-Za-z])", r"(?!\d)"
_ID_18: Final = re.compile(rf"{_ALONE}[1-9]{_spread('16')}{_BETWEEN}[\dXx×]{_ENDS}")
_ID_15: Final = re.compile(rf"{_ALONE}[1-6]{_spread('14')}{_ENDS}")
_CARD: Final = re.compile(rf"{_ALONE}[3-6]{_spread('15,18')}{_ENDS}")
_MOBILE: Final = re.compile(rf"(?<!\d)(?:\(?\+?(?:00)?86\)?{_BETWEEN})?1{_BETWEEN}[3-9]{_spread('9')}{_ENDS}")
_LANDLINE: Final = re.compile(
    rf"(?<![\d.])(?:\(0\d{{2,3}}\)|0{_BETWEEN}[1-9]{_spread('1,2')}){_BETWEEN}[2-8]{_spread('6,7')}{_ENDS}"
)
_LOCAL: Final = re.compile(
    rf"(?:电话|座机|固话|家里电话|联系方式)(?:号码|号)?[:是为 ]{{0,3}}(?P<number>[2-8]{_spread('6,7')}){_ENDS}"
)
#: What stands before a number that counts things or names a paper.
_NO_PERSON: Final = re.compile(
    r"(?:编号|单号|文号|案号|代码|批次|订单|工单|许可证|证书|发票|合同|流水|凭证|字第|型号|标准|金额|总额|资金)[号码为是:第 ]{0,4}$"
)
#: What stands behind an amount.
_AMOUNT: Final = re.compile(r"^ ?(?:元|万|亿|%|平方|立方|吨|公里|千米|米|人次|户次|千瓦|度电|号文)")
#: What stands before the number of an office.
_OFFICE: Final = re.compile(
    r"(?:热线|咨询|详询|拨打|致电|监督|举报|服务|办公|值班|投诉电话|公开电话|办公室|大厅|窗口|中心|[局委办院所站厅处科])"
    r"[^，。；\n]{0,8}$"
)


def one_width(text: str) -> str:
    """Return the text in one width; every sign keeps its place."""
    return text.translate(_ONE_WIDTH)


def spelt_out(text: str) -> str:
    """Return the text with long spelt numbers (一三八…) as digits; every sign keeps its place."""
    return _SPELT.sub(lambda found: found.group().translate(_TO_DIGITS), text)


def numbers_in(text: str) -> Iterator[Leak]:
    """Find numbers of persons in a text of one width with digits spelt out."""
    for pattern, sure, kind, why in _RULES:
        for found in pattern.finditer(text):
            digits = re.sub(r"[^\dXx×]", "", found.group()).upper().replace("×", "X")
            before, behind = (
                text[max(0, found.start() - 14) : found.start()],
                text[found.end() : found.end() + 4],
            )
            if sure(digits) and not _NO_PERSON.search(before) and not _AMOUNT.search(behind):
                yield Leak(kind, found.span(), why)
    yield from _landlines(text)


def _landlines(text: str) -> Iterator[Leak]:
    for pattern, group in ((_LANDLINE, 0), (_LOCAL, "number")):
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - 20) : found.start()]
            if not _OFFICE.search(before) and not _NO_PERSON.search(before):
                yield Leak(Kind.LANDLINE, found.span(group), "像是个人的固定电话")


def _is_id(digits: str) -> bool:
    """Say whether area and birthday are right; a wrong check digit is a slip of the pen, unless the birthday is odd as well."""
    dated = re.match(r"[1-6]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}", digits)
    return bool(dated) or (digits[6:8] in ("18", "19", "20") and ric.calc_check_digit(digits) == digits[-1])


def _is_old_id(digits: str) -> bool:
    return bool(re.match(r"[1-6]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$", digits))


def _is_card(digits: str) -> bool:
    return digits.isdigit() and bool(luhn.is_valid(digits)) and len(set(digits)) > 2


def _is_anything(digits: str) -> bool:
    return True


_RULES: Final = (
    (_ID_18, _is_id, Kind.ID_NUMBER, "像是身份证号码"),
    (_ID_15, _is_old_id, Kind.ID_NUMBER, "像是十五位身份证号码"),
    (_CARD, _is_card, Kind.BANK_CARD, "像是银行卡号"),
    (_MOBILE, _is_anything, Kind.MOBILE, "像是手机号码"),
)
