"""`gongzhi triage check-reply`: how well each reply of a table answers its message."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from gongzhi.insight.triage.reply_fit import fits
from gongzhi.insight.triage.reply_points import Office, points_in
from gongzhi.insight.triage.reply_words import shown
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.triage import read_table, triage, write_table

#: With so many rows around it a reply is compared, as with those of one office.
AROUND: Final = 60


@triage.command()
def check_reply(
    file: Annotated[Path, typer.Argument(help="Messages with replies: CSV, CSV.gz or xlsx.")],
    out: Annotated[Path, typer.Option(help="The CSV to write: id, score.")],
    id_column: Annotated[str, typer.Option("--id", help="The column that names a row.")] = "id",
    text: Annotated[str, typer.Option(help="The column with the message.")] = "text",
    reply: Annotated[str, typer.Option(help="The column with the reply.")] = "reply",
    findings: Annotated[
        Path | None, typer.Option(help="A CSV for what each reply lacks: id, point, stops, passage, next.")
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
        replies, messages = ([row[column] for row in rows] for column in (reply, text))
        write_table(
            findings,
            ("id", "point", "stops", "passage", "next"),
            (
                (row[id_column], *found)
                for place, row in enumerate(rows)
                for found in _lacks(
                    row[text], row[reply], Office(_around(replies, place), _around(messages, place))
                )
            ),
        )
    screen.print(f"{len(rows)} replies scored: {out}", markup=False)


def _lacks(text: str, reply: str, office: Office) -> Iterator[tuple[str, str, str, str]]:
    for one in points_in(text, reply, office=office):
        yield one.point.value, "yes" if one.stops else "no", one.passage, str(shown([one])[0].next_step)


def _around(texts: Sequence[str], place: int) -> list[str]:
    first = max(0, place - AROUND // 2)
    return [text for at, text in enumerate(texts[first : first + AROUND], first) if at != place]
