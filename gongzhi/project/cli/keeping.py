"""Commands that keep and forget: `backup`, `restore`, and `retention` for what is over its period."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.kernel.retention.forgetting import AUDIT, forget_due, forget_log, planned
from gongzhi.project.backup.backing_up import back_up
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.restoring import restore as put_back
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.report import AsJson, print_json, print_table
from gongzhi.project.supervise import Ended

KEYS = (
    "The keys are not in the backup. Keep {} and {} in another place, under lock: without the first no name can be read"
    " again, without the second the log cannot be signed again."
)
File = Annotated[Path, typer.Argument(help="The file of the backup.")]

retention = typer.Typer(help="What is kept for how long: see what is due to be forgotten, and forget it.")
app.add_typer(retention, name="retention", rich_help_panel="Look after")


@app.command(rich_help_panel="Look after")
def backup(file: File, as_json: AsJson = False) -> None:
    """Write the database and the documents of one moment into FILE, while everybody goes on working."""
    try:
        with database() as url, progress() as tell:
            manifest = back_up(url, file.absolute(), tell, timezone.now())
    except Refused as refusal:
        raise Ended(str(refusal)) from refusal
    if as_json:
        print_json(asdict(manifest) | {"file": str(file), "bytes": file.stat().st_size})
    rows = sum(manifest.tables.values())
    screen.print(f"{rows} rows and {manifest.documents} documents are in {file}.", markup=False)
    if manifest.missing:
        screen.print(f"{len(manifest.missing)} documents were missing or damaged already.", style="red")
    screen.print(KEYS.format(settings.KEYS, settings.LOG_KEY), markup=False)


@app.command(rich_help_panel="Look after")
def restore(file: File, as_json: AsJson = False) -> None:
    """Put FILE back into an empty database and an empty documents folder; all of it, or nothing."""
    try:
        with database() as url, progress() as tell:
            compared = put_back(url, file.absolute(), tell)
    except Refused as refusal:
        raise Ended(str(refusal)) from refusal
    if as_json:
        print_json({each.what: {"backup": each.in_backup, "restored": each.restored} for each in compared})
    screen.print(
        f"{len(compared)} figures compared, all the same. Next: put the keys back to {settings.KEYS} and"
        f" {settings.LOG_KEY},",
        markup=False,
    )
    screen.print("then run `gongzhi log check` and `gongzhi doctor`.", markup=False)


@retention.command()
def plan(as_json: AsJson = False) -> None:
    """Count what is over its period and under no hold, kind by kind; change nothing."""
    with database(), acting(SYSTEM):
        _report(planned(timezone.now()), as_json)


@retention.command()
def run(as_json: AsJson = False) -> None:
    """Forget what is due now, in small batches; the log too, which the worker may not touch."""
    with database(), acting(SYSTEM), progress() as tell:
        due, gone = planned(timezone.now()), dict[str, int]()
        total, done = sum(due.values()), 0
        while batch := forget_due(timezone.now(), gone):
            done += batch
            tell(min(done, total), total, "rows forgotten")
        while batch := forget_log(timezone.now()):
            gone[AUDIT] = gone.get(AUDIT, 0) + batch
            done += batch
            tell(min(done, total), total, "rows forgotten")
    _report(gone, as_json)


def _report(counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        print_json(counts)
    else:
        print_table("", ("kind", "rows"), [(kind, str(count)) for kind, count in sorted(counts.items())])
