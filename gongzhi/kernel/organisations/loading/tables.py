"""Reads rows from CSV and xlsx files as people save them, with the line each stands on."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from gongzhi.base.declined import NotPossible

Row = dict[str, str]


def rows_of(path: Path, required: Sequence[str]) -> list[tuple[int, Row]]:
    """Return (line, row by column name) of a table file; empty lines are passed over.

    Raise NotPossible for a file that cannot be read or lacks a required column.
    """
    if not path.is_file():
        raise NotPossible(_("没有找到文件 %(path)s。请检查路径后再试。"), path=path.name)
    lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    _first, header = next(lines, (1, []))
    if missing := [column for column in required if column not in header]:
        raise NotPossible(
            _("文件第一行缺少这些列名：%(columns)s。请补上后再导入。"), columns="、".join(missing)
        )
    found = []
    for number, cells in lines:
        if any(cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            found.append((number, dict(zip(header, padded, strict=False))))
    return found


def _bytes(path: Path) -> bytes:
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as packed:
            return packed.read()
    except (gzip.BadGzipFile, EOFError) as error:
        raise NotPossible(_("这个文件不是完整的 gz 压缩文件。请重新压缩后再导入。")) from error


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise NotPossible(_("文件的文字编码不能识别。请另存为 UTF-8 编码的 CSV 后再导入。")) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotPossible(
            _("文件第 %(line)d 行不是有效的 CSV。请检查引号和逗号后再导入。"), line=line
        ) from error


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise NotPossible(_("这个文件不是有效的 xlsx 表格。请用表格软件另存为 xlsx 后再导入。")) from error
    try:
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            yield line, [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: object) -> str:
    """Write a cell as a person would: days as 2026-01-01, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
