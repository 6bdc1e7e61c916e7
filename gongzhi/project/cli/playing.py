"""The command `play`, which sends a simulated day to a demonstration that runs, and shows how it bears it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from gongzhi.project.cli import app
from gongzhi.project.cli.progress import SECONDS_BETWEEN_LINES, screen
from gongzhi.project.cli.report import AsJson, print_json
from gongzhi.project.simulate.day import Day, Matter, day_of, places_in
from gongzhi.project.simulate.playing import Played, p95, play, refuse_real, server_at

Told = Callable[[Matter, Played], None]


@app.command("play", rich_help_panel="Set up and load")
def play_day(
    url: Annotated[str, typer.Argument(help="A demonstration that runs.")] = "http://127.0.0.1:8000",
    speed: Annotated[
        float, typer.Option(min=1, max=86_400, help="How many times as quickly the day passes.")
    ] = 60,
    seed: Annotated[int, typer.Option(min=0, max=999, help="Another seed makes another day.")] = 0,
    area: Annotated[str, typer.Option(help="Code of the region whose people write.")] = "41",
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help="The demonstration is on another machine, which is yours.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Play a day's requests to a running demonstration: up to nine a second, in a storm forty-five. Ctrl-C ends it.

    Everything is marked as simulated, and nobody is sent a message. The same seed and speed again doubles nothing.
    """
    server = server_at(url)
    if not server.is_this_machine and not elsewhere:
        raise typer.BadParameter(f"{server.host} is not this machine; if it is yours too, add --elsewhere")
    refuse_real(server)
    day = day_of(seed, speed, places_in(area))
    screen.print(
        f"{len(day.matters)} requests in {day.seconds:.0f} s; a storm over {day.city} begins at"
        f" {day.storm}:00 of the day.",
        markup=False,
    )
    with _board(day) as tell:
        played = play(server, day, tell)
    if as_json:
        print_json({"seed": seed, "speed": speed, "planned": len(day.matters), **played.plain()})
    else:
        typer.echo(_summary(played))
    if played.interrupted:
        raise typer.Exit(130)
    raise typer.Exit(1 if played.failed else 0)


@contextmanager
def _board(day: Day) -> Iterator[Told]:
    """Yield a function that shows the hour of the day and what was answered: a bar on a terminal, else a line now and then."""
    if not screen.is_terminal:
        yield _lines()
        return
    columns = (
        TextColumn("  {task.description}"),
        BarColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen) as bars:
        bar = bars.add_task("0:00", total=day.seconds, words="")

        def show(matter: Matter, played: Played) -> None:
            bars.update(bar, completed=matter.due, description=_hour(matter), words=_words(played))

        yield show


def _lines() -> Told:
    told_at = time.monotonic()

    def tell(matter: Matter, played: Played) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= SECONDS_BETWEEN_LINES:
            told_at = time.monotonic()
            screen.print(f"  {_hour(matter)}  {_words(played)}", markup=False)

    return tell


def _hour(matter: Matter) -> str:
    clock = f"{int(matter.hour):02d}:{int(matter.hour % 1 * 60):02d}"
    return f"{clock} storm" if matter.in_storm else f"{clock}      "


def _words(played: Played) -> str:
    return f"sent {played.sent}, accepted {played.accepted}, p95 {p95(played.recent) or 0:.3f} s, errors {played.errors}"


def _summary(played: Played) -> str:
    told = played.plain()
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in told.items())
