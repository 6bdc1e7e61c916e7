"""Commands on messages in a file: `gongzhi triage ...`. Only those with `--from-cases` need a database, none a running server.

Each module of this folder adds its commands to `triage`; what is heavy to load is loaded when a command asks for it.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import typer

from gongzhi.project.cli import app
from gongzhi.project.supervise import Ended

triage = typer.Typer(
    name="triage", help="Read messages, suggest and explain; people decide.", no_args_is_help=True
)
app.add_typer(triage, rich_help_panel="Triage")

Row = Mapping[str, str]


def read_table(file: Path, wanted: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV (gzipped too) or of the first sheet of an xlsx; refuse one that lacks a wanted column."""
    if not file.is_file():
        raise Ended(f"There is no file {file}.")
    rows = _of_workbook(file) if file.suffix == ".xlsx" else _of_csv(file)
    missing = [name for name in wanted if not rows or name not in rows[0]]
    if missing:
        has = ", ".join(rows[0]) if rows else "no rows"
        raise Ended(f"{file.name} has no column {', '.join(missing)}. It has: {has}.")
    return rows


def write_table(file: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV, gzipped when its name ends so; it takes its place only when it is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.half")
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(half, "wt", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(heads)
        writer.writerows(rows)
    half.replace(file)


def _of_csv(file: Path) -> list[Row]:
    """Read UTF-8, with or without a mark, or what a spreadsheet program in China writes."""
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return [
        {name: value or "" for name, value in row.items() if name}
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def _of_workbook(file: Path) -> list[Row]:
    """Read the first sheet; its first row names the columns."""
    sheet = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    heads = [str(head or "") for head in next(lines, ())]
    return [
        {head: "" if cell is None else str(cell) for head, cell in zip(heads, line, strict=False) if head}
        for line in lines
    ]
