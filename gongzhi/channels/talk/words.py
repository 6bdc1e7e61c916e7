"""What a text means: a command, a query code, a grade, or words about a matter. Typed on old telephones, in any width."""

import enum
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from gongzhi.kernel.cases.numbers import ALPHABET, CODE_LENGTH


class Meaning(enum.Enum):
    """What somebody wants by a text."""

    STOP = enum.auto()
    START = enum.auto()
    HELP = enum.auto()
    PROGRESS = enum.auto()
    RECEIVED = enum.auto()
    GRADE = enum.auto()
    WORDS = enum.auto()
    NOTHING = enum.auto()


@dataclass(frozen=True, slots=True)
class Said:
    """One text, understood: `value` is the code, the grade or the words; `tail` the last four digits of another phone."""

    meaning: Meaning
    value: str = ""
    tail: str = ""


COMMANDS: Final = {
    **dict.fromkeys(("退订", "取消订阅", "不要再发", "TD", "T", "STOP"), Meaning.STOP),
    **dict.fromkeys(("恢复", "开通", "订阅", "KT", "START"), Meaning.START),
    **dict.fromkeys(("帮助", "怎么用", "BZ", "HELP", "?", "??"), Meaning.HELP),
    **dict.fromkeys(("查", "查询", "进度", "查进度", "CX"), Meaning.PROGRESS),
    **dict.fromkeys(("收到", "已收到", "收到了", "SD"), Meaning.RECEIVED),
}
GRADES: Final = {
    **{word: grade for grade, word in enumerate("一二三四五", start=1)},
    "非常满意": 5,
    "很满意": 5,
    "满意": 4,
    "基本满意": 3,
    "不满意": 2,
    "非常不满意": 1,
    "很不满意": 1,
}
CODE: Final = re.compile(
    rf"(?:查询?码?|进度|CX)?([0-9]{{4}}[{ALPHABET}]{{{CODE_LENGTH - 4}}})([0-9]{{4}})?", re.ASCII
)
GRADE: Final = re.compile(r"(?:评价|打分|我?评)?([1-5])[分星]?", re.ASCII)
BETWEEN: Final = re.compile(r"[\s\-_:,.;!~。、，；！：·]")
SAYS_SOMETHING: Final = re.compile(r"[^\W\d_]{2}")


def understood(text: str) -> Said:
    """Return what a text means; what holds no word at all means nothing that we could know."""
    plain = normalised(text)
    compact = BETWEEN.sub("", plain.upper())
    if meaning := COMMANDS.get(compact):
        return Said(meaning)
    if found := CODE.fullmatch(compact):
        return Said(Meaning.PROGRESS, found[1], found[2] or "")
    if found := GRADE.fullmatch(compact):
        return Said(Meaning.GRADE, found[1])
    if compact in GRADES:
        return Said(Meaning.GRADE, str(GRADES[compact]))
    return Said(Meaning.WORDS if SAYS_SOMETHING.search(plain) else Meaning.NOTHING, plain)


def code_tried(text: str) -> str:
    """Return the query code that is tried with the digits of another phone, as on the tracking page; empty for all else."""
    said = understood(text)
    return said.value if said.tail else ""


def normalised(text: str) -> str:
    """Return the words in one width, to be compared."""
    return kept(unicodedata.normalize("NFKC", text))


def kept(text: str) -> str:
    """Return the words as they were written, without control signs, quotation marks around them or doubled spaces."""
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(shown.split()).strip("\"'“”「」【】[]")
