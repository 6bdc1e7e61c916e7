"""What a message says, as numbers: its words, and the names its title gives to what it is about.

Words are weighed by how few messages have them. A name is any short run of signs in titles; it weighs the more the fewer
messages have it and the more often those that have it put it into their title: "余易贷" is nearly always in the title,
"有关部门" nearly never. So names are found without a list of them, in any province.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import rjieba
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from gongzhi.insight.triage.places import Stated, districts_stated, sites_stated

Numbers = npt.NDArray[np.float32]

#: A name has so many signs.
LENGTHS: Final = (2, 3, 4, 5)
#: Shorter names count as words of the title, but are not by themselves a name in common.
SHORTEST_IN_COMMON: Final = 3
#: A word of the title counts as if it stood so often in the text.
TITLE: Final = 3
#: So many messages of general language stand in for those a small gathering lacks; how many words one has; how many words
#: the frequencies of rjieba's dictionary were counted on.
BACKGROUND, WORDS_A_MESSAGE, DICTIONARY = 2_000, 150, 6e7
_SIGNS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]+")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote and when. `sender` is any mark that tells people apart; it is counted, never compared or shown."""

    id: str
    title: str
    text: str
    at: datetime
    likes: int = 0
    sender: str = ""


@dataclass(frozen=True)
class Wording:
    """The messages of one gathering as sparse rows, in the order they were given.

    `words` has rows of length 1, a column for each word, which weighs its `rarity`. `titled` and `said` have a 1 for each name in the title and anywhere; `weights` are of names, 0
    to 1; `names` spells them; `sites` and `districts` are those of each message.
    """

    words: sparse.csr_matrix
    word_columns: dict[str, int]
    rarity: Numbers
    titled: sparse.csr_matrix
    said: sparse.csr_matrix
    weights: Numbers
    names: list[str]
    sites: list[Stated]
    districts: list[Stated]

    @cached_property
    def columns(self) -> dict[str, int]:
        """In which column each name stands."""
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def holders(self) -> Numbers:
        """How many messages have each name."""
        count: Numbers = np.asarray(self.said.sum(0)).ravel()
        return count


def words_of(text: str) -> list[str]:
    """Return the words of two signs or more, as rjieba cuts them."""
    return [word for run in _SIGNS.findall(text) for word in rjieba.cut(run) if len(word) > 1]


def runs_of(text: str) -> list[str]:
    """Return the runs of signs, letters and digits that no punctuation divides; gaps count for nothing."""
    return _SIGNS.findall(_SPACE.sub("", text))


def names_of(text: str) -> set[str]:
    """Return every run of 2 to 5 signs that no punctuation divides."""
    return {
        run[at : at + length]
        for run in runs_of(text)
        for length in LENGTHS
        for at in range(len(run) - length + 1)
    }


def whole_of(message: Message) -> str:
    """Return title and text as they are counted: the words of the title several times."""
    return f"{' '.join([message.title] * TITLE)} {message.text}"


def read_wording(messages: Sequence[Message]) -> Wording:
    """Turn messages into rows. Names that one message alone has compare nothing and are left out."""
    wholes = [whole_of(message) for message in messages]
    titles = [names_of(message.title) for message in messages]
    in_titles = Counter(name for title in titles for name in title)
    said = [
        title | (names_of(message.text) & in_titles.keys())
        for title, message in zip(titles, messages, strict=True)
    ]
    holders = Counter(name for names in said for name in names)
    names = sorted(name for name, count in holders.items() if count > 1)
    place = {name: at for at, name in enumerate(names)}
    have = np.array([holders[name] for name in names], dtype=np.float32)
    head = np.array([in_titles[name] for name in names], dtype=np.float32)
    words, word_columns, rarity = _weighed_words(wholes)
    return Wording(
        words=words,
        word_columns=word_columns,
        rarity=rarity,
        titled=_rows(titles, place),
        said=_rows(said, place),
        weights=naming_weights(have, head, len(messages)),
        names=names,
        sites=[sites_stated(message.title, message.text) for message in messages],
        districts=[districts_stated(message.title, message.text) for message in messages],
    )


def _weighed_words(wholes: Sequence[str]) -> tuple[sparse.csr_matrix, dict[str, int], Numbers]:
    """Weigh words by how few messages have them, as if so many messages of general language were among them."""
    counter = CountVectorizer(analyzer=words_of, dtype=np.float32)
    counts = counter.fit_transform(wholes).tocsr()
    in_general = (
        np.array([rjieba.suggest_freq(word) for word in counter.get_feature_names_out()]) / DICTIONARY
    )
    expected = BACKGROUND * (1 - np.exp(-WORDS_A_MESSAGE * in_general))
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + len(wholes) + BACKGROUND) / (1 + holders + expected)) + 1
    weights: Numbers = rarity.astype(np.float32)
    counts.data = (1 + np.log(counts.data)) * weights[counts.indices]
    columns = {word: int(at) for word, at in counter.vocabulary_.items()}
    return normalize(counts).tocsr(), columns, weights


def naming_weights(have: Numbers, head: Numbers, messages: int) -> Numbers:
    """Weigh names that *have* messages hold and *head* put in their title: rarity times the share in titles, 0 to 1."""
    rarity = np.log(messages / have) / np.log(max(messages, 3) / 2)
    weights: Numbers = (np.clip(rarity, 0, 1) * (head + 1) / (have + 2)).astype(np.float32)
    return weights


def _rows(held: Iterable[Iterable[str]], place: dict[str, int]) -> sparse.csr_matrix:
    columns: list[int] = []
    ends = [0]
    for names in held:
        columns.extend(sorted(place[name] for name in names if name in place))
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix(
        (ones, np.array(columns, dtype=np.int32), np.array(ends)), shape=(len(ends) - 1, len(place))
    )
