"""Masked forms of personal data, as lists, logs and search indexes show them (个人信息保护法 art. 6 and 51).

A mask never shows more than its docstring says, whatever it is given: what does not look as expected is hidden whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial

from gongzhi.base.phones import MOBILE

STARS = "***"

#: Surnames of two characters that occur among living people; all others are taken to be the first character.
COMPOUND_SURNAMES = re.compile(
    r"欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|东方|独孤|南宫|轩辕|申屠|端木|百里|呼延|东郭|第五|澹台"
    r"|闻人|赫连|公冶|宗政|濮阳|淳于|单于|太叔|仲孙|钟离|鲜于|闾丘|司空|拓跋|万俟|西门|左丘|公羊|谷梁"
)

LANDLINE = re.compile(r"(0[0-9]{2,3})-?[2-9][0-9]{4,5}[0-9]{2}(?:-[0-9]{1,6})?", re.ASCII)
CITIZEN_ID = re.compile(r"[0-9]{17}[0-9Xx]", re.ASCII)
E_MAIL = re.compile(r"[^@\s]+@([^@\s]+\.[^@\s]+)")


def mask_name(name: str) -> str:
    """Show the surname only (张**, 欧阳*); of a name without Chinese surname, its first letter."""
    stripped = name.strip()
    if len(stripped) < 2:
        return "*" * len(stripped)
    if "·" in stripped or stripped.isascii():
        return stripped[0] + STARS
    shown = 2 if len(stripped) > 2 and COMPOUND_SURNAMES.match(stripped) else 1
    masked = stripped[:shown] + "*" * (len(stripped) - shown)
    return masked if masked != stripped else STARS


def mask_phone(phone: str) -> str:
    """Show three and four digits of a mobile number (138****5678), area code and last two of a landline."""
    compact = re.sub(r"\s", "", phone)
    mobile = compact.replace("-", "")
    if MOBILE.fullmatch(mobile):
        return f"{mobile[:3]}****{mobile[-4:]}"
    if landline := LANDLINE.fullmatch(compact):
        number = compact.removeprefix(landline[1]).lstrip("-").split("-")[0]
        return f"{landline[1]}-****{number[-2:]}"
    return STARS if compact else ""


def mask_id_number(number: str) -> str:
    """Show the first three and last two places of a citizen number, never the birth date; others by two and one."""
    compact = re.sub(r"\s", "", number)
    if CITIZEN_ID.fullmatch(compact):
        return compact[:3] + "*" * 13 + compact[-2:]
    if len(compact) >= 8:
        return compact[:2] + "*" * (len(compact) - 3) + compact[-1]
    return STARS if compact else ""


def mask_bank_card(number: str) -> str:
    """Show the last four digits of a card or account number."""
    compact = re.sub(r"[\s-]", "", number)
    if len(compact) >= 12:
        return "**** " + compact[-4:]
    return STARS if compact else ""


def mask_e_mail(address: str) -> str:
    """Show the first character and the domain (z***@example.org)."""
    stripped = address.strip()
    if found := E_MAIL.fullmatch(stripped):
        return f"{stripped[0]}{STARS}@{found[1]}"
    return STARS if stripped else ""


#: Numbers in running text and their masks: an id or card number first, since a phone number may lie inside one.
NUMBERS_IN_TEXT: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", re.ASCII), mask_id_number),
    (re.compile(r"(?<![0-9])[0-9]{15,19}(?![0-9])", re.ASCII), mask_bank_card),
    (re.compile(r"(?<![0-9])1[3-9][0-9]([ -]?)[0-9]{4}\1[0-9]{4}(?![0-9])", re.ASCII), mask_phone),
    (re.compile(r"(?<![0-9])0[0-9]{2,3}-?[2-9][0-9]{6,7}(?![0-9])", re.ASCII), mask_phone),
    (
        re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", re.ASCII),
        mask_e_mail,
    ),
)


def mask_numbers(text: str) -> str:
    """Mask the id, card and phone numbers and e-mail addresses in running text."""
    masked = (
        unicodedata.normalize("NFKC", text) if any("０" <= character <= "９" for character in text) else text
    )
    for pattern, mask in NUMBERS_IN_TEXT:
        masked = pattern.sub(partial(_masked_by, mask), masked)
    return masked


def _masked_by(mask: Callable[[str], str], found: re.Match[str]) -> str:
    return mask(found[0])
