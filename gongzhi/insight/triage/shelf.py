"""A lasting index of which messages have which rare shingles, so that the likely duplicates of one more are found at once.

A folder of plain arrays, read without loading them (memory-mapped): for each message its number, region, moment and the hashes of its
rarest shingles; no text can be read from it. What comes after the index was built is appended to the same folder, and `built`
takes it in. Reading gives numbers and nothing else: who asks reads those messages by their own right (see `likely`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.insight.triage.shingles import BITS, Hashes, shingles_of

#: So many of a message's rarest shingles are kept; a message with fewer repeats its last.
KEPT: Final = 64
#: So many kept shingles in common make a message worth a look.
FEWEST_COMMON: Final = 3
#: A shingle that so many messages keep brings up nothing by itself.
MOST_HOLDERS: Final = 500
REGION_SIGNS: Final = 15
_ROW: Final = np.dtype(
    [("id", "<i8"), ("at", "<i8"), ("region", f"S{REGION_SIGNS}"), ("kept", "<u4", (KEPT,))]
)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A message to be put on the shelf."""

    id: int
    region: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A message that has some of another's rarest shingles: its number, and how many of those kept."""

    id: int
    common: int


class Shelf:
    """An opened index. It answers from what was built and from what was added since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.holders: npt.NDArray[np.uint16] = np.load(folder / "holders.npy", mmap_mode="r")
        self.rows = np.load(folder / "rows.npy", mmap_mode="r")
        self.keys: Hashes = np.load(folder / "keys.npy", mmap_mode="r")
        self.owners: Hashes = np.load(folder / "owners.npy", mmap_mode="r")
        self.added = np.fromfile(folder / "added.bin", dtype=_ROW)

    def __len__(self) -> int:
        return len(self.rows) + len(self.added)

    def add(self, messages: Sequence[Shelved]) -> None:
        """Append messages; they are found from now on, also after a restart."""
        fresh = np.array([_row(each, self.holders) for each in messages], dtype=_ROW)
        with (self.folder / "added.bin").open("ab") as file:
            file.write(fresh.tobytes())
        self.added = np.concatenate([self.added, fresh])

    def candidates(self, text: str, *, region: str, since: datetime, most: int) -> list[Candidate]:
        """Return messages of *region* (a code or its beginning) since a moment that share rare shingles, the most first."""
        asked = shingles_of(text)
        begin, end = np.searchsorted(self.keys, asked), np.searchsorted(self.keys, asked, side="right")
        usable = end - begin <= MOST_HOLDERS
        spans = zip(begin[usable].tolist(), end[usable].tolist(), strict=True)
        owners = np.concatenate(
            [np.zeros(0, np.uint32), *(self.owners[first:last] for first, last in spans if last > first)]
        )
        at, common = np.unique(owners, return_counts=True)
        of_added = np.isin(self.added["kept"], asked).sum(1) if len(self.added) else np.zeros(0, np.int64)
        found = [*self._fitting(self.rows, at, common, region, since)]
        found += self._fitting(self.added, np.arange(len(self.added)), of_added, region, since)
        return sorted(found, key=lambda each: (-each.common, each.id))[:most]

    @staticmethod
    def _fitting(
        rows: npt.NDArray[np.void],
        at: npt.NDArray[np.integer],
        common: npt.NDArray[np.int64],
        region: str,
        since: datetime,
    ) -> Iterable[Candidate]:
        enough = common >= FEWEST_COMMON
        for row, count in zip(rows[at[enough]], common[enough].tolist(), strict=True):
            if row["region"].startswith(region.encode()) and row["at"] >= since.timestamp():
                yield Candidate(int(row["id"]), min(count, KEPT))


def built(folder: Path, messages: Sequence[Shelved]) -> Shelf:
    """Make the index anew of *messages* and open it."""
    folder.mkdir(parents=True, exist_ok=True)
    holders = np.zeros(1 << BITS, np.uint32)
    for each in messages:
        holders[shingles_of(each.text)] += 1
    few = np.minimum(holders, np.iinfo(np.uint16).max).astype(np.uint16)
    rows = np.zeros(len(messages), _ROW)
    for at, each in enumerate(messages):
        rows[at] = _row(each, few)
    write(folder, rows, few)
    return Shelf(folder)


def write(folder: Path, rows: npt.NDArray[np.void], holders: npt.NDArray[np.uint16]) -> None:
    """Write rows and how many messages have each shingle; what was added is taken to be among the rows."""
    kept = rows["kept"].ravel()
    owners = np.repeat(np.arange(len(rows), dtype=np.uint32), KEPT)
    own = (
        np.append(True, kept[1:] != kept[:-1]) | (np.arange(len(kept)) % KEPT == 0)
        if len(kept)
        else np.zeros(0, bool)
    )
    kept, owners = kept[own], owners[own]
    order = np.argsort(kept, kind="stable")
    arrays = {"holders": holders, "rows": rows, "keys": kept[order], "owners": owners[order]}
    for name, array in arrays.items():
        half = folder / f".{name}.npy"
        np.save(half, array)
        half.replace(folder / f"{name}.npy")
    (folder / "added.bin").write_bytes(b"")


def _row(message: Shelved, holders: npt.NDArray[np.uint16]) -> tuple[int, int, bytes, Hashes]:
    shingles = shingles_of(message.text)
    rarest = np.sort(shingles[np.argsort(holders[shingles], kind="stable")[:KEPT]])
    kept = np.full(KEPT, rarest[-1] if len(rarest) else 0, np.uint32)
    kept[: len(rarest)] = rarest
    return (message.id, int(message.at.timestamp()), message.region.encode(), kept)
