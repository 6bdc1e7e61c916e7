"""Commands for the keys of sealed columns: `keys status`, `keys new`, `keys rotate`, `keys retire`."""

import typer

from gongzhi.kernel.encryption.keyring import add_version, drop_version, keyring
from gongzhi.kernel.people.rotation import rotate as seal_anew
from gongzhi.kernel.people.rotation import rows_by_version
from gongzhi.project.cli import app
from gongzhi.project.cli.database import database
from gongzhi.project.cli.progress import progress, screen
from gongzhi.project.cli.report import AsJson, print_json, print_table
from gongzhi.project.supervise import Ended

PANEL = "Look after"
keys = typer.Typer(no_args_is_help=True, help="The keys of names, phones and other sealed columns.")
app.add_typer(keys, name="keys", rich_help_panel=PANEL)


@keys.command()
def status(as_json: AsJson = False) -> None:
    """Say which versions there are, and how many rows each has sealed."""
    with database():
        counted = rows_by_version()
    versions = sorted({*keyring().versions, *counted} - {0})
    if as_json:
        told = [
            {"version": one, "here": one in keyring().versions, "rows": counted.get(one, 0)}
            for one in versions
        ]
        print_json({"versions": told})
        return
    lines = [
        (str(one), "yes" if one in keyring().versions else "MISSING", str(counted.get(one, 0)))
        for one in versions
    ]
    print_table("Versions of the key, the newest seals", ("Version", "Here", "Rows"), lines)


@keys.command()
def new() -> None:
    """Draw a new version. What is written from now on is sealed with it; `keys rotate` seals the rest."""
    number = add_version()
    screen.print(
        f"Version {number} is there. Copy the keys to their safe place now, then run: gongzhi keys rotate"
    )


@keys.command()
def rotate() -> None:
    """Seal everything anew with the newest key, while the platform runs; interrupted, it goes on where it was."""
    with database():
        behind = sum(rows for version, rows in rows_by_version().items() if version < keyring().versions[0])
        with progress() as tell:
            done = seal_anew(lambda done: tell(done, behind, "Sealing anew"))
    screen.print(f"{done} rows sealed with version {keyring().versions[0]}.")


@keys.command()
def retire(version: int) -> None:
    """Forget an old version that no row needs any more. Backups made before need it still: keep a copy with them."""
    with database():
        needed = rows_by_version().get(version, 0)
    if version == keyring().versions[0]:
        raise Ended(f"Version {version} is the one that seals. Draw a newer one first: gongzhi keys new")
    if version not in keyring().versions:
        raise Ended(f"There is no version {version}. See: gongzhi keys status")
    if needed:
        raise Ended(f"{needed} rows are sealed with version {version}. Run first: gongzhi keys rotate")
    drop_version(version)
    screen.print(f"Version {version} is forgotten here.")
