"""People called by anything but surname and name: given name and kin, pet names, nicknames, a parent, a name in two halves."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import rjieba

from gongzhi.insight.triage.leaking import name_signs as known
from gongzhi.insight.triage.leaking.name_words import NAME, TITLED, is_everyday, is_usual

_PLAIN: Final = "".join(sorted(known.CLEAR | known.FREQUENT))
_CLEAR: Final = "".join(sorted(known.CLEAR))
#: A name in sounds with a title, at the beginning of a clause: 买买提·艾力先生.
_FOREIGN: Final = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,5}(?:[·•・][\u4e00-\u9fff]{2,6}){0,2}(?:先生|女士)"
)
#: A name told in two halves: 我姓王，叫建国.
_HALVES: Final = re.compile(
    rf"姓(?P<halves>[{''.join(sorted(known.SURNAMES))}][,，、 ]{{0,2}}(?:名字?叫?|单名|叫)[\u4e00-\u9fff]{{1,2}})(?![\u4e00-\u9fff])"
)
#: A given name with a word for kin, where a clause or what is said of a village begins.
_KIN: Final = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[庄村里找跟和叫是了被让给对向把俺我咱的到问]))(?P<name>[\u4e00-\u9fff][^\W\d_大二三四五六七八九小老学师])(?P<kin>[叔婶嫂姐哥姨伯爷])(?![父母妹弟们夫叔婶嫂姐哥姨伯爷])"
)
#: The same with one sign of the name: 兵哥, 萍婶.
_SHORT_KIN: Final = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[找跟和叫是村的]))(?P<sign>[^\W\d_大二三四五六七八九小老帅的表堂亲干学师空月护美靓女好他她我你这那哪一了是])(?P<kin>[婶嫂哥姨叔])(?![父母妹弟们夫叔婶嫂姐哥姨伯爷德伦])"
)
#: What somebody is called: 绰号“二丫”, 都叫他斌总.
_NICKNAME: Final = re.compile(
    r"(?:绰号|外号|小名|诨名|乳名|诨号|人称(?=[“\"])|自己叫|[都人][叫喊][他她])[是叫为: ]{0,2}(?:[“\"'「《](?P<quoted>[^”\"'」》]{1,6})|(?P<bare>[\u4e00-\u9fff]{2,4})(?=[\s,，。;；、)）]|$))"
)
#: A parent by the given name alone: 孩子爸春阳.
_PARENT: Final = re.compile(
    r"(?:(?<=孩子[爸妈])|(?<=孩他[爸妈])|(?<=[他她][爹娘]))(?P<name>[\u4e00-\u9fff]{2})(?=[在跑去打天不没得，,。 ]|$)"
)
#: What villagers are called after: how they look, what they work; and pet names that nobody has on paper.
_TRAITS: Final = (
    "麻子|瘸子|寡妇|聋子|哑巴|瞎子|拐子|秃子|胖子|瘦子|大个子?|结巴|铁匠|木匠|裁缝|半仙|光头|眼镜"
)
_PET_NAMES: Final = "二狗|狗蛋|狗剩|铁蛋|铁柱|栓柱|二蛋|黑蛋|黑娃|二娃|三娃|傻根|拴住|大妮|二妮|三妮|妮子|翠花|二丫|大丫|胖墩|二愣|二赖|毛蛋|石头蛋"
#: People of a village by what everybody calls them: 王家老二, 铁柱他爹, 张瘸子, 胖子刘, 二狗子.
_BROTHERS: Final = re.compile(
    rf"[{_PLAIN}](?:(?:家的?)?老[大二三四五六七八小幺]|家(?:[大二三四]?[嫂娘爷伯婶]|奶奶|爷爷|婆婆|媳妇|闺女|小[一二三四五六七])(?![\u4e00-\u9fff]?[院店]))"
)
_FATHER: Final = re.compile(r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2})他(?:爹|妈|娘|爸|爷|奶|媳妇)")
_TRAIT: Final = re.compile(
    rf"[{_PLAIN}](?:{_TRAITS})|(?:{_TRAITS})[{_CLEAR}](?=[^\u4e00-\u9fff]|[说他她家是不把没给])"
)
_PET: Final = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[头的叫是给找跟]))(?:{_PET_NAMES})[子儿]?(?![\u4e00-\u9fff]{{0,2}}[庄村河沟路])"
)
#: Somebody at work by a pet name: 小翔师傅.
_AT_WORK: Final = re.compile(r"小(?P<sign>[\u4e00-\u9fff])(?=小伙|师傅|同志|姑娘|老师|警官|医生|护士|经理)")
#: A child by its pet name: 女儿小雪.
_CHILD: Final = re.compile(
    "(?:(?<=女儿)|(?<=儿子)|(?<=孙子)|(?<=孙女)|(?<=孩子)|(?<=侄子)|(?<=侄女)|(?<=外甥)|(?<=妹妹)|(?<=弟弟)|(?<=娃)|(?<=抚养人)|(?<=[格管]员)|(?<=[我俺咱]家))"
    r"(?:阿[\u4e00-\u9fff]|(?:小(?P<sign>[\u4e00-\u9fff])(?![\u4e00-\u9fff]{0,4}[院区])|(?P<twice>[\u4e00-\u9fff])(?P=twice))(?=[，。,; 不学放跟现报被在上的也才今去年户身发突从到就因没不已]|$))"
)
_NO_CHILD: Final = frozenset("学时区孩便心于事店")


def called_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield from, to and why of each, in a text of one form without blanks."""
    for hint, pattern, is_one, why in _WAYS:
        if hint.search(text):
            for found in pattern.finditer(text):
                if is_one(found):
                    yield *_said(found), why


