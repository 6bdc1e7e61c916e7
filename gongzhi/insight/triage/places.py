"""Finds the places a text speaks of: divisions with their codes, roads and estates as they stand; ambiguous names by what is around.

Whether two messages are about different places is asked of less: of districts, and of the ends of names of sites. Chinese has no
blanks, so a name has no sure beginning; its last two signs before 路, 小区, 村 and the like tell one road from another.
"""

import re
from dataclasses import dataclass
from typing import Final

from gongzhi.base.regioncodes import LENGTHS, LEVELS, level_of
from gongzhi.insight.triage.gazetteer import OLD_NAMES, Gazetteer, gazetteer

ROAD, ESTATE = "road", "estate"
_ENDS: Final = re.compile("[省市区县镇乡道处村会府办]")
_ESTATES: Final = ("小区", "花园", "家园", "家属院", "公寓", "新村", "苑")
_WAYS: Final = re.compile(f"大道|[路街巷]|胡同|{'|'.join(_ESTATES)}|园")
#: Signs before a name that are no part of it.
_BEFORE: Final = frozenset(
    "在到住的是于从去往至和与及或由经过离给对向把被请让找问为了我你他们省市区县镇乡道村处即原位属称叫号栋楼这那该本个条有没"
)
_NUMBERED: Final = frozenset(f"{way}{number}" for way in "经纬" for number in "一二三四五六七八九十")
_CJK: Final = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST, _LONGEST = 2, 7
_SITES: Final = (
    f"大道|胡同|{'|'.join(_ESTATES)}|社区|广场|公园|小学|中学|学校|幼儿园|医院|市场|街道|国道|省道|号线|路口|大厦|水库|新城|"
    "路(?![灯面人过况程政由费标牌线径])|[街巷村镇乡桥河湖庄屯站]"
)
#: Signs that stand before a site without naming it, as in 这条路 and 我们小区, are left out.
_NAMING: Final = "(?![了的是们个条有这那该此某整每为住在周响])[\u4e00-\u9fff]"
_SITE: Final = re.compile(rf"(?:(?:{_NAMING}){{2}}|[A-Za-z]?\d+)(?:{_SITES})")
#: What ends like a site and is none.
_NONE: Final = re.compile(
    r"(?:影响|妨碍|整个|住宅|进入|居民|住户|业主|导致|现在|如今|周边|安置|一个|老旧|各个|部分|附近|旁边|严重|厉害|我们|所有|其他|城市|农村|请求|要求|解决|处理)小区|一条|这条|那条|什么|铁路|公路|马路|道路|线路|农村|全村|本村|我村|各村|乡镇|上街|全镇|修路|走路|问路|断头|红路|门口|主干"
)
_DISTRICT: Final = re.compile(r"[A-Z]\d+[区县市]|[\u4e00-\u9fff]{1,2}[区县市]")
#: A district that is not in the tables by its last signs, but nothing that is some 区 of any place.
_ELSEWHERE: Final = re.compile(
    r"[A-Z]\d+[区县市]|[\u4e00-\u9fff]{2}(?<![小社片地校园景厂矿辖城民宅置共业的游禁])[区县]"
)
_ANY_TOWNS: Final = "老城区"  # a district of 洛阳, and the old part of any town


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: `code` is empty where it is not known or not one; `confidence` is between 0 and 1; `why` is for an official."""

    code: str
    name: str
    level: str
    span: tuple[int, int]
    confidence: float
    why: str


@dataclass(slots=True)
class _Mention:
    start: int
    end: int
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """Places a message is about, by its title, and all that it speaks of."""

    about: frozenset[str]
    said: frozenset[str]


def places_in(text: str, within: str = "") -> list[Place]:
    """Return the places in a text in their order; *within* is the code of the region it was sent to.

    A name that several places have is decided by what else the text names, then by *within*; where both leave several,
    the place has no code, for a guess would send the matter to the wrong office.
    """
    known = gazetteer()
    mentions = _mentions(text, known)
    told: dict[int, str] = {}
    found = []
    for one in sorted(mentions, key=lambda one: (len(one.codes[0]), len(one.codes), one.start)):
        place = _decided(text, one, told, within, known)
        if place is not None:
            found.append(place)
            if place.code:
                told[one.end] = place.code
    return sorted([*found, *_ways(text, mentions)], key=lambda place: place.span)


def _mentions(text: str, known: Gazetteer) -> list[_Mention]:
    """Return the names in a text, the longest where several overlap."""
    by_name, found = known.by_name, []
    for hit in _ENDS.finditer(text):
        end = hit.end()
        found += [_Mention(end - len(name), end, by_name[name]) for name in known.ending_at(text, end)]
    found += [_Mention(*hit.span(), by_name[hit.group()]) for hit in known.bare.finditer(text)]
    found.sort(key=lambda one: (one.start - one.end, one.start))
    kept: list[_Mention] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _decided(text: str, one: _Mention, told: dict[int, str], within: str, known: Gazetteer) -> Place | None:
    """Return which place a name means; nothing where it is most likely a part of another name."""
    name, span = text[one.start : one.end], (one.start, one.end)
    alone = _begins_here(text, one.start)
    if len(one.codes[-1]) == 12 and not alone and one.start not in told:
        return None
    codes, why, sure = one.codes, "名称只有一处", 0.95 if alone else 0.7
    before = told.get(one.start)
    if around := _below(codes, {before} if before else set(told.values())):
        codes, why, sure = around, "按文中的上级地名", 0.97
    elif before and len(before) < len(codes[-1]):
        level = LEVELS[level_of(codes[-1]) - 1]
        return Place("", name, level, span, 0.2, f"{known.names[before]}没有这个地名")
    elif within and (inside := tuple(code for code in codes if code.startswith(within))):
        codes, why, sure = inside, "按所在地区", 0.9
    elif len(codes) > 1 and len(codes[0]) < len(codes[1]):
        codes, why, sure = codes[:1], "同名的取级别高的", 0.7
    level = LEVELS[level_of(codes[0]) - 1]
    if len(codes) > 1:
        return Place("", name, level, span, 0.2, f"有{len(codes)}处同名，缺少上级地名")
    if name in OLD_NAMES:
        why = "旧名，现为" + known.names[codes[0]]
    elif level == LEVELS[4] and why == "名称只有一处":
        sure = 0.6  # a village elsewhere in the country may have the name too
    return Place(codes[0], known.names[codes[0]], level, span, sure, why)


def _below(codes: tuple[str, ...], areas: set[str]) -> tuple[str, ...]:
    """Return those of the codes that lie in the narrowest of the areas that any of them lies in."""
    depth = {
        code: max((len(area) for area in areas if code.startswith(area) and code != area), default=0)
        for code in codes
    }
    deepest = max(depth.values())
    return tuple(code for code in codes if depth[code] == deepest) if deepest else ()


def _begins_here(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _BEFORE or not _CJK.match(text[start - 1])


def _ways(text: str, mentions: list[_Mention]) -> list[Place]:
    """Return roads and estates: what stands between the sign that ends them and the sign that cannot be part of a name."""
    taken = [(one.start, one.end) for one in mentions]
    found: list[Place] = []
    for hit in _WAYS.finditer(text):
        if any(start < hit.end() <= end for start, end in taken):
            continue
        floor = max(
            [0, *(end for _start, end in taken if end <= hit.start()), *(one.span[1] for one in found)]
        )
        start = hit.start()
        while start > floor and hit.start() - start < _LONGEST and _goes_on(text, start - 1):
            start -= 1
        if hit.start() - start >= _SHORTEST or (
            hit.start() - start == 1 and hit.group() != "园" and start == floor > 0
        ):
            level = ESTATE if hit.group() in (*_ESTATES, "园") else ROAD
            found.append(Place("", text[start : hit.end()], level, (start, hit.end()), 0.6, "按名称的末字"))
    return found


def _goes_on(text: str, place: int) -> bool:
    """Say whether the sign at a place belongs to the name behind it; 经三路 is a road, 经建设路 is on the way."""
    return bool(_CJK.match(text[place])) and (
        text[place] not in _BEFORE or text[place : place + 2] in _NUMBERED
    )


def sites_stated(title: str, text: str) -> Stated:
    """Return the sites of a message; it is about those of its title."""
    about = frozenset(sites_in(title))
    return Stated(about, about.union(sites_in(text)))


def districts_stated(title: str, text: str) -> Stated:
    """Return the districts of a message; it is about those of its title, or of its text when the title names none."""
    about, said = frozenset(districts_in(title)), frozenset(districts_in(text))
    return Stated(about or said, about | said)


def apart(one: Stated, other: Stated) -> bool:
    """Say that two messages are about different places: both name some, and neither speaks of one the other is about."""
    return bool(one.about and other.about) and not (one.about & other.said) and not (other.about & one.said)


def sites_in(text: str) -> list[str]:
    """Return the ends of names of sites as often as a text names them: 凉塘路 of 星沙四区凉塘路, 205路."""
    return [found for found in _SITE.findall(text) if not _NONE.search(found)]


def districts_in(text: str) -> list[str]:
    """Return districts and counties as often as a text names them: 滑县 and 管城回族区 by the tables, others by their last signs."""
    known, found = gazetteer(), []
    for hit in _DISTRICT.finditer(text):
        names = (
            name for name in known.ending_at(text, hit.end()) if len(known.by_name[name][0]) == LENGTHS[2]
        )
        name = next(names, "") or (hit.group() if _ELSEWHERE.fullmatch(hit.group()) else "")
        if name and name != _ANY_TOWNS:
            found.append(name)
    return found
