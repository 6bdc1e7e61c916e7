"""Which messages are nearly the same text, so that none of them is judged by what was learnt from another."""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gongzhi.insight.triage.words import Words

BANDS: Final = 8
ROWS: Final = (
    4  # texts that share seven tenths of their words meet in nine of ten cases, a fifth in one of eighty
)
PRIME: Final = 4_294_967_311
SEED: Final = 1


def groups_of(messages: Sequence[Words]) -> NDArray[np.int64]:
    """Return for each message the number of its group; a text like no other has one of its own (MinHash in bands)."""
    chance = np.random.default_rng(SEED)
    factors = chance.integers(1, PRIME, (BANDS * ROWS, 1), dtype=np.uint64)
    shifts = chance.integers(0, PRIME, (BANDS * ROWS, 1), dtype=np.uint64)
    leader = list(range(len(messages)))
    met: dict[tuple[int, bytes], int] = {}
    for number, words in enumerate(messages):
        if not words:
            continue
        hashes = np.array([crc32(word.encode()) & 0xFFFFFFF for word in set(words)], dtype=np.uint64)
        least = ((factors * hashes + shifts) % np.uint64(PRIME)).min(axis=1)
        for band in range(BANDS):
            key = (band, least[band * ROWS : (band + 1) * ROWS].tobytes())
            _join(leader, number, met.setdefault(key, number))
    return np.unique([_first(leader, number) for number in range(len(messages))], return_inverse=True)[1]


def _first(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _join(leader: list[int], one: int, other: int) -> None:
    one, other = _first(leader, one), _first(leader, other)
    leader[max(one, other)] = min(one, other)
