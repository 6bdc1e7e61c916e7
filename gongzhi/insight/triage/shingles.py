"""Texts as sets of hashed shingles: every three neighbouring signs, without punctuation, blanks and case."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

Hashes = npt.NDArray[np.uint32]

LENGTH: Final = 3
#: Shingles are told apart by so many bits.
BITS: Final = 24
_NO_SIGN: Final = re.compile(r"[^\u4e00-\u9fffa-z0-9]+")
_ODD: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


def signs_of(text: str) -> str:
    """Return the signs that are compared: Chinese signs, letters and digits, full-width ones as plain ones."""
    return _NO_SIGN.sub("", unicodedata.normalize("NFKC", text).lower())


def shingles_of(text: str) -> Hashes:
    """Return the distinct shingles of one text, sorted; none for a text of less than three signs."""
    return np.unique(_hashed(_codes(signs_of(text))))


def shingle_rows(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return one row of ones for each text, one column for each value of a hash."""
    signs = [signs_of(text) for text in texts]
    lengths = np.array([len(each) for each in signs], dtype=np.int64)
    hashes = _hashed(_codes("".join(signs)))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    inside = owner[: len(hashes)] == owner[LENGTH - 1 :] if len(hashes) else np.zeros(0, bool)
    keys = np.unique(owner[: len(hashes)][inside] << BITS | hashes[inside].astype(np.int64))
    rows = keys >> BITS
    ends = np.searchsorted(rows, np.arange(len(texts) + 1))
    columns = (keys & ((1 << BITS) - 1)).astype(np.int32)
    return sparse.csr_matrix((np.ones(len(keys), np.float32), columns, ends), shape=(len(texts), 1 << BITS))


def _codes(signs: str) -> npt.NDArray[np.uint64]:
    return np.frombuffer(signs.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)


def _hashed(codes: npt.NDArray[np.uint64]) -> Hashes:
    count = len(codes) - LENGTH + 1
    if count <= 0:
        return np.zeros(0, np.uint32)
    mixed = sum((codes[at : at + count] * _ODD[at] for at in range(1, LENGTH)), codes[:count] * _ODD[0])
    mixed ^= mixed >> np.uint64(29)
    return (mixed * _ODD[1] >> np.uint64(64 - BITS)).astype(np.uint32)
