"""Cuts a text short without cutting a number in two: half a telephone number is no longer known as one."""

import re
from typing import Final

#: Digits of any width and in Chinese signs, with what people write between their groups, and the X that ends some identity numbers.
_DIGIT: Final = "[0-9０-９〇零一二三四五六七八九幺]"
RUN: Final = re.compile(rf"{_DIGIT}(?:[\s()（）.·-]{{0,2}}{_DIGIT})*[Xx]?")


def cut_short(text: str, most: int, end: str = "…") -> str:
    """Return at most so many signs of a text, with *end* in place of what is left out; a run of digits stays whole or goes."""
    if len(text) <= most:
        return text
    cut = most - len(end)
    for run in RUN.finditer(text):
        if run.start() < cut < run.end():
            cut = run.start()
            break
    return text[:cut] + end
