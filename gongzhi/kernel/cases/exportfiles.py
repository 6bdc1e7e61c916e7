"""The file of an export: a watermark above, in print and on every line; no cell that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CALCULATED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
#: What XML forbids: with one of these a whole file could not be opened.
NOT_IN_A_CELL: Final = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: the number on every line, the mark above, heads and rows of text."""

    number: str
    mark: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def lines(self) -> list[list[str]]:
        """All lines with the number of the export in front, each cell made harmless."""
        marked = [[self.mark], ["导出编号", *self.heads], *([self.number, *row] for row in self.rows)]
        return [[harmless(cell) for cell in line] for line in marked]


def harmless(text: str) -> str:
    """Return a cell that every spreadsheet takes for text: what could begin a formula gets an apostrophe in front."""
    plain = text.translate(NOT_IN_A_CELL)
    begins = plain.lstrip(" \u3000\ufeff\u200b")
    return f"'{plain}" if begins.startswith(CALCULATED) or plain.startswith(CALCULATED) else plain


def written(sheet: Sheet, kind: str) -> bytes:
    """Return the content of the file."""
    return _csv(sheet) if kind == "csv" else _xlsx(sheet)


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(sheet.lines)
    return text.getvalue().encode("utf-8-sig")  # Excel reads Chinese only with the mark in front


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None  # noqa: S101 - a new workbook has a sheet
    page.title = sheet.number
    for number, line in enumerate(sheet.lines, start=1):
        for place, cell in enumerate(line, start=1):
            written_cell = page.cell(row=number, column=place)
            written_cell.value, written_cell.data_type = cell, "s"
    printed = sheet.mark.replace("&", "＆")[:200]  # an ampersand would be a command to the printer
    for edge, words in ((page.oddHeader, printed), (page.oddFooter, f"{sheet.number} 第 &P 页")):
        assert edge is not None  # noqa: S101 - as above
        edge.center.text = words
    page.print_title_rows = "1:2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
