"""Commands that gather messages: `gongzhi triage hot|duplicates|index`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from gongzhi.domains.hotline.api import index_open
from gongzhi.insight.triage.duplicates import duplicates as duplicate_pairs
from gongzhi.insight.triage.duplicates import groups
from gongzhi.insight.triage.hot import hot_issues
from gongzhi.insight.triage.shelf import Busy, Shelved, built
from gongzhi.insight.triage.shelved import shelf_folder
from gongzhi.insight.triage.wording import Message
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.triage import triage
from gongzhi.project.cli.triage.moments import moment_in
from gongzhi.project.cli.triage.tables import Row, read_table, to_write, write_table
from gongzhi.project.supervise import Ended

SHOWN = 10


@triage.command()
def hot(
    file: Annotated[Path, typer.Argument(help="CSV, .csv.gz or .xlsx with one message a row.")],
    ids: Annotated[str, typer.Option("--id", help="Column with the number of a message.")] = "id",
    title: Annotated[str, typer.Option(help="Column with its title.")] = "title",
    text: Annotated[str, typer.Option(help="Column with its text.")] = "text",
    time: Annotated[str, typer.Option(help="Column with when it was written.")] = "time",
    likes: Annotated[str, typer.Option(help="Column with how many agreed, if there is one.")] = "",
    people: Annotated[
        str, typer.Option(help="Column that tells senders apart; they are counted, no more.")
    ] = "",
    out: Annotated[Path, typer.Option(help="Where to write id,issue.")] = Path("hot.csv"),
) -> None:
    """Find what many write about at once, and write `id,issue`: 1 is the hottest issue, its earliest message first.

    A message is in one issue at most; two messages make one. Heat is people, growth, days and places; what shares no thing or
    place by name may be a manner of writing and counts half. Messages in no issue, or without a time, are left out.
    """
    to_write(out, file)
    columns = [column for column in (ids, title, text, time, likes, people) if column]
    rows = read_table(file, columns)
    timed = [(row, at) for row in rows if (at := moment_in(row[time])) is not None]
    if len(timed) < len(rows):
        odd = next(row for row in rows if moment_in(row[time]) is None)
        screen.print(
            f"{len(rows) - len(timed)} rows without a time are left out; the first is {odd[ids] or '(no number)'},"
            f" with {odd[time][:30] or 'nothing'!r} in column {time}.",
            markup=False,
        )
    messages = [
        Message(
            id=row[ids],
            title=row[title],
            text=row[text],
            at=at,
            likes=_number(row[likes]) if likes else 0,
            sender=row[people] if people else "",
        )
        for row, at in timed
    ]
    issues = hot_issues(messages, max((message.at for message in messages), default=datetime.min))
    lines = ((member, number) for number, issue in enumerate(issues, 1) for member in issue.members)
    write_table(out, ("id", "issue"), lines)
    for number, issue in enumerate(issues[:SHOWN], 1):
        place = "、".join(issue.places)
        period = f"{issue.begin:%Y-%m-%d} to {issue.end:%Y-%m-%d}"
        words = f"{number:>2} {issue.title} ({len(issue.members)} messages, {period}; {place})"
        screen.print(words, markup=False, highlight=False)
    screen.print(f"{len(issues)} issues of {len(messages)} messages, written to {out}.", markup=False)


@triage.command()
def duplicates(
    file: Annotated[Path, typer.Argument(help="CSV, .csv.gz or .xlsx with one message a row.")],
    ids: Annotated[str, typer.Option("--id", help="Column with the number of a message.")] = "id",
    title: Annotated[str, typer.Option(help="Column with its title, if there is one.")] = "",
    text: Annotated[str, typer.Option(help="Column with its text.")] = "text",
    out: Annotated[Path, typer.Option(help="Where to write id,group,share.")] = Path("duplicates.csv"),
) -> None:
    """Find the same matter written again, shortened or changed, and write `id,group,share`; what is alone is left out.

    `share` is how much of the message, or of the one it is most like, stands in the other. Nothing is deleted.
    """
    to_write(out, file)
    rows = read_table(file, [column for column in (ids, title, text) if column])
    texts = [f"{row[title]}。{row[text]}" if title else row[text] for row in rows]
    pairs = duplicate_pairs(texts)
    most: dict[int, float] = {}
    for pair in pairs:
        for end in (pair.first, pair.second):
            most[end] = max(most.get(end, 0.0), pair.share)
    found = groups(len(texts), pairs)
    lines = ((rows[at][ids], number, most[at]) for number, group in enumerate(found, 1) for at in group)
    write_table(out, ("id", "group", "share"), lines)
    screen.print(
        f"{len(most)} of {len(texts)} messages in {len(found)} groups, written to {out}.", markup=False
    )


@triage.command()
def index(
    file: Annotated[Path | None, typer.Argument(help="CSV, .csv.gz or .xlsx with one message a row.")] = None,
    folder: Annotated[
        Path | None, typer.Argument(help="Where the index is laid down; one that is there is made anew.")
    ] = None,
    ids: Annotated[str, typer.Option("--id", help="Column with the number of a message.")] = "id",
    region: Annotated[str, typer.Option(help="Column with its region code.")] = "region",
    text: Annotated[str, typer.Option(help="Column with its text.")] = "text",
    time: Annotated[str, typer.Option(help="Column with when it was written.")] = "time",
    from_cases: Annotated[
        bool,
        typer.Option(
            "--from-cases", help="Make the index of this installation anew from its open requests instead."
        ),
    ] = False,
) -> None:
    """Lay down the index by which the likely duplicates of a new message are found; it holds hashes, no text."""
    if from_cases:
        with _alone(shelf_folder()):
            _index_cases()
        return
    if not (file and folder):
        raise Ended("Give FILE and FOLDER; or --from-cases for the open requests of this installation.")
    rows = read_table(file, (ids, region, text, time))
    odd = next((row[ids] for row in rows if not row[ids].isdecimal()), None)
    if odd is not None:
        raise Ended(f"Not a number in column {ids}: {odd[:30]}.")
    messages = [Shelved(int(row[ids]), row[region], _moment(row, ids, time), row[text]) for row in rows]
    with _alone(folder):
        shelf = built(folder, lambda: [messages])
    screen.print(f"{len(shelf)} messages are indexed in {folder}.", markup=False)


def _index_cases() -> None:
    with database(), acting(SYSTEM), progress() as tell:
        number = index_open(timezone.now(), lambda done, total: tell(done, total, "Texts read, each twice"))
    screen.print(f"{number} open requests are indexed in {shelf_folder()}; the worker follows.", markup=False)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Say what to do where another process writes to the index."""
    try:
        yield
    except Busy as fault:
        raise Ended(
            f"Another process is writing to the index in {folder}. A worker is done in some seconds, another such command in some"
            " minutes: then run this one again. Nothing was changed."
        ) from fault


def _moment(row: Row, ids: str, column: str) -> datetime:
    found = moment_in(row[column])
    if found is None:
        raise Ended(
            f"Not a moment in column {column} of {row[ids]}: {row[column][:30]!r}. It is written as 2026-03-02 09:30:00."
        )
    return found


def _number(stated: str) -> int:
    """Return a count as it is written, 0 where none is."""
    return int(stated) if stated.strip().isdecimal() else 0
