"""What a text means: a command, a query code, a grade, or words about a matter. Typed on old telephones, in any width."""

import enum
import re
import unicodedata
from collections.abc import Sequence
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
    PERSON = enum.auto()
    URGENT = enum.auto()
    DESPAIR = enum.auto()
    ANGER = enum.auto()
    THANKS = enum.auto()
    GREETING = enum.auto()
    CANCEL = enum.auto()
    MISTYPED = enum.auto()
    WORDS = enum.auto()
    NOTHING = enum.auto()


@dataclass(frozen=True, slots=True)
class Said:
    """One text, understood: `value` is the code, the grade or the words; `tail` the last four digits of another phone, or
    what is said beside a grade.
    """

    meaning: Meaning
    value: str = ""
    tail: str = ""


COMMANDS: Final = {
    **dict.fromkeys(("退订", "取消订阅", "TD", "T", "R", "拒收", "STOP"), Meaning.STOP),
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
GRADED: Final = re.compile(
    r"(非常不满意|很不满意|不满意|基本满意|非常满意|很满意|满意)[\s,.;!，。；！、]+(.{2,})"
)
#: What short texts mean whose words differ from one to the next; a longer one is about a matter.
SHORT: Final = 20
#: Looked for anywhere, in a talk too: who is in danger is told whom to call before anything is asked.
ALARMS: Final = (
    (Meaning.DESPAIR, re.compile("不想活|活不下去|自杀|寻死|喝农药|上吊|跳楼|跳河")),
    (
        Meaning.URGENT,
        re.compile(
            "救命|着火|起火|失火|(?:煤气|燃气|天然气)(?:泄漏|漏了)|漏(?:煤气|燃气)|落水|溺水|孩子(?:丢|不见)了|快死了"
        ),
    ),
)
PHRASES: Final = (
    (
        Meaning.STOP,
        re.compile(
            r"^(?:请|求)?(?:你们?|恁)?(?:别|不要|甭|不用)再?(?:给|往|跟)?(?:我|俺)?(?:这)?(?:再)?发(?:短信|信息|消息|了)?了?$"
            r"|^(?:我要|回复?)?(?:TD|T|R)?(?:退订|取消订阅)(?:短信)?$|^回复?(?:TD|T|R)$|^停(?:发|止)?(?:短信)?$"
        ),
    ),
    (
        Meaning.PERSON,
        re.compile(
            "^(?:我要|俺要|我想|请|给我)?(?:找|转|要|换)?(?:个)?(?:真人|人工|活人|客服|接线员|话务员)(?:服务|来|说话|接)?$"
            "|^(?:我|俺)?(?:要|想)?(?:跟|和|找)(?:个)?(?:真?人|你们)(?:说话|说|讲|通话)$|^(?:请|能不能)?(?:给(?:我|俺))?(?:回|打)个?电话(?:给(?:我|俺))?$"
        ),
    ),
    (
        Meaning.ANGER,
        re.compile(
            "^(?:你们)?(?:都|就)?是?(?:一?(?:群|帮))?(?:骗子|废物|混蛋|王八蛋?)$|^你们.{0,4}吃(?:干|闲)饭|狗官|不干人事"
            "|^滚(?:蛋|开|吧)?$|^妈的|(?:他|你)妈的|^(?:真|快)?要?气死(?:我|俺|人)了?$"
        ),
    ),
    (
        Meaning.THANKS,
        re.compile(
            "^(?:好的?|嗯嗯?|哦|噢|行|中|可以|明白了?|知道了?|OK|没事了?|辛苦了?|太?谢谢?|多谢|感谢|麻烦)+"
            "(?:您|你|恁|们|政府|领导|大家|同志|党|啦|了|啊|哈|呀|哩|[^但没不还咋怎]{0,2}修好了)*$"
        ),
    ),
    (
        Meaning.GREETING,
        re.compile(
            "^(?:您好|你好|恁好|喂+|在吗|在不在|在不|有人吗|有人没|有人在吗|早上好|上午好|下午好|晚上好)+$"
        ),
    ),
    (
        Meaning.CANCEL,
        re.compile(
            "^(?:不好意思|对不起|那)?(?:算了|发错了|不用了|不说了|取消|撤回|撤销|撤诉|不反映了)+(?:吧|谢谢)?$"
        ),
    ),
    (
        Meaning.PROGRESS,
        re.compile(
            "(?:事儿?|问题|反映的?).{0,6}(?:怎么样|咋样|怎样|到哪一?步|啥进展|什么进展|有结果)(?:了|没有?|吗|嘞|啦)*$"
            "|^(?:咋|怎么|为啥|为什么)还(?:不|没)(?:来|办|修|处理|解决)(?:人|好|啊|呀|嘞|呢)?$"
        ),
    ),
    (
        Meaning.MISTYPED,
        re.compile(r"^(?:查询?码)?(?=[0-9A-Z]*[A-Z])[0-9]{4}[0-9A-Z]{5,11}$|^查询码$", re.ASCII),
    ),
)
BETWEEN: Final = re.compile(r"[\s\-_:,.;!~。、，；！：·]")
NO_WORD: Final = re.compile(r"\W")
SAYS_SOMETHING: Final = re.compile(r"[^\W\d_]{2}")


def understood(text: str) -> Said:
    """Return what a text means; what holds no word at all means nothing that we could know."""
    plain = normalised(text)
    compact = BETWEEN.sub("", plain.upper())
    bare = NO_WORD.sub("", compact)
    if len(bare) <= SHORT and (alarmed := _first(ALARMS, bare)):
        return Said(alarmed)
    if meaning := COMMANDS.get(compact):
        return Said(meaning)
    if found := CODE.fullmatch(compact):
        return Said(Meaning.PROGRESS, found[1], found[2] or "")
    if found := GRADE.fullmatch(compact):
        return Said(Meaning.GRADE, found[1])
    if compact in GRADES:
        return Said(Meaning.GRADE, str(GRADES[compact]))
    if len(bare) <= SHORT and (meant := _first(PHRASES, bare)):
        return Said(meant)
    if found := GRADED.match(plain):
        return Said(Meaning.GRADE, str(GRADES[found[1]]), found[2])
    return Said(Meaning.WORDS if SAYS_SOMETHING.search(plain) else Meaning.NOTHING, plain)


def code_tried(text: str) -> str:
    """Return the query code that is tried with the digits of another phone, as on the tracking page; empty for all else."""
    said = understood(text)
    return said.value if said.tail else ""


def _first(phrases: Sequence[tuple[Meaning, re.Pattern[str]]], said: str) -> Meaning | None:
    """Return the first meaning whose pattern finds itself in the words."""
    return next((meaning for meaning, pattern in phrases if pattern.search(said)), None)


def normalised(text: str) -> str:
    """Return the words in one width, to be compared."""
    return kept(unicodedata.normalize("NFKC", text))


def kept(text: str) -> str:
    """Return the words as they were written, without control signs, quotation marks around them or doubled spaces."""
    shown = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    return " ".join(shown.split()).strip("\"'“”「」【】[]")
