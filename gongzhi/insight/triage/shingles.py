"""Texts as sets of hashed shingles, without punctuation, blanks and case.

Three neighbouring signs are rare and bring texts together. Two signs with any one sign between them survive when that one is
slipped, and weigh how much two texts have in common.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

Hashes = npt.NDArray[np.uint32]

#: Which signs are hashed together, by how far they stand behind the first.
Shape = tuple[int, ...]
NEIGHBOURS: Final[Shape] = (0, 1, 2)
AROUND: Final[Shape] = (0, 2)
#: Shingles are told apart by so many bits.
BITS: Final = 24
_NO_SIGN: Final = re.compile(r"[^\u4e00-\u9fffa-z0-9]+")
_ODD: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


def signs_of(text: str) -> str:
    """Return the signs that are compared: Chinese signs, letters and digits, full-width ones as plain ones."""
    return _NO_SIGN.sub("", unicodedata.normalize("NFKC", text).lower())


def shingles_of(text: str, shape: Shape = NEIGHBOURS) -> Hashes:
    """Return the distinct shingles of one text, sorted; none for a text of less than three signs."""
    return np.unique(_hashed(_codes(signs_of(text)), shape))


def shingle_rows(texts: Sequence[str], shape: Shape = NEIGHBOURS) -> sparse.csr_matrix:
    """Return one row of ones for each text, one column for each value of a hash."""
    signs = [signs_of(text) for text in texts]
    lengths = np.array([len(each) for each in signs], dtype=np.int64)
    hashes = _hashed(_codes("".join(signs)), shape)
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    inside = owner[: len(hashes)] == owner[shape[-1] :] if len(hashes) else np.zeros(0, bool)
    keys = owner[: len(hashes)][inside] << BITS | hashes[inside].astype(np.int64)
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    rows = keys >> BITS
    ends = np.searchsorted(rows, np.arange(len(texts) + 1))
    columns = (keys & ((1 << BITS) - 1)).astype(np.int32)
    return sparse.csr_matrix((np.ones(len(keys), np.float32), columns, ends), shape=(len(texts), 1 << BITS))


def _codes(signs: str) -> npt.NDArray[np.uint64]:
    return np.frombuffer(signs.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def _hashed(codes: npt.NDArray[np.uint64], shape: Shape) -> Hashes:
    count = len(codes) - shape[-1]
    if count <= 0:
        return np.zeros(0, np.uint32)
    mixed = codes[:count] * _ODD[0]
    for place, behind in enumerate(shape[1:], 1):
        mixed += codes[behind : behind + count] * _ODD[place]
    mixed ^= mixed >> np.uint64(29)
    return (mixed * _ODD[1] >> np.uint64(64 - BITS)).astype(np.uint32)
