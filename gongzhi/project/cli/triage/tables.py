"""Tables that offices have: CSV as any program writes it, gzipped too, and the first sheet of an xlsx."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from gongzhi.project.cli.progress import screen
from gongzhi.project.supervise import Ended

Row = Mapping[str, str]
#: What may stand between two cells; the first line tells which of them does.
SEPARATORS: Final = ",;\t"
#: Signs of a cell; a whole correspondence fits.
LONGEST_CELL: Final = 10_000_000
_SAVE_AGAIN: Final = "Save it again as CSV (UTF-8) or .xlsx and give that file."


def read_table(file: Path, wanted: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV (gzipped too) or of the first sheet of an xlsx; wholly empty ones are left out.

    The first line that is not empty names the columns. Raises Ended with the next step for a file that cannot be read,
    or lacks a wanted column or has it twice.
    """
    if not file.is_file():
        raise Ended(f"There is no file {file}.")
    lines = _lines(file)
    heads = [cell.strip() for cell in next(lines, [])]
    missing = [name for name in wanted if name not in heads]
    if missing:
        has = ", ".join(filter(None, heads)) or "nothing"
        raise Ended(f"{file.name} has no column {', '.join(missing)}. Its first line names: {has}.")
    twice = [name for name in wanted if heads.count(name) > 1]
    if twice:
        raise Ended(f"{file.name} names the column {', '.join(twice)} twice. Give each a name of its own.")
    return [
        {head: cell for head, cell in zip(heads, [*line, *[""] * len(heads)], strict=False) if head}
        for line in lines
    ]


def write_table(file: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV, gzipped when its name ends so; it takes its place only when it is whole."""
    half = file.with_name(f".{file.name}.half")
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(half, "wt", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows(rows)
    half.replace(file)


def to_write(out: Path, *given: Path | None) -> Path:
    """Return where to write, its folder made; refuse what a command reads, and what cannot be written. Asked before the work."""
    if any(one is not None and one.exists() and out.exists() and one.samefile(out) for one in given):
        raise Ended(f"{out} is what is read here and would be lost. Give --out another name.")
    if out.is_dir():
        raise Ended(f"{out} is a folder. Give --out the name of a file in it.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Ended(
            f"Nothing can be written at {out.parent}: {fault.strerror}. Give --out another place."
        ) from fault
    return out


def _lines(file: Path) -> Iterator[list[str]]:
    """Yield the lines of a table that hold anything, as cells."""
    try:
        found = _of_workbook(file) if file.suffix.lower() == ".xlsx" else _of_csv(file)
        yield from (line for line in found if any(cell.strip() for cell in line))
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise Ended(f"{file.name} is no whole .gz file: {fault}. Fetch or pack it again.") from fault
    except (zipfile.BadZipFile, InvalidFileException, KeyError) as fault:
        raise Ended(f"{file.name} is no .xlsx that can be read. {_SAVE_AGAIN}") from fault
    except UnicodeDecodeError as fault:
        raise Ended(f"{file.name} is no text in UTF-8, UTF-16 or GB 18030. {_SAVE_AGAIN}") from fault


def _of_csv(file: Path) -> Iterator[list[str]]:
    raw = file.read_bytes()
    text = _decoded(gzip.decompress(raw) if file.suffix.lower() == ".gz" else raw)
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        screen.print(
            f'A mark " in {file.name} is not closed, or stands within a cell: {len(lines) - 1} rows were read.'
            " If there should be more, put such cells between marks and double the marks in them.",
            markup=False,
        )
        yield from lines


def _decoded(raw: bytes) -> str:
    """Decode UTF-8 or UTF-16 with a mark, UTF-8 without, or what a spreadsheet program in China writes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _of_workbook(file: Path) -> Iterator[list[str]]:
    sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets[0]
    for line in sheet.iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in line]