def _said(found: re.Match[str]) -> tuple[int, int]:
    """Return the signs of the name; of a nickname those within its marks."""
    for part in ("quoted", "bare", "halves"):
        if part in found.re.groupindex and found[part]:
            return found.span(part)
    return found.span()


def _is_kin(found: re.Match[str]) -> bool:
    """Say whether the sign or signs before kin are a given name: 玉山叔, 翠花嫂子."""
    name = found["name"]
    is_name = is_usual(name) or name in known.GIVEN_WORDS or (name[1] in "山岭" and name[0] in known.GIVEN)
    return is_name and not is_everyday(name[1] + found["kin"]) and not is_everyday(found.group())


def _is_short_kin(found: re.Match[str]) -> bool:
    return found["sign"] in known.GIVEN and not is_everyday(found.group())


def _is_pet_name(found: re.Match[str]) -> bool:
    """Say whether the sign behind 小 or said twice is one of names: 小雪, 乐乐; 阿 needs none."""
    signs = found.groupdict()
    sign = signs.get("sign") or signs.get("twice")
    return sign is None or (sign in known.GIVEN and signs.get("sign") not in _NO_CHILD)


def _is_pair(found: re.Match[str]) -> bool:
    return is_usual(found["name"])


def _is_new_pair(found: re.Match[str]) -> bool:
    return is_usual(found["name"]) and not is_everyday(found["name"])


def _is_any(_found: re.Match[str]) -> bool:
    return True


def _is_foreign(found: re.Match[str]) -> bool:
    """Say whether these signs are no words of the language, or a dot tells that they are a name."""
    name = found.group()[:-2]
    if "·" in name:
        return True
    words = rjieba.cut(name, False)
    return not known.NEVER_FIRST.intersection(name) and not any(
        len(word) > 1 and is_everyday(word) for word in words
    )


#: Words one of which is in every text where it is worth looking, what is looked for, what says that it is one, and why.
_WAYS: Final[tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], bool], str], ...]] = (
    (re.compile("[叔婶嫂姐哥姨伯爷]"), _KIN, _is_kin, TITLED),
    (re.compile("[婶嫂哥姨叔]"), _SHORT_KIN, _is_short_kin, TITLED),
    (re.compile("女儿|儿子|孙子|孙女|孩子|侄子|侄女|外甥|妹妹|弟弟|娃|抚养人|格员|管员|我家|俺家|咱家"), _CHILD, _is_pet_name, NAME),
    (re.compile("绰号|外号|小名|诨名|乳名|诨号|人称|自己叫|叫他|叫她|喊他|喊她"), _NICKNAME, _is_any, NAME),
    (re.compile("孩子爸|孩子妈|孩他|他爹|她爹|他娘|她娘"), _PARENT, _is_new_pair, NAME),
    (re.compile("老[大二三四五六七八小幺]|家[大二三四嫂娘爷伯婶奶婆媳闺小]"), _BROTHERS, _is_any, TITLED),
    (re.compile("他[爹妈娘爸爷奶媳]"), _FATHER, _is_pair, TITLED),
    (re.compile(_TRAITS), _TRAIT, _is_any, TITLED),
    (re.compile(_PET_NAMES), _PET, _is_any, TITLED),
    (re.compile("小"), _AT_WORK, _is_pet_name, TITLED),
    (re.compile("姓"), _HALVES, _is_any, NAME),
    (re.compile("先生|女士"), _FOREIGN, _is_foreign, TITLED),
)  # fmt: skip
