"""Put a backup back: all of it into an empty place, or nothing."""

import json
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from gongzhi.kernel.documents import store
from gongzhi.kernel.lock.policies import WEB
from gongzhi.project.backup.archive import sealed_archive
from gongzhi.project.backup.backing_up import DOCUMENTS, DUMP, FORMAT, MANIFEST, Manifest, is_whole
from gongzhi.project.backup.programs import run_program
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.tables import Database, counted, latest_root, names_of
from gongzhi.project.cli.progress import Tell


@dataclass(frozen=True)
class Compared:
    """One figure of the backup beside the same figure of the restored database."""

    what: str
    in_backup: object
    restored: object

    @property
    def same(self) -> bool:
        """Whether both agree."""
        return self.in_backup == self.restored


def restore(url: str, path: Path, tell: Tell) -> list[Compared]:
    """Verify the backup at *path*, then write it into the empty database at *url* and the empty documents' folder.

    The dump goes in by one transaction, then counts and the root of the log are compared. Whatever fails, the
    database is empty again and the documents' folder is untouched.
    """
    root = Path(settings.DOCUMENTS_ROOT)
    with sealed_archive(path) as archive:
        manifest = manifest_of(archive)
        _require_empty(url, root)
        root.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root.parent, prefix=".restoring-") as folder:
            beside = Path(folder)
            documents = _unpack(archive, beside, tell)
            try:
                tell(0, 1, "database")
                _make_role(url)
                run_program(
                    "pg_restore",
                    url,
                    "--single-transaction",
                    "--exit-on-error",
                    "--no-owner",
                    str(beside / DUMP),
                )
                tell(1, 1, "database")
                compared = [*_compared(url, manifest), Compared("documents", manifest.documents, documents)]
                _require_same(compared)
                _move_in(beside / "documents", root)
            except BaseException:
                _empty(url)
                raise
    return compared


def manifest_of(archive: tarfile.TarFile) -> Manifest:
    """Return what a backup says it holds, or refuse one that another version wrote."""
    try:
        member = archive.extractfile(MANIFEST)
        content = json.load(member) if member else {}
    except (KeyError, ValueError) as fault:
        raise Refused("The file has no list of contents: it is no backup of this platform.") from fault
    if content.get("format") != FORMAT:
        raise Refused(f"The backup has the format {content.get('format')}; this version reads {FORMAT}.")
    return Manifest(**content)


def _require_empty(url: str, root: Path) -> None:
    with psycopg.connect(url) as db:
        names = names_of(db)
    if names:
        raise Refused(
            f"The database is not empty: it has the table {names[0]}. Restore into a new one: createdb NAME, then set"
            " DATABASE_URL to it and GONGZHI_HOME to a new folder."
        )
    if root.exists() and any(root.iterdir()):
        raise Refused(f"The documents' folder {root} is not empty. Set GONGZHI_HOME to a new folder.")


def _unpack(archive: tarfile.TarFile, beside: Path, tell: Tell) -> int:
    """Lay the dump and the documents into a folder of their own; return how many documents there are."""
    members, done = archive.getmembers(), 0
    for number, member in enumerate(members, start=1):
        opened = archive.extractfile(member) if member.isreg() else None
        if opened is None:
            raise Refused(f"The backup holds {member.name}, which no backup of ours does.")
        if member.name == DUMP:
            with (beside / DUMP).open("wb") as file:
                shutil.copyfileobj(opened, file)
        elif member.name.startswith(DOCUMENTS):
            done += 1
            address = member.name.removeprefix(DOCUMENTS)
            try:
                place = store.path_of(address).relative_to(settings.DOCUMENTS_ROOT)
            except ValueError as fault:
                raise Refused(f"The backup holds {member.name}, which is no document.") from fault
            target = beside / "documents" / place
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
            with target.open("wb") as file:
                shutil.copyfileobj(opened, file)
            if not is_whole(target, address):
                raise Refused(f"The document {address} in the backup is damaged. Nothing was restored.")
        tell(number, len(members), "files unpacked")
    return done


def _make_role(url: str) -> None:
    """Make the role that owns nothing where the server lacks it: a dump names it, but roles belong to the server."""
    with psycopg.connect(url) as db:
        if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (WEB,)).fetchone():
            db.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(sql.Identifier(WEB)))


def _compared(url: str, manifest: Manifest) -> list[Compared]:
    with psycopg.connect(url) as db:
        db.execute("SET LOCAL row_security = off")
        here, root = counted(db), latest_root(db)
    names = sorted(manifest.tables.keys() | here.keys())
    rows = [Compared(name, manifest.tables.get(name), here.get(name)) for name in names]
    return [*rows, Compared("root of the log", manifest.log_root, root)]


def _require_same(compared: list[Compared]) -> None:
    for each in compared:
        if not each.same:
            raise Refused(
                f"{each.what}: {each.in_backup} in the backup, {each.restored} restored. Nothing was kept; report this."
            )


def _move_in(documents: Path, root: Path) -> None:
    documents.mkdir(exist_ok=True, mode=0o750)
    if root.exists():
        root.rmdir()  # it was empty, and still has to be
    documents.rename(root)


def _empty(url: str) -> None:
    """Take out of a database that was empty before whatever a failed restore left."""
    with psycopg.connect(url) as db:
        _drop_public(db)


def _drop_public(db: Database) -> None:
    db.execute("DROP SCHEMA public CASCADE")
    db.execute("CREATE SCHEMA public")
