"""Names of persons in a text: what looks like a name is weighed together with what stands around it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import rjieba

from gongzhi.insight.triage.leaking import name_signs as known
from gongzhi.insight.triage.leaking.found import Kind, Leak
from gongzhi.insight.triage.leaking.name_words import (
    LAST,
    PLAIN,
    TITLE_BEGINS,
    Place,
    ends_with,
    is_chinese,
    is_everyday,
    places_in,
    surname_at,
)

#: Points at which a name is likely enough that an official looks at it.
ENOUGH: Final = 6
#: Points for a label that only a name follows: then it may be an everyday word or end like a place.
CERTAIN: Final = 5
_NEVER: Final = -9

#: Blanks between Chinese signs, and signs that are not seen anywhere.
_UNSEEN: Final = re.compile(
    r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]+|(?<=[\u4e00-\u9fff])[ \t\u00a0\u3000]+(?=[\u4e00-\u9fff:：])"
)
#: Any of them, looked for first because it takes no time.
_BLANK: Final = re.compile(r"[ \t\u00a0\u3000\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]")
_LONGEST_FIRST: Final = sorted((*known.POLITE, *known.CALLED, *known.POSTS), key=len, reverse=True)
_TITLE: Final = re.compile(rf"(?:副|第一)?(?:{'|'.join(_LONGEST_FIRST)})|(?P<short>{known.ONE_SIGN})")
_NUMBER_FOLLOWS: Final = re.compile(
    r"[ ,，:：(（]{0,2}(?:电话|手机|联系电话|身份证)?[号码:：为是 ]{0,3}(?:(?:\+?86)?[ -]?1[3-9]\d[ -]?[\d×*]{4}|[1-9]\d{5}|0\d{2,3}[ -]?\d|[×*]{3})"
)
_AGE_FOLLOWS: Final = re.compile(
    r"[,，(（、 ]{1,2}(?:男|女|现年|今年\d|年龄|\d{1,3}岁|汉族|身份证|家住|现住)|[男女][,，、](?:\d|汉|身份证)|\d\d岁"
)
#: What makes the signs before it the name of a paper: 楚政发〔2016〕29号, 许字第3号.
_PAPER: Final = re.compile(r"[发字函办]?(?:[〔\[(（【][12]\d{3}|字?第)")
#: 王家的低保: a family and what is its own.
_HOUSEHOLD: Final = frozenset(f"家{sign}" for sign in "的里人漏猪盖占墙院房孩鸡狗")
#: A name in sounds with a title, at the beginning of a clause: 买买提·艾力先生.
_FOREIGN: Final = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}(?:[·•・][\u4e00-\u9fff]{2,6}){0,2}(?:先生|女士)"
)
#: A name told in two halves: 我姓王，叫建国.
_HALVES: Final = re.compile(
    rf"姓[{''.join(sorted(known.SURNAMES))}][,，、 ]{{0,2}}(?:名字?叫?|单名|叫)[\u4e00-\u9fff]{{1,2}}(?![\u4e00-\u9fff])"
)
#: Surnames that are mostly other words.
_WORDS: Final = known.RARE_USE | known.LITTLE
#: Signs that make a place of a name before them.
_PLACE_FOLLOWS: Final = known.PLACES - known.GOING_ON


def names_in(text: str) -> Iterator[Leak]:
    """Find names with how people are addressed, and names that are introduced, in a text of one width."""
    closed, stood = _closed(text)
    found = list(_found(closed, _gaps(stood)))
    for start, end, why in [*found, *_again(closed, found)]:
        yield Leak(Kind.NAME, (stood[start], stood[end - 1] + 1), why)


def _again(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Find names of three signs or more that were told once with what stands around them wherever else they stand."""
    known_places = {start for start, _end, _why in found}
    for name in {
        text[start:end]: why for start, end, why in found if end - start > 2 and is_chinese(text[end - 1])
    }.items():
        said, why = name
        at = text.find(said)
        while at >= 0:
            if at not in known_places:
                yield at, at + len(said), why
            at = text.find(said, at + 1)


