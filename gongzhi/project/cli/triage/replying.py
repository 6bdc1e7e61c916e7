"""`gongzhi triage check-reply`: how well each reply of a table answers its message."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from gongzhi.insight.triage.reply_fit import fits
from gongzhi.insight.triage.reply_points import Office, points_in
from gongzhi.insight.triage.reply_words import shown
from gongzhi.project.cli.progress import Tell, progress, screen
from gongzhi.project.cli.triage import triage
from gongzhi.project.cli.triage.tables import read_table, to_write, write_table

#: With so many rows around it a reply is compared, as with those of one office.
AROUND: Final = 60
FINDINGS: Final = ("id", "point", "stops", "passage", "next")


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
    """Say from 0 to 1 how well each reply answers its message; a low score is for a person to look at.

    A reply is read beside the other messages of the file, and words are the rarer the fewer rows have them: scores of one
    file compare, those of different files do not, and a row all by itself is told least well.
    """
    for one in filter(None, (out, findings)):
        to_write(one, file)
    rows = read_table(file, (id_column, text, reply))
    pairs = [(row[text], row[reply]) for row in rows]
    ids = [row[id_column] for row in rows]
    with progress() as tell:
        scores = _told(fits(pairs), len(rows), "Replies scored", tell)
        write_table(
            out, ("id", "score"), ((one, f"{score:.6f}") for one, score in zip(ids, scores, strict=True))
        )
        if findings is not None:
            lacks = _told(_lacks(pairs), len(rows), "Replies read for what they lack", tell)
            lines = ((one, *lack) for one, found in zip(ids, lacks, strict=True) for lack in found)
            write_table(findings, FINDINGS, lines)
    screen.print(f"{len(rows)} replies scored: {out}", markup=False)


def _told(work: Iterable[Any], total: int, label: str, tell: Tell) -> Iterator[Any]:
    for done, one in enumerate(work, 1):
        tell(done, total, label)
        yield one


def _lacks(pairs: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str, str, str]]]:
    """Yield what each reply lacks, read as if the rows around it were of one office."""
    messages, replies = [message for message, _reply in pairs], [reply for _message, reply in pairs]
    for at, (message, reply) in enumerate(pairs):
        office = Office(_around(replies, at), _around(messages, at))
        yield [
            (one.point.value, "yes" if one.stops else "no", one.passage, str(shown([one])[0].next_step))
            for one in points_in(message, reply, office=office)
        ]


def _around(texts: Sequence[str], place: int) -> list[str]:
    first = max(0, place - AROUND // 2)
    return [text for at, text in enumerate(texts[first : first + AROUND], first) if at != place]
