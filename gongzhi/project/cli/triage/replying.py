"""`gongzhi triage check-reply`: how well each reply of a table answers its message."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gongzhi.insight.triage.replies import check_reply as findings_of
from gongzhi.insight.triage.reply_fit import fits
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.triage import read_table, triage, write_table


@triage.command()
def check_reply(
    file: Annotated[Path, typer.Argument(help="Messages with replies: CSV, CSV.gz or xlsx.")],
    out: Annotated[Path, typer.Option(help="The CSV to write: id, score.")],
    id_column: Annotated[str, typer.Option("--id", help="The column that names a row.")] = "id",
    text: Annotated[str, typer.Option(help="The column with the message.")] = "text",
    reply: Annotated[str, typer.Option(help="The column with the reply.")] = "reply",
    findings: Annotated[
        Path | None, typer.Option(help="A CSV for what each reply lacks: id, lack, passage, why.")
    ] = None,
) -> None:
    """Say from 0 to 1 how well each reply answers its message; a low score is for a person to look at."""
    rows = read_table(file, (id_column, text, reply))
    scores = fits((row[text], row[reply]) for row in rows)

    def lines() -> Iterator[tuple[str, str]]:
        for row, score in zip(rows, scores, strict=True):
            yield row[id_column], f"{score:.6f}"

    write_table(out, ("id", "score"), lines())
    if findings is not None:
        found = ((row[id_column], one) for row in rows for one in findings_of(row[text], "", row[reply]))
        heads = ("id", "lack", "passage", "why")
        write_table(findings, heads, ((key, one.lack.value, one.passage, one.why) for key, one in found))
    screen.print(f"{len(rows)} replies scored: {out}", markup=False)
