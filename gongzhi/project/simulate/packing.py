"""Rows for PostgreSQL's binary COPY, packed column-wise by numpy: every row of one call has the same widths."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import numpy.typing as npt

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"
_EPOCH: Final = datetime(2000, 1, 1)
_OFFICIAL: Final = 8 * 3600  # Asia/Shanghai has kept UTC+8 since 1991


class Null:
    """A column that is NULL in every row of the call."""


NULL: Final = Null()


def moments(first: datetime, seconds: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Return seconds after *first*, official time, as PostgreSQL keeps moments: microseconds of UTC since 2000."""
    offset = int((first - _EPOCH).total_seconds()) - _OFFICIAL
    return ((seconds + offset) * 1_000_000).astype(">i8")


def days(first: datetime, numbers: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Return days after *first* as PostgreSQL keeps dates: days since 2000."""
    return (numbers + (first - _EPOCH).days).astype(">i4")


def text(value: str) -> bytes:
    """Return a constant text."""
    return value.encode()


def jsonb(value: str) -> bytes:
    """Return a constant JSON value as jsonb travels."""
    return b"\x01" + value.encode()


def empty_array(element: int) -> bytes:
    """Return an empty array of the type with this number (1043 varchar, 20 bigint)."""
    return np.array([0, 0, element], dtype=">i4").tobytes()


def small(value: npt.NDArray[Any] | int) -> npt.NDArray[Any]:
    """Return smallint."""
    return np.asarray(value, dtype=">i2")


def integer(value: npt.NDArray[Any] | int) -> npt.NDArray[Any]:
    """Return integer."""
    return np.asarray(value, dtype=">i4")


def big(value: npt.NDArray[Any] | int) -> npt.NDArray[Any]:
    """Return bigint."""
    return np.asarray(value, dtype=">i8")


def boolean(value: bool) -> bytes:
    """Return a constant boolean."""
    return b"\x01" if value else b"\x00"


def packed(rows: int, columns: Sequence[Any]) -> bytes:
    """Return *rows* rows: each column a constant (bytes), NULL, or an array of fixed width, one value for a row."""
    if not rows:
        return b""
    kinds: list[tuple[str, Any]] = [("count", ">i2")]
    for place, column in enumerate(columns):
        kinds.append((f"w{place}", ">i4"))
        if isinstance(column, bytes) and column:
            kinds.append((f"v{place}", f"V{len(column)}"))
        elif isinstance(column, np.ndarray):
            kinds.append((f"v{place}", column.dtype if column.dtype.kind != "S" else f"S{column.itemsize}"))
    table = np.zeros(rows, dtype=np.dtype(kinds))
    table["count"] = len(columns)
    for place, column in enumerate(columns):
        if isinstance(column, Null):
            table[f"w{place}"] = -1
        elif isinstance(column, bytes):
            table[f"w{place}"] = len(column)
            if column:
                table[f"v{place}"] = np.void(column)
        else:
            table[f"w{place}"] = column.dtype.itemsize
            table[f"v{place}"] = column
    return table.tobytes()
