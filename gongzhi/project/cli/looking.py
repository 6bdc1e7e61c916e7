"""Commands that look at the platform: `doctor` at an installation, `bench` at its speed."""

import os
import subprocess
import sys
from typing import Annotated

import typer
from django.utils import timezone

from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.report import AsJson, print_json, print_table
from gongzhi.project.doctor import examine
from gongzhi.project.postgres import SETTINGS, throw_away_server
from gongzhi.project.settings import HOME, ROOT

PANEL = "Look after"
MUCH_GIB = 100  # what a measurement at length may fill; less memory than that, and it is made on the disk
SIGNS = {"well": "ok", "note": "note", "ill": "WRONG"}


@app.command(rich_help_panel=PANEL)
def doctor(as_json: AsJson = False) -> None:
    """Check database, migrations, worker, regions, calendar and storage; exit code 1 when something is wrong."""
    with database():
        findings = examine(timezone.now())
    ill = any(finding.state == "ill" for finding in findings)
    if as_json:
        print_json({"well": not ill, "findings": [finding.plain() for finding in findings]})
    else:
        rows = [(SIGNS[each.state], each.name, each.words, each.next_step) for each in findings]
        print_table("", ("", "What", "How it is", "Next step"), rows)
    raise typer.Exit(1 if ill else 0)


@app.command(rich_help_panel=PANEL)
def bench(
    name: Annotated[str, typer.Argument(help="Which measurement; see --list.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Be brief; less exact.")] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Say in a line what each measurement measures.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure on a database of its own: prints figures, a baseline of the same run, and their ratio."""
    if not (ROOT / "benchmarks" / "runner.py").exists():
        screen.print(
            "The measurements come with the source code, not with the installed package.", style="red"
        )
        raise typer.Exit(1)
    runner = [sys.executable, "-m", "benchmarks.runner"]
    if listed or not name:
        raise typer.Exit(
            subprocess.run([*runner, "--list", *(["--json"] if as_json else [])], cwd=ROOT).returncode
        )
    command = [*runner, name, *(["--quick"] if quick else []), *(["--json"] if as_json else [])]
    with throw_away_server(HOME, settings=SETTINGS, room_gib=2 if quick else MUCH_GIB) as server:
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": server.url}, check=False)
    raise typer.Exit(done.returncode)
