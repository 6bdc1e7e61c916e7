"""Commands for the sealed log: `gongzhi log check` compares it, `gongzhi log export` writes it for the verifier."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from gongzhi.kernel.audit import export
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.proofs import plain
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.report import AsJson, print_json

log = typer.Typer(help="The sealed log of what was done: check it, hand it to an examiner.")
app.add_typer(log, name="log", rich_help_panel="Look after")


@log.command()
def check(as_json: AsJson = False) -> None:
    """Compare every audit row with what was sealed and signed; exit code 1 when something was changed."""
    with database(), acting(SYSTEM):
        found = export.check()
    if as_json:
        print_json(
            {
                "well": found.well,
                "rows": found.rows,
                "edited": found.edited,
                "deleted": found.deleted,
                "forgotten": found.forgotten,
                "checkpoints": found.checkpoints,
            }
        )
    else:
        screen.print(
            f"{found.rows} sealed rows: {len(found.edited)} edited, {len(found.deleted)} deleted,"
            f" {found.forgotten} forgotten after their period; {len(found.checkpoints)} checkpoints disagree."
        )
    raise typer.Exit(0 if found.well else 1)


@log.command("export")
def export_(
    folder: Annotated[Path, typer.Argument(help="Where to write checkpoints.json, key.txt and rows.jsonl.")],
) -> None:
    """Seal and sign what is there, then write all that gongzhi-verify needs. The rows name people by number."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with database(), acting(SYSTEM):
        while seal_due(timezone.now()):
            pass
        checkpoint_due(timezone.now())
        checkpoints = list(Checkpoint.objects.order_by("number"))
        with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
            count = sum(_write(file, line) for line in export.lines())
    document = {"checkpoints": [plain(each) for each in checkpoints]}
    (folder / "checkpoints.json").write_text(json.dumps(document), encoding="utf-8")
    key = bytes(checkpoints[-1].public_key).hex() if checkpoints else ""
    (folder / "key.txt").write_text(f"{key}\n", encoding="utf-8")
    screen.print(f"{count - 1} rows and {len(checkpoints)} checkpoints written to {folder}.", markup=False)


def _write(file: Any, line: dict[str, Any]) -> int:
    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 1
