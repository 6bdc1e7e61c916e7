"""One form for signs that look alike, so that the patterns of particulars need to know one way of writing only."""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

#: What leaves no mark on paper: it is taken out, so that it can stand neither inside a number nor inside a word.
_NO_MARK: Final = "\x00"
_MARKLESS: Final = frozenset(("Cf", "Cc", "Mn", "Me", "Co", "Cn"))
#: Letters of other scripts and drawings that are read as Latin letters, digits, zero, or a dash.
_LOOK_ALIKE: Final = dict(
    zip(
        "АВЕКМНОРСТУХЅІЈаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοЗз○◯⚪⭕−─━﹣⁃ー✕✖╳⨯〜∼➕➖",
        "ABEKMHOPCTYXSIJaeopcyxsijABEZHIKMNOPTYXo33〇〇〇〇------××××~~+-",
        strict=True,
    )
)
_BREAKS: Final = frozenset("\t\r\v\f\x85")
_HIGHEST_KEPT: Final = 0x20000
_CODED: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|</?[A-Za-z][^<>]{0,60}>")


class _OneForm(dict[int, str]):
    """What each sign is read as; what was looked up once is kept."""

    def __missing__(self, code: int) -> str:
        read = _read(chr(code))
        if code < _HIGHEST_KEPT:
            self[code] = read
        return read


def _read(sign: str) -> str:
    """Return the one sign another is read as: digits are plain, blanks and dashes one, what shows nothing is `_NO_MARK`."""
    if sign == "\n":
        return sign
    if sign in _LOOK_ALIKE:
        return _LOOK_ALIKE[sign]
    category = unicodedata.category(sign)
    if sign in _BREAKS or category in ("Zs", "Zl", "Zp"):
        return " "
    if category in _MARKLESS:
        return _NO_MARK
    if category == "Pd":
        return "-"
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", sign)
    bracketed = len(plain) == 3 and plain[0] == "(" and plain[2] == ")"
    return plain[1] if bracketed else plain if len(plain) == 1 else sign


_ONE_FORM: Final = _OneForm()


@dataclass(frozen=True, slots=True)
class Signs:
    """A text in one form, the signs as they were written, and where each stood in the text when any was taken out."""

    plain: str
    written: str
    places: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original text a passage of the plain one stands."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end]


def one_form(text: str) -> Signs:
    """Return a text in one form: what is written as a code (&#49;) is read, what leaves no mark is taken out."""
    written, places = _decoded(text) if "&" in text or "<" in text else (text, None)
    plain = written.translate(_ONE_FORM)
    if _NO_MARK not in plain:
        return Signs(plain, written, places)
    kept = [at for at, sign in enumerate(plain) if sign != _NO_MARK]
    return Signs(
        plain.replace(_NO_MARK, ""),
        "".join([written[at] for at in kept]),
        [*(places[at] if places else at for at in kept), len(text)],
    )


def _decoded(text: str) -> tuple[str, list[int] | None]:
    """Read codes and tags of web pages as the one sign they stand for; return where each sign stood as well."""
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for found in _CODED.finditer(text):
        sign = " " if found[0].startswith("<") else html.unescape(found[0])
        if len(sign) == 1:
            parts += text[at : found.start()], sign
            places += range(at, found.start() + 1)
            at = found.end()
    if not parts:
        return text, None
    return "".join([*parts, text[at:]]), [*places, *range(at, len(text) + 1)]
