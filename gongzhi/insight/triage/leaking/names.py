"""Names of persons in a text: what looks like a name is weighed together with what stands around it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from gongzhi.insight.triage.leaking import name_signs as known
from gongzhi.insight.triage.leaking.called import called_in
from gongzhi.insight.triage.leaking.found import Kind, Leak
from gongzhi.insight.triage.leaking.name_words import (
    LAST,
    NAME,
    PLAIN,
    TITLE_BEGINS,
    TITLED,
    Place,
    ends_with,
    is_chinese,
    is_everyday,
    is_usual,
    places_in,
    surname_at,
)

#: Points at which a name is likely enough that an official looks at it.
ENOUGH: Final = 6
#: Points for a label that only a name follows: then it may be an everyday word or end like a place.
CERTAIN: Final = 5
_NEVER: Final = -9
_NUMERALS: Final = frozenset("〇零一二三四五六七八九")

#: Blanks between Chinese signs; what shows nothing is out of the text already, and all blanks are one sign (`signs.py`).
_SPACED: Final = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff:])")
_LONGEST_FIRST: Final = sorted((*known.POLITE, *known.CALLED, *known.POSTS), key=len, reverse=True)
_TITLE: Final = re.compile(rf"(?:副|第一)?(?:{'|'.join(_LONGEST_FIRST)})|(?P<short>{known.ONE_SIGN})")
_NUMBER_FOLLOWS: Final = re.compile(
    r"[ ,，:：(（]{0,2}(?:电话|手机|联系电话|身份证)?[号码:：为是 ]{0,3}(?:(?:\+?86)?[ -]?1[3-9]\d[ -]?[\d×*]{4}|[1-9]\d{5}|0\d{2,3}[ -]?\d|[×*]{3})"
)
_CARD_FOLLOWS: Final = re.compile(r"[\u4e00-\u9fff]{1,2}[,，(（ ]{1,2}(?:公民)?身份(?:证|号)")
_AGE_FOLLOWS: Final = re.compile(
    r"[,，(（、 ]{1,2}(?:男|女|现年|今年\d|年龄|\d{1,3}岁|汉族|身份证|家住|现住)|[男女][,，、]?(?:\d|汉|身份证)|\d\d岁"
)
#: What makes the signs before it the name of a paper: 楚政发〔2016〕29号, 许字第3号.
_PAPER: Final = re.compile(r"[发字函办]?(?:[〔\[(（【][12]\d{3}[〕\])）】]|字?第)")
#: 王家的低保: a family and what is its own.
_HOUSEHOLD: Final = frozenset(f"家{sign}" for sign in "的里人漏猪盖占墙院房孩鸡狗")
#: Whose bill it is: 刘萍A座405欠费.
_DOOR_FOLLOWS: Final = re.compile(r"(?:\d{1,3}(?:号楼|栋|幢|座|号院|单元)|[A-Za-z]\d?[座栋])")
#: 家 behind a name is a family, but for 家具, 家长 and the like.
_NO_FAMILY: Final = frozenset("具长乡庭族园电政教业用常纺装")
#: A firm is called after who founded it: 李国胜蔬菜种植合作社.
_FIRM: Final = re.compile(
    r"(?:汽修|汽配|蔬菜|家庭农|烘焙|面业|置业|调味|养殖|种植|美容|美发|理发|烟酒|粮油|早餐|烧烤|面馆|烩面|羊肉|牛肉|食品|建材|五金|百货|服装|装饰|便利|餐饮|中医|口腔|生鲜|水果|农机|商贸|电器)[\u4e00-\u9fff]{0,8}?(?:厂|店|馆|社|公司|部|场|所|坊|铺|行)"
)
_KIN_SIGNS: Final = frozenset("叔婶嫂姐哥姨伯爷奶")
#: How many signs a name and the sign behind it may have.
_LONGEST: Final = 5
#: Signs between names of a list.
_LISTS: Final = frozenset("、和与及")
#: Surnames that are mostly other words.
_WORDS: Final = known.RARE_USE | known.LITTLE
#: What stands before the last sign of a place: 王家山, 李大桥.
_OF_PLACES: Final = frozenset("家大小上下前后东西南北中新老石高长")
_NAMES_TOO: Final = frozenset("山岭岗港行")
#: Everyday words that are frequent surnames all the same.
_TWICE: Final = frozenset("方夏石江白文武常孔温牛洪于成易")
#: Signs that make a place of a name before them.
_PLACE_FOLLOWS: Final = known.PLACES - known.GOING_ON


def names_in(text: str) -> Iterator[Leak]:
    """Find names with how people are addressed, and names that are introduced, in a text of one form."""
    closed, stood = _closed(text)
    for start, end, why in _found(closed, _gaps(stood)):
        yield Leak(Kind.NAME, (stood[start], stood[end - 1] + 1), why)


def _found(text: str, gaps: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    named = list(_told(text, gaps))
    yield from named
    yield from _again(text, {(start, end) for start, end, why in named if why is NAME})
    yield from called_in(text)


def _told(text: str, gaps: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Find names by what stands around each; where one is a name, so is what is listed before and behind it."""
    done, named, passed = 0, _NEVER, list[Place]()
    for place in places_in(text, gaps):
        start = place.start
        if start < done or text.startswith(known.PUBLIC, start):
            continue
        if end := _familiar(place) or _titled(place):
            yield start, end, TITLED
        elif end := _named(place, follows_a_name=start - named == 1):
            yield start, end, NAME
            named = end
            yield from ((first, last, NAME) for first, last in _listed_before(text, start, passed))
        else:
            passed.append(place)
        done = max(done, end)


