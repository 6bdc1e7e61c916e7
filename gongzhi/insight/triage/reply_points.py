"""What a reply leaves open, point by point, each with the passage concerned; for the official who wrote it, before it goes out."""

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gongzhi.insight.integrity.replies import FEWEST_TRIPLES, triples


class Point(enum.StrEnum):
    """What is missing or wrong."""

    UNANSWERED = "unanswered"
    ASKS_AGAIN = "asks_again"
    COPIED = "copied"
    NO_BASIS = "no_basis"
    NO_DATE = "no_date"
    NO_OPENING = "no_opening"
    NO_CLOSING = "no_closing"


@dataclass(frozen=True, slots=True)
class Found:
    """A point with the passage of the message or of the reply that it is about; empty where something is missing."""

    point: Point
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the person has told already: a phone to call, a place."""

    phone: bool = True
    place: bool = True


#: Two replies whose own words are so far the same (Jaccard) are one text.
SAME: Final = 0.7
#: A demand with fewer pairs of signs of its own says too little to look for in the reply.
FEWEST_PAIRS: Final = 4
LONGEST: Final = 6000
PASSAGE: Final = 60
_ENDS: Final = re.compile(r"(?<=[。！？!?；;\n])")
_DEMAND: Final = re.compile(
    r"[？?]|何时|什么时候|多久|是否|能否|能不能|为什么|为何|怎么|如何|请(?:求|你|您|尽快|有关|相关|政府|部门|给)|希望|要求|建议|恳请|盼"
)
_OPENING: Final = re.compile(r"您好|你好|尊敬的|网友|市民朋友|来信|来电|收悉|收到|(?:先生|女士|同志)[：:,，]")
_CLOSING: Final = re.compile(r"感谢|谢谢|祝您|祝你|欢迎|如有|如您|若有|敬请|联系电话|咨询电话|此复|特此")
_BASIS: Final = re.compile(
    r"《[^》]{2,60}》|〔\d{4}〕|第[一二三四五六七八九十百零\d]+条|依据|依照|按照|根据|规定|标准|政策|经.{0,12}(?:核实|核查|调查|检查|查看)"
)
_DATE: Final = re.compile(
    r"\d{1,2}\s*[月.]\s*\d{1,2}|\d{4}\s*年|\d+\s*个?(?:工作日|天|日|小时|个月|月)|[一二三四五六七八九十两]+个?(?:工作日|天|日|小时|月)"
    r"|今[天日晚]|昨[天日晚]|明[天日年]|当[天日场]|[本上下]周|[本上下]个?月|年底|月底|年内|已于|今年"
)
_ASKS: Final = re.compile(
    r"(?:请|需|麻烦)[^。；，,]{0,12}(?:提供|告知|留下|补充|说明|写明)[^。；]{0,16}?(?P<what>电话|联系方式|手机|地址|地点|位置)"
)
_SIGN: Final = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+")
_EMPTY: Final = frozenset(
    "的了是我你您他们在有和就不人也都这那到说要去会着没看好自己很还吗呢吧啊请问希望要求解决问题尽快部门政府有关相关能否是否什么时候何时怎么为如何给予处理谢"
)


def points_in(text: str, reply: str, given: Given, others: Iterable[str] = ()) -> list[Found]:
    """Return what a reply leaves open of a message: demands first, then what is asked again, copied or missing.

    `others` are replies of the same office to other matters. What is found is a hint to look again, never a verdict.
    """
    text, reply = text[:LONGEST], reply[:LONGEST].strip()
    return [
        *(Found(Point.UNANSWERED, passage) for passage in unanswered(text, reply)),
        *_asked_again(reply, given),
        *_copied(reply, others),
        *_missing(reply),
    ]


def unanswered(text: str, reply: str) -> Iterator[str]:
    """Yield the demands and questions of a message of whose own words the reply takes up none or hardly any."""
    told = _pairs(reply)
    for sentence in _ENDS.split(text):
        own = _pairs(sentence)
        if _DEMAND.search(sentence) and len(own) >= FEWEST_PAIRS and len(own & told) * 10 < len(own):
            yield sentence.strip()[:PASSAGE]


def _asked_again(reply: str, given: Given) -> Iterator[Found]:
    for match in _ASKS.finditer(reply):
        of_phone = match["what"] in {"电话", "联系方式", "手机"}
        if given.phone if of_phone else given.place:
            yield Found(Point.ASKS_AGAIN, match[0][:PASSAGE])


def _copied(reply: str, others: Iterable[str]) -> Iterator[Found]:
    own = set(triples(reply).tolist())
    if len(own) < FEWEST_TRIPLES:
        return
    for other in others:
        theirs = set(triples(other[:LONGEST]).tolist())
        if len(own & theirs) >= SAME * len(own | theirs):
            yield Found(Point.COPIED, other.strip()[:PASSAGE])
            return


def _missing(reply: str) -> Iterator[Found]:
    if not _BASIS.search(reply):
        yield Found(Point.NO_BASIS)
    if not _DATE.search(reply):
        yield Found(Point.NO_DATE)
    if not _OPENING.search(reply[:60]):
        yield Found(Point.NO_OPENING)
    if not _CLOSING.search(reply[-80:]):
        yield Found(Point.NO_CLOSING)


def _pairs(text: str) -> set[str]:
    """Return the pairs of signs that carry meaning: neither of them is a sign of asking or of grammar."""
    return {
        run[at : at + 2]
        for run in _SIGN.findall(text)
        for at in range(len(run) - 1)
        if run[at] not in _EMPTY and run[at + 1] not in _EMPTY
    }
