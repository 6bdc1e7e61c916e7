"""Commands for the sealed log: `gongzhi log check` compares it, `gongzhi log export` writes it for the verifier."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils import timezone

from gongzhi.kernel.audit import export
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.logkey import key_of, public_key_here
from gongzhi.kernel.audit.models import Checkpoint
from gongzhi.kernel.audit.proofs import plain
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.lock.scope import SYSTEM, acting
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import screen
from gongzhi.project.cli.report import AsJson, print_json
from gongzhi.project.supervise import Ended

UNCERTAIN = (
    "The key of the log cannot be read here, so signatures were compared with the key that the first checkpoint names."
    " Whoever wrote all of them anew would not be noticed: run it again with --key FILE."
)

log = typer.Typer(help="The sealed log of what was done: check it, hand it to an examiner.")
app.add_typer(log, name="log", rich_help_panel="Look after")


@log.command()
def check(
    key: Annotated[
        Path | None,
        typer.Option(
            help="File with the public key from /log/key, best kept elsewhere; else the key of the house."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare every audit row with what was sealed and signed; exit code 1 when something was changed."""
    given = _public_key(key)
    with database(), acting(SYSTEM):
        found = export.check(timezone.now(), given)
    if as_json:
        print_json(
            {
                "well": found.well,
                "rows": found.rows,
                "edited": found.edited,
                "deleted": found.deleted,
                "forgotten": found.forgotten,
                "forgotten_early": found.forgotten_early,
                "backdated": found.backdated,
                "slipped_in": found.slipped_in,
                "checkpoints": found.checkpoints,
            }
        )
    else:
        screen.print(
            f"{found.rows} sealed rows: {len(found.edited)} edited, {len(found.deleted)} deleted,"
            f" {len(found.forgotten_early)} forgotten before their period and {found.forgotten} after it,"
            f" {len(found.backdated)} added under an old time, {len(found.slipped_in)} slipped in unsealed;"
            f" {len(found.checkpoints)} checkpoints do not hold."
        )
        if given is None and public_key_here() is None:
            screen.print(UNCERTAIN, markup=False)
    raise typer.Exit(0 if found.well else 1)


def _public_key(file: Path | None) -> Ed25519PublicKey | None:
    if file is None:
        return None
    try:
        key = key_of(bytes.fromhex(file.read_text(encoding="utf-8").strip()))
    except (OSError, ValueError):
        key = None
    if key is None:
        raise Ended(f"{file} is no public key of 64 hexadecimal digits. Fetch it from /log/key.")
    return key


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
