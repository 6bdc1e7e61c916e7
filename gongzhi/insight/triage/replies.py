"""Reads a reply before it goes out, beside the message it answers, and says what is missing; the official decides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gongzhi.insight.triage.fields import fields_in
from gongzhi.insight.triage.leaks import Kind, leaks_in
from gongzhi.insight.triage.places import places_in
from gongzhi.insight.triage.rarity import Rarity, runs, signs
from gongzhi.insight.triage.reply_features import Read
from gongzhi.insight.triage.reply_fit import LONGEST, fit

#: Below this a reply is likely about another matter.
DOUBTFUL: Final = 0.3
#: So much of the shorter text in common, in triples of signs, is a copy.
COPIED: Final = 0.8
#: A question of which the reply holds less than this share, weighed by rarity, is likely left open.
TAKEN_UP: Final = 0.05

_OPENING: Final = re.compile(r"您好|你好|尊敬的|网友|市民|来信人|先生|女士|同志|居民|业主|家长")
_CLOSING: Final = re.compile(r"感谢|谢谢|特此|此复|敬请|请您?谅解|理解|支持|如有(?:疑问|问题|不明)|欢迎")
_BASIS: Final = re.compile(
    r"《[^》]{3,}》|第[\d一二三四五六七八九十百零]+条|[〔\[(（]20\d\d[〕\])）]|\d+号文|(?:根据|依据|按照|依照)[^。]{2,40}(?:规定|办法|条例|规划|标准|通知|合同|要求|政策|方案)"
)
_WHO: Final = re.compile(
    r"(?:[\u4e00-\u9fff]{2,}(?:局|委|中心|街道|政府|公司|大队|支队|社区|居委会|村委会|派出所|学校|医院|[镇乡所办])|我[局委办镇乡区县市院校]|我单位)"
)
_NOBODY: Final = re.compile(r"(?:有关|相关|职能|主管)(?:部门|单位)")
_WHEN: Final = re.compile(
    r"\d+[月年]\d*|\d+日|[\d一二三四五六七八九十]+个?(?:工作日|天|小时|月|周)|[年月季]底|当天|当日|即日|本周|下周|本月|下月|目前|现已|已于|今年|明年"
)
_ASKS: Final = re.compile(
    r"(?:请您?|麻烦您?|望您?|烦请)[^。；]{0,8}(?:提供|告知|补充|留下|说明|明确|写明)[^。；]{0,24}"
)
_QUESTION: Final = re.compile(
    r"请问|能否|能不能|可否|是否|是不是|什么时候|何时|几时|怎么|如何|为什么|为何|多少|哪里|哪些|吗$|呢$"
)
_DEMAND: Final = re.compile(r"希望|要求|建议|恳求|恳请|请求|另外请|同时请")
_WHEN_ASKED: Final = re.compile(r"什么时候|何时|几时|多久|哪天|哪年")
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_POLITE: Final = re.compile(
    r"尽快|处理|解决|领导|重视|谢谢|感谢|核实|回复|答复|关注|为盼|百忙|您好|你好|关心|给予|相关|有关|部门"
)
_TIME_GIVEN: Final = re.compile(
    r"\d+月\d*|\d+[点时日号]|昨天|今天|前天|上午|下午|晚上|凌晨|每天|星期|周[一二三四五六日末]"
)


class Lack(StrEnum):
    """What a reply may lack."""

    OTHER_MATTER = "other_matter"
    OPENING = "opening"
    CLOSING = "closing"
    BASIS = "basis"
    WHO = "who"
    WHEN = "when"
    COPIED = "copied"
    ASKS_AGAIN = "asks_again"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what, the passage of message or reply it is about (or nothing), and why, for the official."""

    lack: Lack
    passage: str
    why: str


