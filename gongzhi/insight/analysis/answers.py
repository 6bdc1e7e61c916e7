"""The answer to a question: its cells, and which of them are not shown because they might tell who it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir

from gongzhi.insight.analysis.expressions import expression
from gongzhi.insight.analysis.questions import Question
from gongzhi.insight.statistics.hiding import hidden_in_lines


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: of what, from which day on, of how many matters it speaks, and its change against the period before."""

    key: tuple[str, ...]
    begins: date
    number: int | None
    figure: float | None
    change: float | None
    shown: bool

    def plain(self, question: Question) -> dict[str, Any]:
        """Return it as a row of a table; nothing of a cell that is not shown."""
        return {
            **dict(zip(question.keys, self.key, strict=True)),
            "begins": self.begins.isoformat(),
            "number": self.number,
            question.measure.key: self.figure,
            "change": self.change,
            "shown": self.shown,
        }


def answer(rows: ir.Table, question: Question) -> list[Cell]:
    """Ask the engine that holds *rows* and return the cells in order, small counts hidden as on pages (decision 17)."""
    found = expression(rows, question).to_pyarrow().to_pylist()
    return list(_cells(question, found))


def _cells(question: Question, found: list[dict[str, Any]]) -> Iterator[Cell]:
    cells = {_place(question, row): row for row in found}
    not_shown = hidden_in_lines(cells, question.measure)
    for place in sorted(cells):
        *key, begins = place
        if begins < question.period.first:
            continue
        row, earlier = cells[place], (*key, question.before(begins))
        shown = place not in not_shown
        yield Cell(
            key=tuple(key),
            begins=begins,
            number=question.measure.number(row) if shown else None,
            figure=row["figure"] if shown else None,
            change=row["change"] if shown and earlier not in not_shown else None,
            shown=shown,
        )


def _place(question: Question, row: dict[str, Any]) -> tuple[Any, ...]:
    return (*(row[name] for name in question.keys), row["begins"])
