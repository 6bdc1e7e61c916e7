"""Rows on their way from PostgreSQL to Parquet: read in blocks, kept by city until there are enough, then written."""

import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, LiteralString, Self

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from gongzhi.insight.analysis.tables import COLUMNS, KEYS
from gongzhi.insight.statistics.models import COUNTS

SCHEMA: Final = pa.schema(
    [("day", pa.date32()), *((name, pa.string()) for name in KEYS[1:])]
    + [(name, pa.int64() if name == "hours" else pa.int32()) for name in COUNTS]
)
BLOCK: Final = 1 << 22  # bytes of rows from the database that are packed at once
ENOUGH: Final = 65_536  # rows of a city that are written at once
NAME: Final = "part-0.parquet"


def blocks_of(
    link: "psycopg.Connection[tuple[Any, ...]]", statement: LiteralString, values: Mapping[str, Any]
) -> Iterator[pa.Table]:
    """Yield the rows of a statement, never more than a block of them in memory, by day.

    Within a day they are in the order of what they say, so that their order says nothing more.
    """
    names = ", ".join(COLUMNS)
    copying = f"COPY (SELECT {names} FROM ({statement}) AS asked ORDER BY {names}) TO STDOUT (FORMAT csv)"
    with psycopg.ClientCursor(link) as cursor, cursor.copy(copying, values) as copy:
        waiting = io.BytesIO()
        for line in copy:
            waiting.write(line)
            if waiting.tell() >= BLOCK:
                yield _table(waiting.getbuffer())
                waiting = io.BytesIO()
        if waiting.tell():
            yield _table(waiting.getbuffer())


def sums_of(rows: pa.Table) -> dict[tuple[date, str], int]:
    """Return the sum of each count on each day."""
    added = rows.group_by("day").aggregate([(name, "sum") for name in COUNTS]).to_pylist()
    return {(row["day"], name): row[f"{name}_sum"] for row in added for name in COUNTS}


class Partitions:
    """The files of one year, one for each city."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.waiting: dict[str, list[pa.Table]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for city in self.waiting:
            if kind is None:
                self._write(city)
        for writer in self.writers.values():
            writer.close()

    def add(self, rows: pa.Table) -> None:
        """Take rows of this year."""
        cities = pc.utf8_slice_codeunits(rows["county"], 0, 4)
        for city in pc.unique(cities).to_pylist():
            waiting = self.waiting.setdefault(city, [])
            waiting.append(rows.filter(pc.equal(cities, city)))
            if sum(part.num_rows for part in waiting) >= ENOUGH:
                self._write(city)

    def _write(self, city: str) -> None:
        if not self.waiting[city]:
            return
        if city not in self.writers:
            path = self.folder / f"city={city}" / NAME
            path.parent.mkdir(parents=True)
            self.writers[city] = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self.writers[city].write_table(pa.concat_tables(self.waiting[city]), row_group_size=ENOUGH * 2)
        self.waiting[city] = []

    @staticmethod
    def rows_in(path: Path) -> int:
        """Return how many rows a file holds."""
        found: int = pq.read_metadata(path).num_rows
        return found


def _table(lines: "memoryview[int]") -> pa.Table:
    return csv.read_csv(
        pa.py_buffer(lines),
        read_options=csv.ReadOptions(column_names=list(COLUMNS)),
        convert_options=csv.ConvertOptions(column_types=SCHEMA),
    )
