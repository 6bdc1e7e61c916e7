"""Numbers that belong to a person: identity card, mobile and landline, bank card; however they are spread or spelt.

Every run of digits with signs between them is taken as a whole, and of all ways to read it that one is chosen which explains most of its
digits. So a card and the mobile behind it are two numbers, and two mobiles written as one word as well. A number begins and ends where a group of
digits does, or where the way of writing changes (13800123456一直没人接): a part of a longer number is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from stdnum.cn import ric

from gongzhi.insight.triage.leaking import around
from gongzhi.insight.triage.leaking.found import Kind, Leak
from gongzhi.insight.triage.leaking.signs import Signs

_NUMERALS: Final = dict(
    zip("〇零一二三四五六七八九十幺壹贰叁肆伍陆柒捌玖拾两", "001234567891112345678912", strict=True)
)
_LETTERS: Final = {"O": "0", "o": "0", "I": "1", "l": "1"}
_DIGITS: Final = {str(digit): str(digit) for digit in range(10)} | _NUMERALS | _LETTERS
_AS_DIGITS: Final = str.maketrans(_NUMERALS | _LETTERS)
#: A digit, a numeral, or a letter that looks like a digit and has no other letter beside it (X may close an identity card).
_OTHER_LETTER: Final = "[A-HJ-NP-WYZa-kmnp-wyz]"
_DIGIT: Final = rf"[0-9{''.join(_NUMERALS)}OoIl](?:(?<![OoIl])|(?<!{_OTHER_LETTER}[OoIl])(?!{_OTHER_LETTER}))"
#: Anything that is neither letter nor digit may stand between two digits; × makes measures of them (1300×1800).
_BETWEEN: Final = r"(?:[^\w×]|_){0,4}"
_RUN: Final = re.compile(rf"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{5,}}")
#: How the last sign of an identity card is written when it is no digit.
_LAST_X: Final = re.compile(r"[^\w×*]{0,2}[Xx×*叉](?![A-Za-z])(\d\d(?!\d))?")
_FEWEST: Final = 7
#: What may be part of a word with a numeral beside it (张三, 一直).
_WORD: Final = re.compile("[\u4e00-\u9fff]")

_BIRTHDAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DATED: Final = re.compile(rf"[1-689]\d{{5}}(?:19|20)\d\d{_BIRTHDAY}\d{{3}}[\dX]")
_CENTURY: Final = re.compile(r"[1-9]\d{5}(?:18|19|20)\d{9}[\dX]")
#: Old cards were given until 1999; who still lives was born in the twenties or later.
_OLD_ID: Final = re.compile(rf"[1-6]\d{{5}}[2-9]\d{_BIRTHDAY}\d{{3}}")
_DISABLED: Final = re.compile(r"[1-7][1-4]")
_MOBILE: Final = re.compile(r"(?:(?:00)?86|0)?1[3-9]\d{9}")
_AREA: Final = re.compile(r"(?:(?:00)?860?|0)(?:10|2\d|[3-9]\d\d)(?=[2-8]\d{6})")
_SERVICE: Final = re.compile(r"[48]00\d{7}")
_LOCAL: Final = re.compile(r"[2-8]\d{6}")
#: Doubled digits with their own digits added up, as Luhn's rule has it.
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

_DATE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d ?[-./] ?(?:0?[1-9]|1[0-2]) ?[-./] ?[0-3]?\d(?!\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
_EXTENSION: Final = re.compile(r" ?(?:转|分机) ?\d{1,6}")
_WHY: Final = {
    Kind.ID_NUMBER: "像是身份证号码",
    Kind.BANK_CARD: "像是银行卡号",
    Kind.MOBILE: "像是手机号码",
    Kind.LANDLINE: "像是个人的固定电话",
}


class _Reading(NamedTuple):
    """One way to read digits: what they are (nothing for a service number), how many, how far it is to be believed."""

    kind: Kind | None
    length: int
    weight: int


_CERTAIN, _SURE, _SAID = 3, 2, 1


@dataclass(slots=True)
class _Run:
    """Digits with where each stands, where a number may begin or end, and the words before."""

    digits: str
    at: list[int]
    borders: list[bool]
    text: str
    before: str
    speaks_of_line: bool
    sums: tuple[list[int], list[int]] | None = None

    def is_checked(self, first: int, end: int) -> bool:
        """Say whether the last of these digits is right by Luhn's rule, and they are no row of one or two.

        Sums up to each digit are kept, with every other digit doubled, so that a text of digits only is not added up anew from each of them.
        """
        if self.sums is None:
            signs = [int(sign) if sign != "X" else 0 for sign in self.digits]
            self.sums = (
                [0, *accumulate(_DOUBLED[sign] if at % 2 else sign for at, sign in enumerate(signs))],
                [0, *accumulate(sign if at % 2 else _DOUBLED[sign] for at, sign in enumerate(signs))],
            )
        sums = self.sums[(end - 1) % 2]
        return (
            (sums[end] - sums[first]) % 10 == 0
            and len(set(self.digits[first:end])) > 2
            and self.digits[first:end].isdigit()
        )

    def between(self, first: int, end: int) -> str:
        """Return how the digits from one to another are written, in one form."""
        return self.text[self.at[first] : self.at[end - 1] + 1]


def numbers_in(signs: Signs) -> Iterator[Leak]:
    """Find numbers of persons; the spans are places in the plain text."""
    for found in _RUN.finditer(signs.plain):
        run = _run(signs, *found.span())
        if run is None:
            continue
        for first, reading in _read(run):
            kind, end = reading.kind, first + reading.length
            if kind is None or not _is_a_persons(run, first, end, kind):
                continue
            stop = run.at[end - 1] + 1
            if kind is Kind.LANDLINE and (extension := _EXTENSION.match(signs.plain, stop)):
                stop = extension.end()
            why = "像是十五位身份证号码" if kind is Kind.ID_NUMBER and reading.length == 15 else _WHY[kind]
            yield Leak(kind, (run.at[first], stop), why)


def _run(signs: Signs, start: int, end: int) -> _Run | None:
    """Return the digits of a run, or nothing when there are too few or most of them are letters."""
    plain = signs.plain
    at = [place for place in range(start, end) if plain[place] in _DIGITS]
    shown = "".join([plain[place] for place in at])
    if len(at) < _FEWEST or sum(map(shown.count, _LETTERS)) > len(at) // 2:
        return None
    borders = [True, *(_is_border(signs, *pair) for pair in zip(at, at[1:], strict=False)), True]
    if shown[0] in _NUMERALS and _WORD.match(plain, start - 1 if start else end):
        borders[1] = True
    if shown[-1] in _NUMERALS and _WORD.match(plain, end):
        borders[-2] = True
    digits = shown.translate(_AS_DIGITS)
    if last := _LAST_X.match(plain, end):
        digits += "X" + (last[1] or "")
        at += range(last.end() - 1 - len(last[1] or ""), last.end())
        borders += [True] * (len(digits) - len(shown))
    before = plain[max(0, start - around.BEFORE) : start]
    speaks_of_line = bool(
        around.CALLED_LINE.search(before) or around.SAID_TO_BE_LINE.match(plain, at[-1] + 1)
    )
    return _Run(digits, at, borders, plain, before, speaks_of_line)


def _is_border(signs: Signs, left: int, right: int) -> bool:
    return right != left + 1 or _script(signs.written[left]) != _script(signs.written[right])


def _script(sign: str) -> int:
    return 0 if "0" <= sign <= "9" else 1 if sign in _NUMERALS else 2 + (ord(sign) >> 8)


def _read(run: _Run) -> list[tuple[int, _Reading]]:
    """Choose the numbers that explain most digits, from the first digit to the last.

    Inside a group of digits a number may only begin where another ends, and the last of them has to end with the group.
    """
    length = len(run.digits)
    behind = run.at[-1] + 1
    last = length - 1 if around.is_amount(run.text[behind : behind + around.BEHIND]) else length
    best: dict[int, int] = {0: 0}
    came: dict[int, tuple[int, _Reading | None]] = {}
    for first in range(length):
        if first not in best:
            continue
        so_far = best[first]
        if run.borders[first]:
            following = run.borders.index(True, first + 1)
            if so_far > best.get(following, -1):
                best[following], came[following] = so_far, (first, None)
        for reading in _readings(run, first):
            end = first + reading.length
            value = so_far + reading.length * reading.weight
            if end <= last and value > best.get(end, -1):
                best[end], came[end] = value, (first, reading)
    chosen: list[tuple[int, _Reading]] = []
    at = length
    while at:
        at, number = came[at]
        if number is not None:
            chosen.append((at, number))
    return chosen[::-1]


def _readings(run: _Run, first: int) -> Iterator[_Reading]:
    """Yield what may begin at a digit: identity card, mobile, service number, landline, card."""
    digits, sign = run.digits, run.digits[first]
    if sign != "0":
        yield from _ids(run, first)
    if (
        sign in "018"
        and (mobile := _MOBILE.match(digits, first))
        and not _is_list(run.between(mobile.end() - 11, mobile.end()))
    ):
        yield _Reading(Kind.MOBILE, mobile.end() - first, _SURE)
    if sign in "48" and (service := _SERVICE.match(digits, first)):
        yield _Reading(None, service.end() - first, _SURE)
    if sign in "08" or run.speaks_of_line:
        yield from _lines(run, first)
    yield from _cards(run, first)


def _ids(run: _Run, first: int) -> Iterator[_Reading]:
    """Yield identity cards: with a birthday, with a right check digit, or called so."""
    digits = run.digits
    if _DATED.match(digits, first) or (
        _CENTURY.match(digits, first)
        and ric.calc_check_digit(digits[first : first + 18]) == digits[first + 17]
    ):
        yield _Reading(Kind.ID_NUMBER, 18, _SURE)
        if _DISABLED.match(digits, first + 18):
            yield _Reading(Kind.ID_NUMBER, 20, _SURE)
    called = first == 0 and len(digits) >= 15 and bool(around.CALLED_ID.search(run.before))
    is_code = first == 0 and run.before[-1:].isascii() and run.before[-1:].isalpha()
    if (called or not is_code) and _OLD_ID.match(digits, first):
        yield _Reading(Kind.ID_NUMBER, 15, _SURE)
    for length in (15, 17, 18, 20) if called else ():
        yield _Reading(Kind.ID_NUMBER, length, _SAID)


def _lines(run: _Run, first: int) -> Iterator[_Reading]:
    """Yield landlines: with area code, or of seven or eight digits where a line is spoken of."""
    digits = run.digits
    area = _AREA.match(digits, first)
    if area and (digits[first] == "0" or run.borders[first + 2] or (first == 0 and run.before.endswith("+"))):
        start = area.end()
    elif (
        run.speaks_of_line
        and _LOCAL.match(digits, first)
        and (first == 0 or run.text[run.at[first] - 1] in ",、/;")
    ):
        start = first
    else:
        return
    for end in (start + 7, start + 8):
        if end <= len(digits) and digits[start:end].isdigit() and not _is_list(run.between(start, end)):
            yield _Reading(Kind.LANDLINE, end - first, _SURE)


def _cards(run: _Run, first: int) -> Iterator[_Reading]:
    """Yield cards: with a right check digit, or called so (accounts of old have twelve digits and more)."""
    digits, borders = run.digits, run.borders
    called = first == 0 and len(digits) >= 12 and bool(around.CALLED_CARD.search(run.before))
    if digits[first] in "34569" and borders[first]:
        for end in range(first + 16, min(first + 19, len(digits)) + 1):
            if borders[end] and run.is_checked(first, end) and not _is_list(run.between(first, end)):
                yield _Reading(Kind.BANK_CARD, end - first, _CERTAIN if called else _SURE)
    for length in range(12, min(20, len(digits)) + 1) if called else ():
        if borders[length] and digits[:length].isdigit():
            yield _Reading(Kind.BANK_CARD, length, _SAID)


def _is_list(written: str) -> bool:
    """Say whether digits that would make a number are several: a date, a sum by thousands, decimals, or counted things.

    People write a number in groups of one size, but for the first and the last; one by one; or in three at most.
    """
    if written.isdigit():
        return False
    sizes = [len(group) for group in re.findall(r"[^\W_]+", written)]
    inner = set(sizes[1:-1])
    marks = set(re.sub(r"\w", "", written))
    return bool(
        (len(sizes) > 3 and len(inner) > 1)
        or (
            max(sizes) > 1
            and marks & set(",、:;/")
            and (max(sizes) == 2 or (len(sizes) > 3 and inner == {2}))
        )
        or ("." in marks and marks & set(",、;"))
        or _THOUSANDS.fullmatch(written)
        or _DATE.search(written)
    )


def _is_a_persons(run: _Run, first: int, end: int, kind: Kind) -> bool:
    """Say whether the words around leave a number a person's."""
    start, stop = run.at[first], run.at[end - 1] + 1
    behind = run.text[stop : stop + around.BEHIND]
    if around.is_amount(behind):
        return False
    if stop - start > end - first and around.is_in_address(run.text[max(0, start - 100) : start]):
        return False
    called = {Kind.ID_NUMBER: around.CALLED_ID, Kind.BANK_CARD: around.CALLED_CARD}.get(kind)
    if called and first == 0 and called.search(run.before):
        return True
    one_word = not re.search(r"[\s,、;]", run.text[run.at[0] : start])
    if one_word and around.is_of_no_person(run.before):
        return False
    return kind is not Kind.LANDLINE or not around.is_office(run.before, behind)
