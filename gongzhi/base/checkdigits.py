"""Check digits of the national identifiers: citizen number, unified social credit code and organisation code.

The arithmetic is that of python-stdnum where it has it. Each function comes in two forms: one that returns the number
as it is stored, or declines with the next step, and one that only says yes or no.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from gongzhi.base.declined import NotPossible, gettext_noop

ORGANISATION_CODE_LENGTH = 9

#: GB 11714-1997: weights of the eight digits or letters before the check digit.
ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

CITIZEN_ID = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)

#: GB 32100-2015: registering department, class, region, organisation code, check digit. Letters stand for a department
#: too, among them N for the collectives that agriculture registers.
CREDIT_CODE = re.compile(r"[1-9ANY][0-9A-HJ-NP-RT-UW-Y][0-9]{6}[0-9A-HJ-NP-RT-UW-Y]{10}", re.ASCII)

ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)


def citizen_id(number: str) -> str:
    """Return a citizen number (GB 11643-1999) as stored, or decline.

    The region is not looked up: an old number keeps the code of a county that may be gone.
    """
    compact = _compact(number)
    if len(compact) != 18:
        raise NotPossible(gettext_noop("公民身份号码应为 18 位，请对照证件重新填写。"))
    if not CITIZEN_ID.fullmatch(compact):
        raise NotPossible(gettext_noop("公民身份号码由数字组成，只有最后一位可以是 X，请对照证件重新填写。"))
    try:
        ric.get_birth_date(compact)
    except ValidationError as error:
        raise NotPossible(gettext_noop("公民身份号码中的出生日期不存在，请对照证件重新填写。")) from error
    if ric.calc_check_digit(compact) != compact[-1]:
        raise NotPossible(gettext_noop("公民身份号码的校验位不符，可能有一位填错了，请对照证件逐位核对。"))
    return compact


def credit_code(number: str) -> str:
    """Return a unified social credit code (GB 32100-2015) as stored, or decline."""
    compact = _compact(number)
    if len(compact) != 18:
        raise NotPossible(gettext_noop("统一社会信用代码应为 18 位，请对照证照重新填写。"))
    if not CREDIT_CODE.fullmatch(compact):
        raise NotPossible(
            gettext_noop("统一社会信用代码由数字和大写字母组成，不使用 I、O、S、V、Z，请对照证照重新填写。")
        )
    if uscc.calc_check_digit(compact[:-1]) != compact[-1] or not is_organisation_code(compact[8:17]):
        raise NotPossible(
            gettext_noop("统一社会信用代码的校验位不符，可能有一位填错了，请对照证照逐位核对。")
        )
    return compact


def organisation_code(number: str) -> str:
    """Return an organisation code (GB 11714-1997) as stored, without dash, or decline."""
    compact = _compact(number)
    if len(compact) != ORGANISATION_CODE_LENGTH:
        raise NotPossible(gettext_noop("组织机构代码应为 9 位，请对照证照重新填写。"))
    if not ORGANISATION_CODE.fullmatch(compact):
        raise NotPossible(gettext_noop("组织机构代码由数字和大写字母组成，请对照证照重新填写。"))
    if organisation_check_digit(compact[:-1]) != compact[-1]:
        raise NotPossible(gettext_noop("组织机构代码的校验位不符，可能有一位填错了，请对照证照逐位核对。"))
    return compact


def organisation_check_digit(body: str) -> str:
    """Return the check digit for the first eight places of an organisation code: 11 - sum mod 11, 10 as X, 11 as 0."""
    total = sum(
        int(place, 36) * weight for place, weight in zip(body, ORGANISATION_CODE_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def is_citizen_id(number: str) -> bool:
    """Say whether this is a citizen number with the right check digit."""
    try:
        citizen_id(number)
    except NotPossible:
        return False
    return True


def is_credit_code(number: str) -> bool:
    """Say whether this is a unified social credit code with the right check digits."""
    try:
        credit_code(number)
    except NotPossible:
        return False
    return True


def is_organisation_code(number: str) -> bool:
    """Say whether this is an organisation code with the right check digit."""
    try:
        organisation_code(number)
    except NotPossible:
        return False
    return True


def birth_date(number: str) -> date:
    """Return the birth date a citizen number holds."""
    return ric.get_birth_date(citizen_id(number))


def _compact(number: str) -> str:
    """Bring full-width typing to ASCII, drop blanks and dashes, raise letters."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()
