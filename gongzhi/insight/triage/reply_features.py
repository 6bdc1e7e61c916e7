"""What a reply has in common with a message, and what it speaks of that the message does not: thirteen figures of a pair."""

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from gongzhi.insight.triage.fields import fields_in
from gongzhi.insight.triage.rarity import Rarity, runs, signs

#: The figures in the order of `Weights`. Each is between 0 and about 12.
FIGURES: Final = (
    "alike_pairs", "alike_triples", "held_triples", "rarest_pair", "rarest_pairs", "rarest_fours", "shared_fours",
    "longest", "passages", "start_pairs", "start_triples", "best_passage", "length", "field", "foreign_names",
    "own_names", "other_district", "quoted", "subject",
)  # fmt: skip
_START: Final = 30  # signs in which people say what it is about
_NAME: Final = re.compile(
    r"(?=([\u4e00-\u9fffa-z0-9]{2}(?:街道|大道|社区|小区|花园|公司|学校|小学|中学|医院|大学|学院|幼儿园|广场|公园|家园|新城|工业园"
    r"|[路街巷村镇乡桥苑园城府湾站线栋组期局所院校])))"
)
_DISTRICT: Final = re.compile(r"[a-z]\d*[市区县]|(?<=[市省])[\u4e00-\u9fff]{2,3}?[区县]")
_GREETED: Final = re.compile(r"^[^，。：:]{0,4}[“\"][^”\"]{2,20}[”\"]")
_QUOTED: Final = re.compile(r"[“\"「【]([^”\"」】]{5,80})[”\"」】]")
_SUBJECT: Final = re.compile(
    r"(?:反映|反应|提出|咨询|投诉|举报|来信|留言|关于|就|针对|提到|所述|您说)(?:的|了|：|:|“)*"
    r"([^，。；;：:“”]{4,60}?)(?:问题|情况|诉求|一事|的建议|收悉|事宜|事项|相关)"
)
_PARTS: Final = re.compile(r"[。；;!！?？，,\n]")
#: What a figure is where a reply quotes nothing, or nothing long enough: neither for nor against it.
_NEITHER: Final = 0.4


@dataclass(frozen=True, slots=True)
class Read:
    """A text made ready to be compared: its signs, its runs of two, three and four, its names and fields."""

    text: str
    plain: str
    of: dict[int, set[str]]
    names: set[str]
    districts: set[str]
    fields: dict[str, float]

    @classmethod
    def from_text(cls, text: str) -> "Read":
        """Read a text."""
        plain = signs(text)
        joined = plain.replace(" ", "")
        return cls(
            text=text,
            plain=plain,
            of={length: runs(plain, length) for length in (2, 3, 4)},
            names=set(_NAME.findall(plain)),
            districts=set(_DISTRICT.findall(joined)),
            fields=fields_in(joined),
        )


class Weighed:
    """A text made ready, with how rare what it says is among the texts at hand; what pairs ask again is reckoned once."""

    def __init__(self, text: str, rarity: Rarity) -> None:
        """Read a text."""
        self.read = Read.from_text(text)
        self.rarity = rarity

    @cached_property
    def squares(self) -> dict[int, float]:
        """The squared lengths of the text as runs of two and of three signs weighed by rarity."""
        return {length: sum(self.rarity.of(run) ** 2 for run in self.read.of[length]) for length in (2, 3)}

    @cached_property
    def triples(self) -> float:
        """How rare its runs of three are together."""
        return self.rarity.total(self.read.of[3])

    @cached_property
    def start(self) -> dict[int, set[str]]:
        """The runs of two and of three signs of its beginning."""
        plain = signs(self.read.text[:_START])
        return {length: runs(plain, length) for length in (2, 3)}

    @cached_property
    def parts(self) -> list[tuple[set[str], float]]:
        """The pairs of signs of each part of a sentence that says anything, and how rare they are together."""
        found = (runs(signs(part), 2) for part in _PARTS.split(self.read.text))
        return [(pairs, self.rarity.total(pairs) or 1.0) for pairs in found if len(pairs) >= 4]


