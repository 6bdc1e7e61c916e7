"""What a reply leaves open, point by point, each with the passage concerned and the next step; for the official who wrote it."""

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gongzhi.insight.integrity.replies import FEWEST_TRIPLES, triples
from gongzhi.insight.triage.leaks import Kind, leaks_in
from gongzhi.insight.triage.rarity import Rarity
from gongzhi.insight.triage.reply_beside import AtHand
from gongzhi.insight.triage.reply_empty import says_nothing
from gongzhi.insight.triage.reply_features import Weighed, same_field
from gongzhi.insight.triage.reply_fit import LONGEST, fit, fits_another


class Point(enum.StrEnum):
    """What is missing or wrong, the gravest first."""

    EMPTY = "empty"
    FITS_ANOTHER = "fits_another"
    OTHER_MATTER = "other_matter"
    COPIED = "copied"
    ASKS_AGAIN = "asks_again"
    UNANSWERED = "unanswered"
    NO_BASIS = "no_basis"
    NO_DATE = "no_date"
    NO_OPENING = "no_opening"
    NO_CLOSING = "no_closing"


#: What is good manners in an official answer, and no more: it is shown beside, and stops no reply.
ADVICE: Final = frozenset({Point.NO_BASIS, Point.NO_DATE, Point.NO_OPENING, Point.NO_CLOSING})


@dataclass(frozen=True, slots=True)
class Found:
    """A point with the passage of the message or of the reply that it is about; empty where something is missing."""

    point: Point
    passage: str = ""

    @property
    def stops(self) -> bool:
        """Whether the reply comes back once for it."""
        return self.point not in ADVICE


@dataclass(frozen=True, slots=True)
class Given:
    """What the person has told beside the text: a phone to call, a place."""

    phone: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """What an office has before it beside the message: its latest replies to others, and the other messages it was sent."""

    replies: Sequence[str] = ()
    messages: Sequence[str] = ()


#: Below this a reply is about another matter, more likely than not: where no other replies are at hand, and where many are.
#: With few texts at hand how rare words are is known less well, and chances run higher; between the two the limit is a line.
DOUBTFUL_ALONE: Final = 0.5
DOUBTFUL_AMONG: Final = 0.15
MANY: Final = 60
#: A reply of fewer signs says too little to be about another matter only because it shares no words with this one.
SHORT: Final = 24
#: So far (cosine) two texts speak for the same fields of work: then few shared words do not make a reply one about another matter.
SAME_FIELD: Final = 0.5
#: Two replies whose own words are so far the same (Jaccard) are one text.
SAME: Final = 0.7
#: A question with fewer pairs of signs of its own says too little to look for in the reply.
FEWEST_PAIRS: Final = 6
#: A question of whose pairs the reply has no larger share is left open.
TAKEN_UP: Final = 0.05
PASSAGE: Final = 60
_ENDS: Final = re.compile(r"(?<=[。！？!?；;\n])")
_QUESTION: Final = re.compile(r"请问|何时|什么时候|多久|是否|能否|能不能|可否|多少|哪里|哪些|如何|怎么|怎样")
#: What is asked in earnest is marked as a question; wonder and reproach often are not.
_MARKED: Final = re.compile(r"请问|[？?]\s*$")
_WHEN_ASKED: Final = re.compile(r"什么时候|何时|几时|多久|哪天|哪年|哪个月")
_OPENING: Final = re.compile(r"您好|你好|尊敬的|网友|市民朋友|来信|来电|收悉|收到|(?:先生|女士|同志)[：:,，]")
_CLOSING: Final = re.compile(r"感谢|谢谢|祝您|祝你|欢迎|如有|如您|若有|敬请|联系电话|咨询电话|此复|特此")
_BASIS: Final = re.compile(
    r"《[^》]{2,60}》|[〔﹝\[]\d{4}[〕﹞\]]|第[一二三四五六七八九十百零\d]+条|依据|依照|按照|根据|规定|标准|政策|经.{0,12}(?:核实|核查|调查|检查|查看|了解)|经查"
)
_DATE: Final = re.compile(
    r"\d{1,2}\s*[月.]\s*\d{1,2}|\d{4}\s*年|\d+\s*个?(?:工作日|天|日|小时|个月|月)|[一二三四五六七八九十两]+个?(?:工作日|天|日|小时|月)"
    r"|今[天日晚年后]|昨[天日晚]|明[天日年]|当[天日场]|即日|[本上下]周|[本上下]个?月|年底|月底|年内|[上下]半年|已于|目前|现已|正在|暂|尚|已经"
)
_ASKS: Final = re.compile(
    r"(?:请|需|麻烦|烦|望)[^。；，,]{0,12}(?:提供|告知|留下|补充|说明|写明)[^。；]{0,16}?"
    r"(?P<what>电话|联系方式|手机|地址|地点|位置|时间|日期)"
)
_TIME_GIVEN: Final = re.compile(
    r"\d+月\d*|\d+[点时日号]|[昨今前]天|[上下]午|晚上|凌晨|每天|星期|周[一二三四五六日末]"
)
_PLACE_GIVEN: Final = re.compile(
    r"[\u4e00-\u9fff]{2}(?:小区|花园|家园|社区|路|街|巷|大道|村|公园|广场|学校|小学|中学)"
)
_SIGN: Final = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+")
_EMPTY: Final = frozenset(
    "的了是我你您他们在有和就不人也都这那到说要去会着没看好自己很还吗呢吧啊请问希望要求解决问题尽快部门政府有关相关能否是否什么时候何时怎么为如何给予处理谢"
)


