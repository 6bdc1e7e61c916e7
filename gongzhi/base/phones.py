"""Phone numbers as people type them, and as they are stored."""

from __future__ import annotations

import re
import unicodedata

from gongzhi.base.declined import NotPossible, gettext_noop

MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)

#: Area codes: 010 and 02x have three digits, all others four. Local numbers have seven or eight and do not begin
#: with 0 or 1.
LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([2-9][0-9]{6,7})(?:转([0-9]{1,6}))?", re.ASCII)

WITHOUT_AREA_CODE = re.compile(r"[2-9][0-9]{6,7}", re.ASCII)

COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))", re.ASCII)

EXTENSION = re.compile(r"(?<=[0-9]{7})(?:转|分机|EXT\.?|#|-)(?=[0-9]{1,6}$)", re.ASCII)

BETWEEN = re.compile(r"[\s\-()－—–·.]")


def normalised_phone(text: str) -> str:
    """Return a phone number as stored, or decline with the next step.

    A mobile number becomes its eleven digits; a landline becomes area code, dash, number (0371-65500000), with
    another dash before an extension.
    """
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if not typed:
        raise NotPossible(gettext_noop("请填写联系电话，手机或带区号的固定电话都可以。"))
    compact = BETWEEN.sub("", EXTENSION.sub("转", COUNTRY.sub("", typed)))
    if MOBILE.fullmatch(compact):
        return compact
    if WITHOUT_AREA_CODE.fullmatch(compact):
        raise NotPossible(gettext_noop("固定电话请加上区号，例如 0371-65500000。"))
    # A number written +86 371 ... lost the 0 of its area code.
    landline = LANDLINE.fullmatch(compact) or (compact != typed and LANDLINE.fullmatch("0" + compact))
    if landline:
        return "-".join(part for part in landline.groups() if part)
    if compact.isascii() and compact.isdigit() and compact.startswith("1"):
        raise NotPossible(gettext_noop("手机号码应为 11 位数字，以 13 至 19 开头，请核对后重新填写。"))
    raise NotPossible(gettext_noop("请填写 11 位手机号码，或带区号的固定电话，例如 0371-65500000。"))


def is_mobile(phone: str) -> bool:
    """Say whether a stored number is a mobile one, which can be sent a message."""
    return bool(MOBILE.fullmatch(phone))


def last_four(phone: str) -> str:
    """Return the last four digits of a stored number, without its extension: the second half of a query."""
    number = phone if is_mobile(phone) else "".join(phone.split("-")[:2])
    return number[-4:]