def _found(text: str, gaps: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    done, named = 0, _NEVER
    for place in places_in(text, gaps):
        start = place.start
        if start < done or text.startswith(known.PUBLIC, start):
            continue
        if end := _familiar(place) or _titled(place):
            yield start, end, "像是带称呼的姓名"
        elif end := _named(place, follows_a_name=start - named == 1):
            yield start, end, "像是本人或他人的姓名"
            named = end
        done = max(done, end)
    if "姓" in text:
        yield from (
            (found.start() + 1, found.end(), "像是本人或他人的姓名") for found in _HALVES.finditer(text)
        )
    if any(title in text for title in known.POLITE):
        yield from (
            (*found.span(), "像是带称呼的姓名") for found in filter(_is_foreign, _FOREIGN.finditer(text))
        )


def _closed(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without unseen signs and blanks between Chinese signs, and where each of its signs stood."""
    if not _BLANK.search(text) or not _UNSEEN.search(text):
        return text, range(len(text))
    stood: list[int] = []
    at = 0
    for blank in _UNSEEN.finditer(text):
        stood += range(at, blank.start())
        at = blank.end()
    stood += range(at, len(text))
    return "".join([text[place] for place in stood]), stood


def _gaps(stood: Sequence[int]) -> frozenset[int]:
    """Return the places before which something was left out."""
    if isinstance(stood, range):
        return frozenset()
    return frozenset(at for at in range(1, len(stood)) if stood[at] != stood[at - 1] + 1)


def _is_foreign(found: re.Match[str]) -> bool:
    """Say whether these signs are no words of the language, or a dot tells that they are a name."""
    name = found.group()[:-2]
    if "·" in name:
        return True
    words = rjieba.cut(name, False)
    return not known.NEVER_FIRST.intersection(name) and not any(
        len(word) > 1 and is_everyday(word) for word in words
    )


def _familiar(place: Place) -> int:
    """Return where 小李, 老王头 or 王家的 ends, or 0."""
    text, start = place.text, place.start
    if text[start] in "小老" and (length := surname_at(text, start + 1)):
        surname, end = text[start + 1], start + 1 + length
        end += text[end : end + 1] in ("头", "汉")
        behind = text[end : end + 1]
        if behind != "家" and (end in place.within or behind in known.PLACES):
            return 0
        is_surname = (
            length == 2 or surname in known.CLEAR or (surname in known.FREQUENT and behind in known.GOING_ON)
        )
        return end if is_surname else 0
    is_household = text[place.given : place.given + 2] in _HOUSEHOLD and place.given > start
    return place.given + 1 if is_household and text[start] not in _WORDS else 0


def _titled(place: Place) -> int:
    """Return where a surname, a given name if any, and a title end that begin here, or 0."""
    text, given = place.text, place.given
    for at in range(given, min(given + 3, len(text))) if given > place.start else ():
        title = _TITLE.match(text, at) if text[at] in TITLE_BEGINS else None
        if title is None or _is_cut_wrong(place, title) or text.startswith("们", title.end()):
            continue
        if not all(map(is_chinese, text[given:at])) or (
            at == given and place.surname == "任" and not place.opens()
        ):
            continue
        if (
            at == given
            and place.surname not in known.CLEAR
            and text.startswith(known.OF_THE_POST, title.end())
        ):
            continue
        called = title.group()
        points = 6 if called in known.POLITE else 5 if called in known.CALLED or title["short"] else 4
        if points + _likeness(place, at, points if points > 4 else 0) >= ENOUGH:
            return title.end()
    return 0


def _is_cut_wrong(place: Place, title: re.Match[str]) -> bool:
    """Say whether what looks like a title is part of other words: 施工队长, 牛奶奶粉, 王工作."""
    at, called = title.start(), title.group()
    if not title["short"]:
        word_begins = place.within.get(at)
        is_told_apart = called in known.CALLED or place.surname in PLAIN
        return word_begins == place.start or (word_begins is not None and not is_told_apart)
    if (
        title.end() in place.within
        or at > place.given
        or (len(called) == 1 and place.within.get(at) == place.start)
    ):
        return True
    # 王工 and 王总 are names, 高工 and 费总 something else; 高姐 is one.
    return (
        place.surname not in PLAIN
        and not place.is_double
        and (called in ("总", "工") or place.surname not in known.DOUBLED)
    )


def _named(place: Place, *, follows_a_name: bool) -> int:
    """Return where a name ends that begins here and is told by what stands around it, or 0."""
    text, given = place.text, place.given
    if given == place.start or not is_chinese(text[given : given + 1]) or text[given] in known.NEVER_FIRST:
        return 0
    introduced = max(_introduced(place), 2 * follows_a_name)
    # After a word that leads to a name (对, 收到, 邻居), a whole word behind it tells where the name ends.
    is_led = introduced > 0 and place.surname in PLAIN and not place.opens()
    best, found = ENOUGH - 1, 0
    for end in (given + 1, given + 2):
        is_broken = end - 1 in place.gaps and given not in place.gaps
        if end > len(text) or not is_chinese(text[end - 1]) or is_broken:
            break
        points = introduced + _likeness(place, end, introduced)
        if points >= ENOUGH - 4:
            behind = _followed(place, end)
            points += behind or (is_led and place.within.get(end + 1) == end)
        if points > best or (points == best and found):
            best, found = points, end
    return found


def _likeness(place: Place, end: int, sure: int) -> int:
    """Return points for how much the signs to this end look like a name, the surer the less is asked."""
    given, surname = place.given, place.surname
    points = 0 if surname in known.LITTLE else 2
    if surname in _WORDS and not (place.is_double or place.opens() or _is_led(place)):
        points -= 2
    signs = place.text[given:end]
    if not signs:
        return points
    is_given_word = signs in known.GIVEN_WORDS
    if signs[0] in known.NEVER_FIRST or (signs[-1] in known.NEVER_LAST and not is_given_word):
        return _NEVER
    usual = 2 if is_given_word else (signs[-1] in LAST) + (len(signs) == 2 and signs[0] in known.GIVEN)
    points += 3 if usual == 2 else 2 if usual == len(signs) else usual
    points -= not usual and len(signs) == 1 and sure < CERTAIN
    if sure < CERTAIN and signs[-1] in known.PLACES and not is_given_word:
        points -= 2 if usual == 2 else 4  # 金山 is a name that ends like a place
    if signs[0] in known.SEATS or any(
        place.text.startswith(known.PLACE_WORDS, at) for at in {given, end - 1}
    ):
        points -= 4
    stands_first = usual == 2 and len(signs) == 2 and place.opens()  # 时新伟是…
    if not place.is_double and surname not in PLAIN and not stands_first and (not sure or len(signs) == 1):
        points -= 1
    # 王国庆 begins with a word and is a name; 高度 and 王国 are none.
    if not place.is_double and given in place.within:
        return points - (2 if usual == 2 and end not in place.within and end != place.word_end else 4)
    return points - (len(signs) == 2 and is_everyday(signs)) * (2 if usual < 2 else sure < 2)


def _is_led(place: Place) -> bool:
    """Say whether a little word leads to what may be a surname only: 请关局长过问."""
    return place.surname in known.RARE_USE and ends_with(place.text, place.start, known.LEADING)


def _introduced(place: Place) -> int:
    """Return points for what stands before a name."""
    text, start = place.text, place.start
    is_plain = place.surname in PLAIN or place.is_double
    if start == 0:
        return int(is_plain)
    end = start
    while end and text[end - 1] in ":,/ \n":
        end -= 1
    bare = end
    while bare and text[bare - 1] in "是为":
        bare -= 1
    if ends_with(text, bare, known.NAMED) or ends_with(text, end, known.NAMED):
        return CERTAIN + 1
    if ends_with(text, end, known.LABELS) or (bare < end and ends_with(text, bare, known.LABELS)):
        return CERTAIN if text[start - 1] == ":" else 3
    if text[start - 1] in known.PERSON_ENDS:
        return 2
    if text[start - 1] == ":" and text[end - 1 : end] in known.PERSON_ENDS:  # 市民：
        return 3
    return int((is_plain and place.opens()) or ends_with(text, start, known.LEADING))


def _followed(place: Place, end: int) -> int:
    """Return points for what stands behind a name; less than none where it is no end of a name."""
    text = place.text
    if place.within.get(end) == end - 1 and text[end] in "于在已从来是":  # 勇于, 强于
        return 0
    if end in place.within or _PAPER.match(text, end):
        return -4
    if text.startswith(known.GREETINGS, end) or _NUMBER_FOLLOWS.match(text, end):
        return 4
    if _AGE_FOLLOWS.match(text, end) or text.startswith(known.RELATED, end):
        return 3
    if text.startswith(known.PLACE_WORDS, end) or (text[end : end + 1] in _PLACE_FOLLOWS):
        return -3
    if place.closes(end):
        return 2 if place.opens() and (end == len(text) or text[end] == "\n" or text[end].isdigit()) else 1
    return int(text[end] in known.GOING_ON)
