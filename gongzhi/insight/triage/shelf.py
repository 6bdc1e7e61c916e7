"""A lasting index of which messages have which rare shingles, so that the likely duplicates of one more are found at once.

A folder of plain arrays, read without loading them (memory-mapped); no text can be read from it. `current` names the folder inside
that holds the arrays, so that an index made anew takes the place of the old one whole, while those who read the old one go on.
Any number of processes may read; one at a time writes, behind the lock `writing`; what it appends, the others find with
their next question. A message that leaves is appended too, without its shingles: of a message the last row counts. `tidied` lays
down what is left, so that nothing stays of what has gone. Reading gives numbers and nothing else: who asks reads those messages by
their own right (see `likely`).
"""

import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Final

import numpy as np
import numpy.typing as npt

from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.triage.shingles import AROUND, BITS, NEIGHBOURS, Hashes, shingles_of

#: So many of a message's rarest shingles are kept; a message with fewer repeats its last.
KEPT: Final = 64
#: So many kept shingles in common make a message worth a look.
FEWEST_COMMON: Final = 3
#: A shingle that so many messages keep brings up nothing by itself; so many entries are read for one question, the rarest first.
MOST_HOLDERS, MOST_READ = 500, 8_000
#: So much is appended before the index is laid down anew, and what has left stays on the disk no longer than this.
MOST_ADDED, LONGEST = 10_000, timedelta(days=1)
#: Of so many messages shingles are counted; then all counts are halved, so that the latest count most.
MOST_COUNTED: Final = 1_000_000
REGION_SIGNS: Final = 15
#: The moment of a row that says its message has left.
LEFT: Final = -1
_ROW: Final = np.dtype(
    [("id", "<i8"), ("at", "<i8"), ("region", f"S{REGION_SIGNS}"), ("kept", "<u4", (KEPT,))]
)
_ARRAYS: Final = ("holders", "around", "counted", "id", "at", "region", "starts", "owners")
_CURRENT, _WRITING, _ADDED = "current", "writing", "added.bin"

Rows = npt.NDArray[np.void]
Numbers = npt.NDArray[np.int64]
Holders = npt.NDArray[np.uint16]


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


@dataclass(frozen=True, slots=True)
class Holding:
    """How many messages were counted, and how many of them have each shingle of neighbours and each of signs around another."""

    count: int
    neighbours: Holders
    around: Holders


class Busy(Exception):
    """Somebody else is writing to the index now."""


class Damaged(Exception):
    """An index cannot be read: files are missing, cut off or of another version. It has to be made anew."""


class _Added:
    """Rows that were added since an index was laid down, with their shingles in order, and which of them are still here."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.keys, self.owners = _posted(rows)
        self.here = np.zeros(len(rows), bool)
        last = len(rows) - 1 - np.unique(rows["id"][::-1], return_index=True)[1]
        self.here[last] = rows["at"][last] != LEFT


class _Laid:
    """The arrays of one folder as they were laid down, and what was added to it since."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
        self.holders: Holders = arrays["holders"]
        self.around: Holders = arrays["around"]
        self.counted = arrays["counted"]
        self.ids, self.at, self.region = arrays["id"], arrays["at"], arrays["region"]
        self.starts, self.owners = arrays["starts"], arrays["owners"]
        self.added = _Added(np.zeros(0, _ROW))
        self.here = np.ones(len(self.ids), bool)

    def take_in(self) -> None:
        """Read what was added since the last look; half a row, as a writer that was killed leaves it, is not read."""
        path = self.folder / _ADDED
        try:
            there = path.stat().st_size // _ROW.itemsize
        except OSError as fault:
            raise Damaged(self.folder) from fault
        if there != len(self.added.rows):
            self.added = _Added(np.fromfile(path, dtype=_ROW, count=there))
            self.here = ~np.isin(self.ids, self.added.rows["id"])

    def append(self, rows: Rows) -> None:
        """Append rows behind what was read, over what a writer that was killed has left of its last."""
        with (self.folder / _ADDED).open("r+b") as file:
            file.seek(len(self.added.rows) * _ROW.itemsize)
            file.truncate()
            file.write(rows.tobytes())

    def count(self, messages: Iterable[Shelved]) -> None:
        """Count the shingles of further messages in place; a writer that is killed leaves some uncounted, which matters little."""
        arrays = {
            name: np.load(self.folder / f"{name}.npy", mmap_mode="r+")
            for name in ("holders", "around", "counted")
        }
        for each in messages:
            for name, shape in (("holders", NEIGHBOURS), ("around", AROUND)):
                shingles = shingles_of(each.text, shape)
                arrays[name][shingles] = fitting(arrays[name][shingles].astype(np.uint32) + 1)
            arrays["counted"][0] += 1

    def rows(self) -> Rows:
        """Return the rows that are still here, those that were laid down as they were before."""
        keys = np.repeat(np.arange(1 << BITS, dtype=np.uint32), np.diff(self.starts.astype(np.int64)))
        order = np.argsort(self.owners, kind="stable")
        sizes = np.bincount(self.owners, minlength=len(self.ids))
        first = np.cumsum(sizes) - sizes
        rows = np.zeros(len(self.ids), _ROW)
        rows["id"], rows["at"], rows["region"] = self.ids, self.at, self.region
        rows["kept"] = keys[order][first[:, None] + np.minimum(np.arange(KEPT), sizes[:, None] - 1)]
        return np.concatenate([rows[self.here], self.added.rows[self.added.here]])


