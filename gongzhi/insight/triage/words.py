"""The words of a message and the features made of them: what stands in the text, never who wrote it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from operator import add
from pathlib import Path
from typing import Final

import rjieba

HEAD: Final = 12  # words that count as the title: people say first what it is about
HEAD_SIGNS: Final = 40
STRESSED: Final = (6, 16, 36)  # the first so many words, and their signs, count once more each
LONGEST: Final = 6_000  # signs of a message that are read
GAPS_OF_WORDS: Final = 0.2  # share of gaps from which a text counts as already cut into words
#: Words that say nothing of the matter, for raw texts where a model learnt from cut texts alone.
USUAL_FILLERS: Final = frozenset((Path(__file__).parent / "fillers.txt").read_text("utf-8").split())

Words = list[str]


def is_in_words(text: str) -> bool:
    """Say whether a text comes already cut into words with gaps between them."""
    start = text[:400].strip()
    gaps = start.count(" ")
    return gaps >= 1 and gaps >= GAPS_OF_WORDS * len(start) and not re.search(r"[，。！？；]", start)


def words_of(text: str) -> Words:
    """Return the words of a text, whether it is cut already or not; marks are left out."""
    text = text[:LONGEST]
    return list(filter(str.isalnum, text.split() if is_in_words(text) else rjieba.cut(text)))


def features_of(words: Sequence[str]) -> list[str]:
    """Return the features of a message: words, words of the head, signs of the head by ones to threes, pairs of signs.

    A mark in front keeps the kinds apart: ``=`` a word, ``^`` a word of the head, ``#`` signs of the head; pairs have none.
    Words and pairs count the more the nearer they stand to the beginning.
    """
    signs, head = "".join(words), words[:HEAD]
    start = "".join(head)[:HEAD_SIGNS]
    pairs, marked = list(map(add, signs, signs[1:])), list(map(add, repeat("="), words))
    near: list[str] = []
    for first in STRESSED:
        near += pairs[: max(sum(map(len, words[:first])) - 1, 0)]
        near += marked[:first]
    return [
        *pairs,
        *marked,
        *near,
        *map(add, repeat("^"), head),
        *("#" + start[at : at + n] for n in (1, 2, 3) for at in range(len(start) - n + 1)),
    ]


def is_word(feature: str) -> bool:
    """Say whether a feature is a word anywhere in the message."""
    return feature[0] == "="


def readable(feature: str) -> str:
    """Return a feature as people read it, or nothing for bare signs that are no word."""
    return feature[1:] if feature[0] in "=^" else ""


def filler_words(messages: Sequence[Words], are_cut: Sequence[bool]) -> frozenset[str]:
    """Return words that fill raw texts and that nobody left in the texts that came cut into words.

    Whoever cut them threw away what says nothing; raw texts have to be read the same way. Where all came cut, those
    usual fillers that none of them holds; where none did, no word.
    """
    in_raw: Counter[str] = Counter()
    in_cut: Counter[str] = Counter()
    for words, is_cut in zip(messages, are_cut, strict=True):
        (in_cut if is_cut else in_raw).update(set(words))
    raw_messages = len(are_cut) - sum(are_cut)
    if not in_cut:
        return frozenset()
    if not raw_messages:
        return USUAL_FILLERS - in_cut.keys()
    often = 0.004 * raw_messages
    return frozenset(
        word for word, times in in_raw.items() if times >= often and in_cut[word] <= 0.02 * times
    )
