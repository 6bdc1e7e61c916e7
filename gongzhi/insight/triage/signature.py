"""What the messages of an issue name in common: the thing or place they are about, as opposed to a manner of writing."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import rjieba

from gongzhi.insight.triage.wording import Wording

#: A thing stands in so many of an issue's messages, and in so many of their titles.
MOST_OF, IN_TITLES = 0.6, 0.4
#: Share of the issue's messages that have it, times share of all that have it which are in the issue. A writer's turn of
#: phrase also stands elsewhere and falls below.
OWN: Final = 0.2
#: Kinds of words, as rjieba tags them, that are things: nouns, names of people and places, short forms, foreign signs.
THINGS: Final = ("n", "j", "l", "x", "eng")
#: Words as frequent as that in general language (by the dictionary of rjieba) name nothing: 时候, 问题, 力度.
EVERYDAY: Final = 1_500


def things_of_issue(wording: Wording, rows: Sequence[int], titles: Sequence[str]) -> list[str]:
    """Return what the messages in *rows*, with *titles*, are about, the most peculiar to them first; empty for a mere style."""
    nouns = sorted({word for title in titles for word in things_of(title)} & wording.columns.keys())
    if not nouns:
        return []
    columns = [wording.columns[noun] for noun in nouns]
    said = np.asarray(wording.said[rows][:, columns].sum(0)).ravel()
    titled = np.asarray(wording.titled[rows][:, columns].sum(0)).ravel()
    own = said / len(rows) * said / wording.holders[columns]
    kept = (said >= MOST_OF * len(rows)) & (titled >= IN_TITLES * len(rows)) & (own >= OWN)
    return [nouns[at] for at in np.lexsort((np.arange(len(nouns)), -own)) if kept[at]]


def things_of(title: str) -> set[str]:
    """Return the nouns and names in a title, of two signs or more; 加快 and 刻不容缓 are none."""
    return {
        word
        for word, tag in rjieba.tag(title)
        if len(word) > 1 and tag.startswith(THINGS) and rjieba.suggest_freq(word) < EVERYDAY
    }
