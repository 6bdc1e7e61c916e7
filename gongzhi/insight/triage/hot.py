"""Hot issues: what many people write about at once, where, since when, and why it is hot.

An issue is a happening, not a topic: "one road's lamps are dark", not "street lamps". Messages are joined when they are alike by words,
names and places (`likeness`), however they were worded. Nothing here knows who wrote a message: senders are counted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Final

from gongzhi.insight.triage.likeness import alike
from gongzhi.insight.triage.linking import linked
from gongzhi.insight.triage.signature import things_of_issue
from gongzhi.insight.triage.wording import Message, Wording, read_wording

#: Messages are joined while they are so much alike on average. Chosen on the known issues of one city, with the weights of `likeness`.
BOUND: Final = 0.24
#: So many messages make an issue.
FEWEST: Final = 2
#: Heat of messages that share a manner of writing and name no thing or place in common, beside that of an issue with a name.
UNNAMED: Final = 0.5
#: What came in so many days up to now is new.
LATELY: Final = timedelta(days=30)
_BEGINNING: Final = re.compile(r"^(请问|请求|请|关于|反映|咨询|建议|投诉|举报|质疑|强烈要求|希望)+")
_ENDING: Final = re.compile(r"(的?(问题|情况|请求|反映|咨询|建议|投诉))?[!！?？。.…~\s]*$")


@dataclass(frozen=True, slots=True)
class Counts:
    """What heat is made of: people (or messages of nobody known), messages beyond one each, those lately, days, places, likes."""

    people: int
    again: int
    lately: int
    days: int
    places: int
    likes: int


@dataclass(frozen=True)
class Issue:
    """One happening that several messages are about; `members` are their ids, the earliest first.

    `name` is the thing most of them name, empty when they share a manner of writing. `people` is the number of
    senders, or of messages where senders are not known. `heat` orders issues and has no unit (`UNNAMED` without a name);
    `reasons` are what it is made of, for a page to word (see `weighed`).
    """

    title: str
    name: str
    places: tuple[str, ...]
    begin: datetime
    end: datetime
    members: tuple[str, ...]
    people: int
    lately: int
    days: int
    heat: float
    reasons: tuple[tuple[str, int], ...]


def hot_issues(
    messages: Sequence[Message], now: datetime, *, bound: float = BOUND, fewest: int = FEWEST
) -> list[Issue]:
    """Gather *messages* into issues, the hottest first. Each message is in one issue at most; the order of *messages* is of no matter."""
    ordered = sorted(messages, key=lambda message: (message.at, message.id))
    if len(ordered) < fewest:
        return []
    wording = read_wording(ordered)
    one, other, likeness = alike(wording)
    pairs = zip(one.tolist(), other.tolist(), likeness.tolist(), strict=True)
    groups = [group for group in linked(len(ordered), pairs, bound) if len(group) >= fewest]
    inner = _inner_likeness(groups, one.tolist(), other.tolist(), likeness.tolist())
    issues = [_issue([ordered[row] for row in group], group, wording, inner, now) for group in groups]
    return sorted(issues, key=lambda issue: (-issue.heat, issue.members))


def heat_of(counts: Counts) -> float:
    """Weigh an issue: the sum of what `weighed` says of each count."""
    return sum(weight for _, _, weight in weighed(counts))


def weighed(counts: Counts) -> list[tuple[str, int, float]]:
    """Return what makes an issue hot as (what is counted, how many, its part in the heat), the largest part first.

    Each person counts, all else by its logarithm, so that one who writes or clicks often makes little heat.
    """
    parts = [
        ("people", counts.people, float(counts.people)),
        ("again", counts.again, log2(1 + counts.again)),
        ("lately", counts.lately, log2(1 + counts.lately)),
        ("days", counts.days, log2(counts.days)),
        ("places", counts.places, 0.5 * log2(1 + counts.places)),
        ("likes", counts.likes, 0.5 * log2(1 + counts.likes)),
    ]
    return sorted((part for part in parts if part[2] > 0), key=lambda part: -part[2])


def _issue(
    members: Sequence[Message], rows: Sequence[int], wording: Wording, inner: dict[int, float], now: datetime
) -> Issue:
    senders = {message.sender for message in members if message.sender}
    people = len(senders) + sum(not message.sender for message in members)
    places = _places(rows, wording)
    counts = Counts(
        people=people,
        again=len(members) - people,
        lately=sum(now - LATELY < message.at <= now for message in members),
        days=len({message.at.date() for message in members}),
        places=len(places),
        likes=sum(message.likes for message in members),
    )
    names = things_of_issue(wording, rows, [message.title for message in members])
    named = [bool(names) and names[0] in message.title for message in members]
    middle = max(range(len(rows)), key=lambda at: (named[at], inner.get(rows[at], 0.0), -at))
    return Issue(
        title=plain_title(members[middle].title),
        name=names[0] if names else "",
        places=places,
        begin=members[0].at,
        end=members[-1].at,
        members=tuple(message.id for message in members),
        people=people,
        lately=counts.lately,
        days=counts.days,
        heat=round(heat_of(counts) * (1 if names else UNNAMED), 3),
        reasons=tuple((what, count) for what, count, _ in weighed(counts)),
    )


def plain_title(title: str) -> str:
    """Return a title without how it addresses the office: 请问A7县凉塘路何时改造？ becomes A7县凉塘路何时改造."""
    kept = "".join(title.split())
    bare = _ENDING.sub("", _BEGINNING.sub("", kept))
    return bare or kept


def _places(rows: Sequence[int], wording: Wording) -> tuple[str, ...]:
    """Return the districts, then the sites, that a third of the messages speak of, the most frequent first."""
    found: list[str] = []
    for stated in (wording.districts, wording.sites):
        counts = Counter(place for row in rows for place in stated[row].said)
        often = [(-count, place) for place, count in counts.items() if count * 3 >= len(rows)]
        found += [place for _, place in sorted(often)[:3]]
    return tuple(found)


def _inner_likeness(
    groups: Sequence[Sequence[int]], one: Sequence[int], other: Sequence[int], likeness: Sequence[float]
) -> dict[int, float]:
    """Return how much each row is alike to the others of its group together."""
    group_of = {row: number for number, group in enumerate(groups) for row in group}
    inner: dict[int, float] = {}
    for first, second, much in zip(one, other, likeness, strict=True):
        if first in group_of and group_of[first] == group_of.get(second):
            inner[first] = inner.get(first, 0.0) + much
            inner[second] = inner.get(second, 0.0) + much
    return inner