def points_in(
    text: str, reply: str, given: Given | None = None, office: Office | None = None, title: str = ""
) -> list[Found]:
    """Return what a reply leaves open of a message: what stops it first, then what is only advice.

    What is found is a hint to look again, never a verdict.
    """
    text, title, reply = text[:LONGEST], title[:LONGEST], reply[:LONGEST].strip()
    office = office or Office()
    replies, messages = ([one[:LONGEST] for one in kept] for kept in (office.replies, office.messages))
    if says_nothing(reply):
        return [Found(Point.EMPTY, reply[:PASSAGE]), *_missing(reply)]
    found = [*_copied(reply, replies), *_asked_again(text, reply, given or Given()), *_missing(reply)]
    whole = f"{title} {text}"[:LONGEST]
    rarity = Rarity([whole, reply, *replies, *messages])
    message, answer, at_hand = Weighed(whole, rarity), Weighed(reply, rarity), AtHand(messages, rarity)
    if fit(message, answer, at_hand) < _doubtful(len(replies)):
        another = fits_another(message, answer, at_hand)
        if another is not None:
            return [Found(Point.FITS_ANOTHER, messages[another].strip()[:PASSAGE]), *found]
        if len(answer.read.plain.replace(" ", "")) >= SHORT and not _same_work(message, answer):
            return [Found(Point.OTHER_MATTER, reply[:PASSAGE]), *found]
    return [*(Found(Point.UNANSWERED, passage) for passage in unanswered(text, reply)), *found]


def _same_work(message: Weighed, answer: Weighed) -> bool:
    """Say whether both speak of the same field of work, as of lamps, in whatever words."""
    return same_field(message.read.fields, answer.read.fields) >= SAME_FIELD


def _doubtful(others: int) -> float:
    return DOUBTFUL_ALONE + (DOUBTFUL_AMONG - DOUBTFUL_ALONE) * min(others, MANY) / MANY


def unanswered(text: str, reply: str) -> Iterator[str]:
    """Yield the questions of a message of which the reply takes up hardly a word, and those that ask when, where it names no time."""
    told = _pairs(reply)
    for sentence in _ENDS.split(text):
        if _WHEN_ASKED.search(sentence):
            if not _DATE.search(reply):
                yield sentence.strip()[:PASSAGE]
        elif _MARKED.search(sentence) and _QUESTION.search(sentence):
            own = _pairs(sentence)
            if len(own) >= FEWEST_PAIRS and len(own & told) <= TAKEN_UP * len(own):
                yield sentence.strip()[:PASSAGE]


def _asked_again(text: str, reply: str, given: Given) -> Iterator[Found]:
    for match in _ASKS.finditer(reply):
        if _has_told(match["what"], text, given):
            yield Found(Point.ASKS_AGAIN, match[0][:PASSAGE])


def _has_told(what: str, text: str, given: Given) -> bool:
    if what in ("电话", "联系方式", "手机"):
        return given.phone or any(leak.kind in (Kind.MOBILE, Kind.LANDLINE) for leak in leaks_in(text))
    if what in ("时间", "日期"):
        return bool(_TIME_GIVEN.search(text))
    return given.place or bool(_PLACE_GIVEN.search(text))


def _copied(reply: str, others: Iterable[str]) -> Iterator[Found]:
    own = set(triples(reply).tolist())
    if len(own) < FEWEST_TRIPLES:
        return
    for other in others:
        theirs = set(triples(other).tolist())
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