def figures(about: Weighed, answer: Weighed) -> list[float]:
    """Return the figures of a message and a reply, in the order of `FIGURES`."""
    message, reply, rarity = about.read, answer.read, about.rarity
    both = {length: message.of[length] & reply.of[length] for length in (2, 3, 4)}
    shared = _shared_passages(message.plain, reply.plain)
    return [
        *(_alike(both[length], about.squares[length] * answer.squares[length], rarity) for length in (2, 3)),
        rarity.total(both[3]) / (answer.triples or 1.0),
        *_rarest(both[2], rarity),
        _rarest(both[4], rarity)[1],
        math.log1p(rarity.total(both[4])),
        math.log1p(max(map(len, shared), default=0)),
        math.log1p(sum(sorted((_surprise(one, rarity) for one in shared), reverse=True)[:8])),
        *(_held(about.start[length], reply.of[length], rarity) for length in (2, 3)),
        max((rarity.total(part & reply.of[2]) / whole for part, whole in about.parts), default=0.0),
        math.log1p(len(reply.plain)),
        same_field(message.fields, reply.fields),
        *_names(message.names, reply.names, rarity),
        float(bool(message.districts and reply.districts and not message.districts & reply.districts)),
        *_quotes(message, reply, rarity),
    ]


def _alike(both: set[str], squares: float, rarity: Rarity) -> float:
    """Return the cosine of two sets of runs weighed by rarity, from what they share and the product of their squared lengths."""
    return sum(rarity.of(run) ** 2 for run in both) / math.sqrt(squares) if squares else 0.0


def _held(part: set[str], whole: set[str], rarity: Rarity) -> float:
    """Return how much of a part, weighed by rarity, a whole holds."""
    return rarity.total(part & whole) / (rarity.total(part) or 1.0)


def _rarest(both: set[str], rarity: Rarity) -> tuple[float, float]:
    """Return how rare the rarest shared run is, and the mean of the five rarest."""
    found = sorted(map(rarity.of, both), reverse=True)[:5]
    return (found[0], sum(found) / 5) if found else (0.0, 0.0)


def _shared_passages(message: str, reply: str) -> set[str]:
    """Return the longest passages of the reply that stand in the message, each of two signs or more."""
    found = set()
    for part in reply.split():
        at = 0
        while at < len(part) - 1:
            end = at + 2
            while end <= len(part) and part[at:end] in message:
                end += 1
            if end > at + 2:
                found.add(part[at : end - 1])
            at = max(end - 2, at + 1)
    return found


def _surprise(passage: str, rarity: Rarity) -> float:
    return rarity.total([passage[at : at + 2] for at in range(len(passage) - 1)])


def same_field(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the cosine of the fields two texts speak for."""
    lengths = math.sqrt(sum(one.values()) * sum(other.values()))
    together = sum(math.sqrt(one[field] * other[field]) for field in one.keys() & other.keys())
    return together / lengths if lengths else 0.0


def _names(message: set[str], reply: set[str], rarity: Rarity) -> tuple[float, float]:
    """Return how much the reply names that the message does not, and how much of what it names the message names."""
    foreign = sum(rarity.of(name[:3]) for name in reply - message)
    own = sum(rarity.of(name[:3]) for name in reply & message)
    return math.log1p(foreign), own / (own + foreign + 8)


def _quotes(message: Read, reply: Read, rarity: Rarity) -> tuple[float, float]:
    """Return how much of what the reply quotes, and of what it says it answers, stands in the message."""
    body = _GREETED.sub("", reply.text)
    found = []
    for pattern, part in ((_QUOTED, body), (_SUBJECT, body[:400])):
        quotes = [runs(signs(one), 2) for one in pattern.findall(part)]
        held = [_held(one, message.of[2], rarity) for one in quotes if rarity.total(one) > 10]
        found.append(max(held, default=_NEITHER))
    return found[0], found[1]