class Shelf:
    """An opened index. It answers from what was laid down and from what was added since, by whatever process.

    To open it and to ask it raise Damaged where it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._laid = _opened(folder)

    def __len__(self) -> int:
        return len(self.ids())

    def ids(self) -> Numbers:
        """Return the numbers of the messages that are on the shelf."""
        laid = self._fresh()
        added = laid.added
        return np.concatenate([laid.ids[laid.here], added.rows["id"][added.here]])

    def holding(self) -> Holding:
        """Return how many messages have each shingle, by which what two texts have in common is weighed."""
        laid = self._fresh()
        return Holding(int(laid.counted[0]), laid.holders, laid.around)

    def add(self, messages: Sequence[Shelved]) -> None:
        """Append messages; they are found from now on, also after a restart. Raises Busy when somebody else writes.

        One that was there already is there as it is now.
        """
        with writing(self.folder):
            laid = self._fresh()
            laid.count(messages)
            laid.append(rows_of(messages, laid.holders))

    def remove(self, ids: Sequence[int]) -> None:
        """Let messages leave; they are found no more, also after a restart. Raises Busy when somebody else writes."""
        with writing(self.folder):
            rows = np.zeros(len(ids), _ROW)
            rows["id"], rows["at"] = ids, LEFT
            self._fresh().append(rows)

    def tidy(self, now: datetime) -> bool:
        """Lay down anew what is left once much was appended, or anything long ago; return whether it was. Raises Busy.

        So what has left is gone from the disk within twice `LONGEST`, the index laid down before being kept for half of that.
        """
        with writing(self.folder):
            laid = self._fresh()
            is_old = now.timestamp() - laid.folder.stat().st_mtime > LONGEST.total_seconds()
            added = len(laid.added.rows)
            if is_old:
                _sweep(self.folder, laid.folder.name)
            if added < MOST_ADDED and not (added and is_old):
                return False
            halves = np.uint16(laid.counted[0] > MOST_COUNTED)
            counts = laid.holders >> halves, laid.around >> halves
            lay_down(self.folder, laid.rows(), *counts, int(laid.counted[0]) >> int(halves))
        return True

    def candidates(self, text: str, *, region: str, since: datetime, most: int) -> list[Candidate]:
        """Return messages of *region* (a code or its beginning) since a moment that share rare shingles, the most first."""
        laid, asked = self._fresh(), shingles_of(text)
        added, rows = laid.added, laid.added.rows
        begin, end = laid.starts[asked].astype(np.int64), laid.starts[asked + 1].astype(np.int64)
        first, last = np.searchsorted(added.keys, asked), np.searchsorted(added.keys, asked, side="right")
        found = (
            (laid.here, laid.ids, laid.at, laid.region, *_most_common(laid.owners, begin, end)),
            (added.here, rows["id"], rows["at"], rows["region"], *_most_common(added.owners, first, last)),
        )
        low, high = (sign.encode() for sign in prefix_range(region))
        ids, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for here, numbers, at, where, places, common in found:
            late = at[places] >= since.timestamp()
            fits = here[places] & late & (where[places] >= low) & (where[places] < high)
            ids.append(numbers[places[fits]])
            counts.append(common[fits])
        number, shared = np.concatenate(ids), np.concatenate(counts)
        best = np.lexsort((number, -shared))[:most]
        return [
            Candidate(one, min(count, KEPT))
            for one, count in zip(number[best].tolist(), shared[best].tolist(), strict=True)
        ]

    def _fresh(self) -> _Laid:
        """Return the arrays as they are now: those of the folder that is current, with all that was added."""
        laid = self._laid
        if laid.folder.name != _current(self.folder):
            laid = self._laid = _opened(self.folder)
        laid.take_in()
        return laid


def take_away(folder: Path) -> None:
    """Remove an index and, once nothing else is in it, its folder: a setting that names another folder must cost nobody that one."""
    if not is_laid(folder):
        return
    for laid in folder.glob("laid-*"):
        shutil.rmtree(laid, ignore_errors=True)
    for name in (_CURRENT, _WRITING):
        (folder / name).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def is_laid(folder: Path) -> bool:
    """Say whether an index was laid down in a folder."""
    return (folder / _CURRENT).is_file()


def _opened(folder: Path) -> _Laid:
    """Open what is current; once more when it was replaced and removed between the two looks. Raises Damaged."""
    for _ in range(3):
        name = _current(folder)
        try:
            return _Laid(folder / name)
        except (OSError, ValueError, EOFError) as fault:
            if _current(folder) == name:
                raise Damaged(folder) from fault
    raise Damaged(folder)


def _current(folder: Path) -> str:
    try:
        return (folder / _CURRENT).read_text()
    except OSError as fault:
        raise Damaged(folder) from fault


def _most_common(owners: Hashes, begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    """Return which rows stand most often in the spans of *owners*, and how often; the shortest spans are read first."""
    sizes = end - begin
    order = np.argsort(sizes, kind="stable")
    order = order[(sizes[order] > 0) & (sizes[order] <= MOST_HOLDERS)]
    order = order[np.cumsum(sizes[order]) <= MOST_READ]
    spans = zip(begin[order].tolist(), end[order].tolist(), strict=True)
    read = np.concatenate([np.zeros(0, np.uint32), *(owners[first:last] for first, last in spans)])
    rows, common = np.unique(read, return_counts=True)
    enough = common >= FEWEST_COMMON
    return rows[enough].astype(np.int64), common[enough]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Be the one who writes to an index until the block ends; raises Busy when somebody else is."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _WRITING).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Busy(folder) from fault
        yield


def built(folder: Path, batches: Callable[[], Iterable[Sequence[Shelved]]]) -> Shelf:
    """Make the index anew of messages and open it; *batches* is gone through twice, so that no more than one is in memory."""
    with writing(folder):
        holders, around = np.zeros(1 << BITS, np.uint32), np.zeros(1 << BITS, np.uint32)
        for batch in batches():
            for each in batch:
                holders[shingles_of(each.text)] += 1
                around[shingles_of(each.text, AROUND)] += 1
        few = fitting(holders)
        rows = np.concatenate([np.zeros(0, _ROW), *(rows_of(batch, few) for batch in batches())])
        lay_down(folder, rows, few, fitting(around))
    return Shelf(folder)


def fitting(holders: npt.NDArray[np.uint32]) -> Holders:
    """Return counts as they are kept: up to 65,535."""
    return np.minimum(holders, np.iinfo(np.uint16).max).astype(np.uint16)


def lay_down(folder: Path, rows: Rows, holders: Holders, around: Holders, counted: int | None = None) -> None:
    """Write rows and how many messages have each shingle, then let them be what is current; the one before the last goes.

    *counted* is of how many messages; of the rows unless given.
    """
    keys, owners = _posted(rows)
    starts = np.searchsorted(keys, np.arange((1 << BITS) + 1, dtype=np.int64)).astype(np.uint32)
    before = (folder / _CURRENT).read_text() if (folder / _CURRENT).exists() else ""
    name = f"laid-{token_hex(8)}"
    (folder / name).mkdir()
    count = np.array([len(rows) if counted is None else counted])
    columns = (holders, around, count, rows["id"], rows["at"], rows["region"], starts, owners)
    for kind, array in zip(_ARRAYS, columns, strict=True):
        np.save(folder / name / f"{kind}.npy", np.asarray(array))
    (folder / name / _ADDED).write_bytes(b"")
    half = folder / f".{_CURRENT}"
    half.write_text(name)
    half.replace(folder / _CURRENT)
    _sweep(folder, name, before)


def _sweep(folder: Path, *kept: str) -> None:
    """Remove what was laid down before, also by a writer that was killed."""
    for old in folder.glob("laid-*"):
        if old.name not in kept:
            shutil.rmtree(old)


def rows_of(messages: Sequence[Shelved], holders: Holders) -> Rows:
    """Return messages as they are kept: number, moment, region, and the hashes of their rarest shingles."""
    rows = np.zeros(len(messages), _ROW)
    for at, each in enumerate(messages):
        shingles = shingles_of(each.text)
        rarest = np.sort(shingles[np.argsort(holders[shingles], kind="stable")[:KEPT]])
        kept = np.full(KEPT, rarest[-1] if len(rarest) else 0, np.uint32)
        kept[: len(rarest)] = rarest
        rows[at] = (each.id, int(each.at.timestamp()), each.region.encode(), kept)
    return rows


def _posted(rows: Rows) -> tuple[Hashes, Hashes]:
    """Return the shingles that rows keep, sorted, and beside each the place of its row."""
    kept = rows["kept"].ravel()
    owners = np.repeat(np.arange(len(rows), dtype=np.uint32), KEPT)
    own = np.ones(len(kept), bool)
    own[1:] = (kept[1:] != kept[:-1]) | (np.arange(1, len(kept)) % KEPT == 0)
    kept, owners = kept[own], owners[own]
    order = np.argsort(kept, kind="stable")
    return kept[order], owners[order]
