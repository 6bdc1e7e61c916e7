"""What a command reports: a table for people, or one JSON object for machines (`--json`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Report as one JSON object on standard output.")]


def print_json(report: Mapping[str, object]) -> None:
    """Write one JSON object, Chinese as it is."""
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2, default=str))


def print_table(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], console: Console | None = None
) -> None:
    """Write a table that stays readable where nothing can be coloured."""
    table = Table(title=title or None, title_justify="left", header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    (console or Console(highlight=False)).print(table)
