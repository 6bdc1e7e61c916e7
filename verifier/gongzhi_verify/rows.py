"""Recomputes a whole log from an export of its rows and holds it against the signed checkpoints."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi_verify.checkpoints import Checkpoint, Unreadable
from gongzhi_verify.times import LATE, Ranges, Signed
from gongzhi_verify.trees import Growing, of_leaf

FIELDS = frozenset(
    [
        "account_id",
        "action",
        "at",
        "case_id",
        "details",
        "id",
        "person_id",
        "post_id",
        "purpose",
        "region_code",
        "role",
        "salt",
        "subject",
        "unit_id",
    ]
)
FORGOTTEN = "audit.forgotten"


@dataclass
class Recomputed:
    """What the rows say: problems are tampering, notes are not."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def bytes_of(fields: dict[str, Any]) -> bytes:
    """Return the bytes of a row that were hashed: JSON, keys in order, no blanks, UTF-8."""
    if fields.keys() != FIELDS:
        raise Unreadable("A row of the export has other fields than version 1 prescribes.")
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Read an export line by line; the first line says what it is."""
    source = iter(lines)
    try:
        if json.loads(next(source))["kind"] != "gongzhi-log-export-v1":
            raise Unreadable("This is not an export of a log, version 1.")
        for line in source:
            yield json.loads(line)
    except (StopIteration, KeyError, TypeError, json.JSONDecodeError) as reason:
        raise Unreadable("The export of the rows cannot be read.") from reason


class Recomputation:
    """One pass over the export in the order of the log."""

    def __init__(self, chain: list[Checkpoint]) -> None:
        self.found = Recomputed()
        self.chain = chain
        self.tree = Growing(chain[-1].hash)
        self._due = list(chain)
        self._good = 0  # rows up to the last checkpoint that agrees
        self._missing: list[int] = []
        self._signed = Signed(chain)
        self._named: list[tuple[int, int]] = []  # said to be forgotten
        self._lawful: list[tuple[int, int]] = []  # and those of them whose period was over
        self._loose: list[dict[str, Any]] = []
        self._backdated: list[int] = []
        self._differs = False
        if chain[0].number != 1:
            self._problem(
                f"The checkpoints before number {chain[0].number} are missing: when their rows were signed is unknown."
            )

    def take(self, line: dict[str, Any]) -> None:
        """Add one line."""
        if line["index"] is None:
            self._loose.append(line["fields"])
            return
        index, name = int(line["index"]), self.tree.name
        if index != self.tree.size:
            gap = f"After row {self.tree.size - 1} of the log comes row {index}"
            self._problem(f"{gap}: rows between are deleted, inserted or out of order.")
            self.tree.size = index
        leaf, fields = bytes.fromhex(line["leaf"]), line["fields"]
        if fields is None:
            self._missing.append(index)
        else:
            leaf = self._row(index, leaf, fields, name)
        self.tree.add(leaf)
        self._compare()

    def end(self) -> Recomputed:
        """Close the pass and return what was found."""
        for checkpoint in self._due[:1]:
            if self.tree.size < checkpoint.size:
                signed = max(each.size for each in self._due)
                self._problem(f"The log is cut off: {signed} rows were signed, {self.tree.size} are there.")
        self._judge_missing()
        self._judge_loose()
        if self._backdated:
            self._problem(
                f"{len(self._backdated)} rows bear a time more than ten minutes older than a checkpoint without them:"
                f" slipped in afterwards; the first is row {self._backdated[0]} of the log."
            )
        return self.found

    def _row(self, index: int, leaf: bytes, fields: dict[str, Any], name: str) -> bytes:
        computed = of_leaf(name, bytes_of(fields))
        if computed != leaf:
            self._problem(f"Row {index} of the log (entry {fields['id']}) was edited after it was sealed.")
        elif fields["action"] == FORGOTTEN:
            self._forgetting(index, fields)
        without = self._signed.last_without(index)
        if without and datetime.fromisoformat(fields["at"]) < without - LATE:
            self._backdated.append(index)
        return computed

    def _forgetting(self, index: int, fields: dict[str, Any]) -> None:
        """Take down what a row says was forgotten; it counts from its signature on, whatever time it bears."""
        signed_at = self._signed.first_with(index)
        if signed_at is None:
            return
        size = self._signed.may_be_forgotten(signed_at)
        for low, high in json.loads(fields["details"])["ranges"]:
            self._named.append((low, high))
            self._lawful.append((low, min(high, size - 1)))

    def _compare(self) -> None:
        while self._due and self._due[0].size <= self.tree.size:
            checkpoint = self._due.pop(0)
            if checkpoint.size == self.tree.size and checkpoint.root == self.tree.root():
                self._good = checkpoint.size
            elif not self._differs:
                self._differs = True
                between = f"between rows {self._good} and {checkpoint.size - 1}"
                self._problem(
                    f"The rows are not those signed by checkpoint {checkpoint.number}: {between} something was"
                    " edited, deleted, inserted or reordered."
                )

    def _judge_missing(self) -> None:
        named, lawful = Ranges(self._named), Ranges(self._lawful)
        gone = [index for index in self._missing if index not in named]
        early = [index for index in self._missing if index in named and index not in lawful]
        if gone:
            self._problem(
                f"{len(gone)} rows are deleted without a record of forgetting; the first is {gone[0]}."
            )
        if early:
            self._problem(
                f"{len(early)} rows were forgotten before their legal period was over; the first is {early[0]}."
            )
        if forgotten := len(self._missing) - len(gone) - len(early):
            self.found.notes.append(
                f"{forgotten} rows forgotten after their legal period, as the log records."
            )

    def _judge_loose(self) -> None:
        last = self.chain[-1].at
        late = [each for each in self._loose if datetime.fromisoformat(each["at"]) < last - LATE]
        if late:
            self._problem(
                f"{len(late)} rows are not in the log though older than it: inserted; entry {late[0]['id']}."
            )
        if fresh := len(self._loose) - len(late):
            self.found.notes.append(f"{fresh} rows are too new to be sealed.")

    def _problem(self, words: str) -> None:
        self.found.problems.append(words)


def recompute(lines: Iterable[str], chain: list[Checkpoint]) -> Recomputed:
    """Hold an export against a chain of checkpoints."""
    work = Recomputation(chain)
    for line in read_lines(lines):
        work.take(line)
    return work.end()
