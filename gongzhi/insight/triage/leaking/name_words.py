"""A text cut into words around each place where a name may begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import rjieba

from gongzhi.insight.triage.leaking import name_signs as known

#: As often as that in rjieba's dictionary, a word is an everyday word and no name that got into the dictionary.
EVERYDAY: Final = 100
#: Why what was found is taken for a name.
NAME: Final = "像是本人或他人的姓名"
TITLED: Final = "像是带称呼的姓名"
#: Surnames that need no help to be taken for one.
PLAIN: Final = known.CLEAR | known.FREQUENT
#: Signs with which given names of two signs usually end.
LAST: Final = known.GIVEN - known.ONLY_FIRST
_BEGINNINGS: Final = known.SURNAMES | {name[0] for name in known.DOUBLE_SURNAMES} | {"小", "老"}
_GOES_ON: Final = LAST | set("一二三四五六七八九家")
#: What a title begins with.
TITLE_BEGINS: Final = frozenset("副第总工大二三四五六七八九小老婶嫂哥姐叔伯姨舅姑爷").union(
    title[0] for title in (*known.POLITE, *known.CALLED, *known.POSTS)
)
_BEHIND_SURNAMES: Final = known.GIVEN | TITLE_BEGINS | {word[0] for word in known.GIVEN_WORDS} | {"家"}
#: What may end a label, and words for persons.
_LABEL_ENDS: Final = (
    known.PERSON_ENDS | {word[-1] for word in (*known.NAMED, *known.LABELS)} | set(":是为,/ ")
)
#: Words that a name follows, where they end within what looks like another word.
_BEFORE_NAMES: Final = frozenset(
    word
    for word in (
        *known.LABELS,
        *known.POSTS,
        "业主",
        "户主",
        "村民",
        "物业",
        "住户",
        "回复",
        "答复",
        "村里",
        "感谢",
    )
    if len(word) > 1
)
_TITLES: Final = (*known.POLITE, *known.CALLED, "大夫", "老师", "医生", "书记")
_ENDS_BEFORE: Final = {word[-1] for word in _BEFORE_NAMES}
#: How many words from where it begins a name and its title may reach.
_SPAN: Final = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a name may begin: its surname goes to `given`; `within` are places in everyday words nearby, and where these begin."""

    text: str
    gaps: frozenset[int]
    start: int
    given: int
    word_end: int
    within: dict[int, int]

    @property
    def surname(self) -> str:
        """The surname, or its first sign where it has two."""
        return self.text[self.start]

    @property
    def is_double(self) -> bool:
        """Say whether the surname has two signs."""
        return self.given - self.start > 1

    def opens(self) -> bool:
        """Say whether nothing stands before it in its clause."""
        return self.start == 0 or self.start in self.gaps or not self.text[self.start - 1].isalnum()

    def closes(self, at: int) -> bool:
        """Say whether the clause goes no further than here."""
        return at == len(self.text) or at in self.gaps or not is_chinese(self.text[at])


def places_in(text: str, gaps: frozenset[int]) -> Iterator[Place]:
    """Yield the places where a word begins that may be a name; an everyday word is none unless its signs are usual in names or a label stands before."""
    words = rjieba.cut(text, False)
    end = 0
    for number, word in enumerate(words):
        start, end = end, end + len(word)
        if len(word) == 2 and word[1] in known.SURNAMES and _is_cut_wrong(text, end, word):
            yield _place(text, gaps, end - 1, [word[1], *words[number + 1 : number + _SPAN]])
        elif word[0] in _BEGINNINGS and (
            text[start - 1 : start] in _LABEL_ENDS or _may_be_a_name(word, text[end : end + 1])
        ):
            yield _place(text, gaps, start, words[number : number + _SPAN])


def _is_cut_wrong(text: str, end: int, word: str) -> bool:
    """Say whether a word takes the surname away from a name: 网格员林…, 过于科长, 和文阿姨."""
    if word[0] in "和过跟找请":
        return text[end : end + 1] in TITLE_BEGINS
    return word[0] in _ENDS_BEFORE and ends_with(text, end - 1, _BEFORE_NAMES)


def _may_be_a_name(word: str, behind: str) -> bool:
    """Say whether a name may begin with this word: no everyday word (but 王国庆, 李家的, 老王, 慕容 are names), nor a sign before one no name has."""
    if len(word) == 1:
        return behind in (_BEGINNINGS if word in "小老" else _BEHIND_SURNAMES)
    return (
        word[0] in "小老"
        or (len(word) == 2 and (word[1] in _GOES_ON or word in known.DOUBLE_SURNAMES))
        or not is_everyday(word)
    )


def _place(text: str, gaps: frozenset[int], start: int, words: list[str]) -> Place:
    within: dict[int, int] = {}
    at = start
    for word in words:
        if len(word) > 1 and is_everyday(word):
            within.update(dict.fromkeys(range(at + 1, at + len(word)), at))
        at += len(word)
    return Place(text, gaps, start, start + surname_at(text, start), start + len(words[0]), within)


def surname_at(text: str, start: int) -> int:
    """Return how many signs of a surname stand here."""
    if text[start : start + 2] in known.DOUBLE_SURNAMES:
        return 2
    return int(text[start : start + 1] in known.SURNAMES)


def ends_with(text: str, end: int, words: frozenset[str]) -> bool:
    """Say whether one of the words, of up to five signs, ends here."""
    last = text[max(0, end - 5) : end]
    return (
        last[-2:] in words or last[-3:] in words or last[-1:] in words or last[-4:] in words or last in words
    )


def is_usual(signs: str) -> bool:
    """Say whether these are two signs both usual where they stand in a given name."""
    return len(signs) == 2 and signs[0] in known.GIVEN and signs[1] in LAST and signs[1] not in known.PLACES


def is_chinese(sign: str) -> bool:
    """Say whether this is a Chinese sign."""
    return "\u4e00" <= sign <= "\u9fff"


@lru_cache(maxsize=20_000)
def is_everyday(word: str) -> bool:
    """Say whether everybody uses this word, of two signs at least; names in the dictionary of rjieba are rare, or look like names (李强, 陈国强)."""
    if len(word) < 2:
        return False
    if word in known.LOOK_ALIKES or not rjieba.has_word(word) or word.endswith(_TITLES):
        return word in known.LOOK_ALIKES
    if word[-1] in LAST and _has_a_surname(word) and rjieba.tag(word)[0][1].startswith("nr"):
        return False
    if len(word) == 2:
        return rjieba.suggest_freq(word) >= EVERYDAY
    if len(word) == 3 and word[0] in known.SURNAMES:  # 张建国, but 毕业生, 安全法
        return rjieba.suggest_freq(word) >= EVERYDAY or (
            not known.GIVEN.issuperset(word[1:]) and is_everyday(word[:2])
        )
    return len(word) > 3 or is_everyday(word[:2]) or is_everyday(word[1:])


def _has_a_surname(word: str) -> bool:
    """Say whether a word begins with a surname, and not with an everyday word: 陈国强, 李强, but 高峰, 高中生."""
    return len(word) < 4 and (
        word[0] in known.CLEAR or (len(word) == 3 and word[0] in PLAIN and not is_everyday(word[:2]))
    )
