"""The unified social credit code of a body and the check digits in it; the arithmetic is that of python-stdnum where it has it."""

from __future__ import annotations

import re

from stdnum.cn import uscc

from gongzhi.base.declined import NotPossible, gettext_noop

#: GB 11714-1997: weights of the eight digits or letters before the check digit of the organisation code.
ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

#: GB 32100-2015: registering department, class, region, organisation code, check digit. Letters stand for a department
#: too, among them N for the collectives that agriculture registers.
CREDIT_CODE = re.compile(r"[1-9ANY][0-9A-HJ-NP-RT-UW-Y][0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}", re.ASCII)


def check_credit_code(code: str) -> None:
    """Decline what is no unified social credit code (GB 32100-2015): 18 signs, of which the 17th and the 18th check."""
    if len(code) != 18:
        raise NotPossible(gettext_noop("统一社会信用代码应为 18 位，请对照证照重新填写。"))
    if not CREDIT_CODE.fullmatch(code):
        raise NotPossible(
            gettext_noop("统一社会信用代码由数字和大写字母组成，不使用 I、O、S、V、Z，请对照证照重新填写。")
        )
    if uscc.calc_check_digit(code[:-1]) != code[-1] or _organisation_check_digit(code[8:16]) != code[16]:
        raise NotPossible(
            gettext_noop("统一社会信用代码的校验位不符，可能有一位填错了，请对照证照逐位核对。")
        )


def _organisation_check_digit(body: str) -> str:
    """Return the check digit for the first eight places of an organisation code: 11 - sum mod 11, 10 as X, 11 as 0."""
    total = sum(
        int(place, 36) * weight for place, weight in zip(body, ORGANISATION_CODE_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]