def _listed_before(text: str, start: int, passed: list[Place]) -> Iterator[tuple[int, int]]:
    """Go back through a list from a name in it, to what would not be one by itself."""
    while text[start - 1 : start] and text[start - 1] in _LISTS:
        end = start - 1
        before = [
            place.start
            for place in passed[-_LONGEST:]
            if start - _LONGEST <= place.start < end and _named(place, follows_a_name=True) == end
        ]
        if not before:
            return
        start = before[0]
        yield start, end
        while passed and passed[-1].start >= start:
            passed.pop()


def _again(text: str, named: set[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Find each further place where a name stands that was told once; two signs must not be an everyday word."""
    names = {text[start:end] for start, end in named}
    names = {name for name in names if len(name) > 2 or (name[0] in PLAIN and not is_everyday(name))}
    starts = {start for start, _end in named}
    for length in {len(name) for name in names}:
        for at in range(len(text) - length + 1):
            if text[at : at + length] in names and at not in starts:
                yield at, at + length, NAME


def _closed(text: str) -> tuple[str, Sequence[int]]:
    """Return the text without blanks between Chinese signs, and where each of its signs stood."""
    if not _SPACED.search(text):
        return text, range(len(text))
    stood: list[int] = []
    at = 0
    for blank in _SPACED.finditer(text):
        stood += range(at, blank.start())
        at = blank.end()
    stood += range(at, len(text))
    return "".join([text[place] for place in stood]), stood


def _gaps(stood: Sequence[int]) -> frozenset[int]:
    """Return the places before which something was left out."""
    if isinstance(stood, range):
        return frozenset()
    return frozenset(at for at in range(1, len(stood)) if stood[at] != stood[at - 1] + 1)


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
        is_old = text[start] == "老" and end - start == 3 and not is_everyday(text[start + 1 : end])
        return end if is_surname or is_old else 0
    is_household = text[place.given : place.given + 2] in _HOUSEHOLD and place.given > start
    return place.given + 1 if is_household and text[start] not in _WORDS else 0


def _titled(place: Place) -> int:
    """Return where a surname, a given name if any, and a title end that begin here, or 0."""
    text, given = place.text, place.given
    for at in range(given, min(given + 3, len(text))) if given > place.start else ():
        if not is_chinese(text[at - 1]):
            return 0
        title = _TITLE.match(text, at) if text[at] in TITLE_BEGINS else None
        if title is None or _is_cut_wrong(place, title) or text.startswith("们", title.end()):
            continue
        if (
            at == given
            and place.surname not in known.CLEAR
            and text.startswith(known.OF_THE_POST, title.end())
        ):
            continue
        called = title.group()
        signs = text[given:at]
        if called == "老人" and not (
            signs in known.GIVEN_WORDS
            or (signs and not is_everyday(signs) and (place.surname in PLAIN or is_usual(signs)))
        ):
            continue  # 时有老人, 刁难老人
        if place.surname == "任" and at == given and called in known.POSTS and not _stands_free(place):
            continue  # 由书记任组长
        points = 6 if called in known.POLITE else 5 if called in known.CALLED or title["short"] else 4
        if points + _likeness(place, at, points if points > 4 else 0) >= ENOUGH:
            return title.end()
    return 0


def _is_full(place: Place, end: int, called: str) -> bool:
    """Say whether a whole name stands before one sign for kin: 张秋生叔."""
    signs = place.text[place.given : end]
    is_given = is_usual(signs) or (len(signs) == 1 and signs in LAST)
    return place.surname in PLAIN and is_given and called in _KIN_SIGNS and not is_everyday(signs + called)


def _stands_free(place: Place) -> bool:
    """Say whether nothing stands before it, or a word that leads to a name."""
    return place.opens() or ends_with(place.text, place.start, known.LEADING)


def _is_cut_wrong(place: Place, title: re.Match[str]) -> bool:
    """Say whether what looks like a title is part of other words: 施工队长, 牛奶奶粉, 王工作."""
    at, called = title.start(), title.group()
    if not title["short"]:
        word_begins = place.within.get(at)
        is_told_apart = called in known.CALLED or place.surname in PLAIN
        return word_begins == place.start or (word_begins is not None and not is_told_apart)
    if (
        title.end() in place.within
        or (at > place.given and not _is_full(place, at, called))
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
    if text[given] in "一了不" and text[place.start] == text[given + 1 : given + 2]:  # 管一管, 查一查, 时不时
        return 0
    introduced = max(_introduced(place), 2 * follows_a_name)
    if introduced < CERTAIN and place.surname not in _WORDS and _CARD_FOLLOWS.match(text, given):
        introduced = CERTAIN
    # After a word that leads to a name (对, 收到, 邻居), a whole word behind it tells where the name ends.
    is_led = introduced > 0 and place.surname in PLAIN and not place.opens()
    best, found = ENOUGH - 1, 0
    for end in (given + 1, given + 2):
        is_broken = end - 1 in place.gaps and given not in place.gaps
        if end > len(text) or not is_chinese(text[end - 1]) or is_broken:
            break
        if _NUMERALS.issuperset(text[end - 1 : end + 1]) and end < len(
            text
        ):  # 张三四一〇一…: a number begins
            continue
        if text[place.start : end] in known.LOOK_ALIKES:
            continue
        if text.startswith(known.PLACE_WORDS, end) and end not in place.gaps:
            return 0  # 张衡博物馆: nor does a longer name begin here
        points = introduced + _likeness(place, end, introduced)
        points += introduced < 2 and place.opens() and is_usual(text[given:end])
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
    if surname in _WORDS and not (place.is_double or sure > 1 or place.opens() or _is_led(place)):
        points -= 2
    signs = place.text[given:end]
    if not signs:
        return points
    is_given_word = signs in known.GIVEN_WORDS
    if signs[0] in known.NEVER_FIRST or (signs[-1] in known.NEVER_LAST and not is_given_word):
        return _NEVER
    usual = 2 if is_given_word else (signs[-1] in LAST) + (len(signs) == 2 and signs[0] in known.GIVEN)
    points += 3 if usual == 2 else 2 if usual == len(signs) else usual
    points += place.is_double and usual == len(signs)
    points -= not usual and len(signs) == 1 and sure < CERTAIN
    if sure < CERTAIN and signs[-1] in known.PLACES and not is_given_word:
        points -= _is_a_place(surname, signs, usual)
    if signs[0] in known.SEATS or place.text.startswith(known.PLACE_WORDS, given):
        points -= 4
    # 夏建平 and 方志远 are names, 方便 and 夏天 none
    is_told = sure > 0 or place.opens()
    is_whole = usual == 2 and len(signs) == 2 and surname in _TWICE and is_told and end not in place.within
    if not place.is_double and surname not in PLAIN and (not sure or len(signs) == 1) and not is_whole:
        points -= 1
    # 王国庆 begins with a word and is a name; 高度 and 王国 are none.
    if not place.is_double and given in place.within:
        return points - (2 if usual == 2 and end not in place.within and end != place.word_end else 4)
    if surname in known.DOING and len(signs) == 2 and is_everyday(signs):
        return points - 4
    if len(signs) == 2 and is_everyday(signs):
        if surname in known.CLEAR and (is_given_word or signs[0] == signs[1]):
            return points + (end not in place.within and signs in known.GIVEN_ONLY)  # 谢卫国, 潘明明
        return points - ((2 if sure < 3 else 1) if usual < 2 else sure < 2)
    # 张建国 needs nothing around it, where no other word is cut through.
    return points + (
        surname in PLAIN and points >= ENOUGH - 1 and len(signs) == 2 and end not in place.within
    )


def _is_a_place(surname: str, signs: str, usual: int) -> int:
    """Return points for how much signs that end like a place are one: 家山 is, 金山 may be a name, 振山 hardly is anything else."""
    if usual < 2:
        return 4
    is_name_too = surname in PLAIN and signs[0] not in _OF_PLACES and signs[-1] in _NAMES_TOO
    return 1 if is_name_too else 2


def _is_led(place: Place) -> bool:
    """Say whether a little word leads to what may be a surname only: 请关局长过问."""
    return place.surname in known.RARE_USE and ends_with(place.text, place.start, known.LEADING)


def _introduced(place: Place) -> int:
    """Return points for what stands before a name."""
    text, start = place.text, place.start
    if start == 0:
        return int(place.surname in PLAIN)
    if text[start] == "和" and text[start - 1] != ":":  # 配偶和子女
        return 0
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
    led = start - (text[start - 1] in "了过到")  # 回访了
    if text[start - 1] in known.LEADS_PLAIN:
        return int(place.surname in PLAIN)
    return int((place.surname in PLAIN and place.opens()) or ends_with(text, led, known.LEADING))


def _followed(place: Place, end: int) -> int:
    """Return points for what stands behind a name; less than none where it is no end of a name."""
    text = place.text
    if place.within.get(end) == end - 1 and text[end] in "于在已从来是家都也说与及名户":  # 勇于, 强于, 四家
        return 3 if text.startswith(known.RELATED, end) else 0
    if end in place.within or _PAPER.match(text, end):
        return -4
    if text.startswith(known.GREETINGS, end) or _NUMBER_FOLLOWS.match(text, end):
        return 4
    if _AGE_FOLLOWS.match(text, end) or text.startswith(known.RELATED, end):
        return 3
    if text[end : end + 1] == "家" and end not in place.within and text[end + 1 : end + 2] not in _NO_FAMILY:
        return 2
    if _FIRM.match(text, end):
        return -3
    if end not in place.gaps and (
        text.startswith(known.PLACE_WORDS, end) or text[end : end + 1] in _PLACE_FOLLOWS
    ):
        return -3
    if _DOOR_FOLLOWS.match(text, end):
        return 1
    if place.closes(end):
        return 2 if place.opens() and (end == len(text) or text[end] == "\n" or text[end].isdigit()) else 1
    return int(text[end] in known.GOING_ON)