def check_reply(text: str, title: str, reply: str, others: Sequence[str] = ()) -> list[Finding]:
    """Return what to look at before a reply goes out, the gravest first; *others* are replies to other matters.

    Nothing here stops a reply: each finding is a hint with its passage, and may be wrong.
    """
    message = f"{title} {text}".strip()[:LONGEST]
    rarity = Rarity([message, reply, *others])
    read = Read.from_text(message), Read.from_text(reply[:LONGEST])
    found: list[Finding] = []
    if fit(*read, rarity) < DOUBTFUL:
        found.append(Finding(Lack.OTHER_MATTER, "", "答复与这件诉求很少有相同的内容，请核对是否答错了件。"))
    found += _copied(reply, others)
    found += _unanswered(text, read[1], rarity)
    found += _asks_again(text, reply)
    found += _form(reply)
    return found


def _form(reply: str) -> Iterator[Finding]:
    """Say what an official answer has by custom and this one has not."""
    if not _BASIS.search(reply):
        yield Finding(Lack.BASIS, "", "没有写依据：法律、文件、规定或合同。")
    if not _WHO.search(_NOBODY.sub("", reply)):
        yield Finding(Lack.WHO, "", "没有写哪个单位办理。")
    if not _WHEN.search(reply):
        yield Finding(Lack.WHEN, "", "没有写时间：什么时候办的，或什么时候办好。")
    if not _OPENING.search(reply[:60]):
        yield Finding(Lack.OPENING, reply[:20], "开头没有称呼。")
    if not _CLOSING.search(reply[-100:]):
        yield Finding(Lack.CLOSING, reply[-20:], "结尾没有说明可以怎样联系，也没有致谢。")


def _copied(reply: str, others: Sequence[str]) -> Iterator[Finding]:
    own = runs(signs(reply), 3)
    for other in others:
        theirs = runs(signs(other), 3)
        shorter = min(len(own), len(theirs))
        if shorter >= 20 and len(own & theirs) >= COPIED * shorter:
            yield Finding(Lack.COPIED, other[:40], "与另一件的答复几乎相同，请写明这一件的情况。")
            return


def _unanswered(text: str, reply: Read, rarity: Rarity) -> Iterator[Finding]:
    """Name the questions and demands of which the reply takes up nothing."""
    for sentence in _SENTENCE.findall(text):
        passage = sentence.strip()
        asks_when = bool(_WHEN_ASKED.search(passage))
        if not (passage.endswith(("?", "？")) or _QUESTION.search(passage) or _DEMAND.search(passage)):
            continue
        if asks_when:
            if not _WHEN.search(reply.text):
                yield Finding(Lack.UNANSWERED, passage, "问了什么时候，答复里没有时间。")
            continue
        plain = signs(_POLITE.sub(" ", passage))
        said = runs(plain, 2)
        touched = fields_in(plain).keys() & reply.fields.keys()
        if (
            len(said) >= 4
            and not touched
            and rarity.total(said & reply.of[2]) < TAKEN_UP * rarity.total(said)
        ):
            yield Finding(Lack.UNANSWERED, passage, "这一点答复里没有提到。")


def _asks_again(text: str, reply: str) -> Iterator[Finding]:
    """Name what the reply asks for although the message has it."""
    for asked in _ASKS.findall(reply):
        for wanted, has, why in _GIVEN:
            if wanted.search(asked) and has(text):
                yield Finding(Lack.ASKS_AGAIN, asked, why)


def _has_phone(text: str) -> bool:
    return any(leak.kind in (Kind.MOBILE, Kind.LANDLINE) for leak in leaks_in(text))


def _has_place(text: str) -> bool:
    at_door = any(leak.kind is Kind.ADDRESS for leak in leaks_in(text))
    return at_door or any(place.level in ("road", "estate", "village") for place in places_in(text))


def _has_time(text: str) -> bool:
    return bool(_TIME_GIVEN.search(text))


_GIVEN: Final = (
    (re.compile("电话|手机|联系方式"), _has_phone, "群众已经留了电话。"),
    (re.compile("地址|位置|地点|路段|小区"), _has_place, "群众已经写了地点。"),
    (re.compile("时间|日期|何时"), _has_time, "群众已经写了时间。"),
)
