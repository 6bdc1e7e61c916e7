"""Write a backup: pg_dump's copy of one moment, the documents its rows name, and what both hold."""

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from gongzhi.kernel.documents import store
from gongzhi.kernel.retention.contents import BACKUP_LOCK
from gongzhi.project.backup.archive import new_archive
from gongzhi.project.backup.programs import run_program
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.tables import SESSIONS, Database, counted, latest_root
from gongzhi.project.cli.progress import Tell

FORMAT = 1
MANIFEST, DUMP, DOCUMENTS = "manifest.json", "database.dump", "documents/"


@dataclass
class Manifest:
    """What a backup holds; `missing` are documents that the store lacked or held damaged."""

    made_at: str
    app_version: str
    tables: dict[str, int]
    log_root: dict[str, Any] | None
    documents: int = 0
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT


def back_up(url: str, path: Path, tell: Tell, now: datetime) -> Manifest:
    """Write the database at *url* and its documents to *path*, all as they stood at one moment, while others go on.

    The keys are not in it: whoever finds the file reads no name and no phone number.
    """
    with new_archive(path) as archive, _snapshot(url) as (db, moment):
        manifest = Manifest(
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            app_version=version("gongzhi"),
            tables=counted(db),
            log_root=latest_root(db),
        )
        tell(0, 1, "database")
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.dump-") as folder:
            dump = Path(folder) / DUMP
            run_program(
                "pg_dump",
                url,
                "--format=custom",
                f"--snapshot={moment}",
                f"--exclude-table-data=public.{SESSIONS}",
                f"--file={dump}",
            )
            archive.add(dump, DUMP, filter=_nameless)
        tell(1, 1, "database")
        _add_documents(db, archive, manifest, tell)
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return manifest


@contextmanager
def _snapshot(url: str) -> Iterator[tuple[Database, str]]:
    """Yield a connection that sees one moment, every row of it or nothing, while no document is removed."""
    with psycopg.connect(url) as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        db.execute("SET LOCAL row_security = off")  # an error rather than a backup that lacks rows
        db.execute("SET LOCAL statement_timeout = 0")
        db.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        db.execute("SELECT pg_advisory_xact_lock_shared(%s)", (BACKUP_LOCK,))
        (moment,) = db.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        try:
            yield db, moment
        except psycopg.errors.InsufficientPrivilege as fault:
            raise Refused(
                f"The database role {db.info.user} may not read every row ({fault.diag.message_primary}). Back up"
                f" as the owner of the database, once allowed by: ALTER ROLE {db.info.user} BYPASSRLS"
            ) from fault


def _add_documents(db: Database, archive: tarfile.TarFile, manifest: Manifest, tell: Tell) -> None:
    addresses = [
        row[0] for row in db.execute("SELECT DISTINCT sha256 FROM documents_document ORDER BY 1").fetchall()
    ]
    for done, address in enumerate(addresses, start=1):
        if is_whole(store.path_of(address), address):
            archive.add(store.path_of(address), DOCUMENTS + address, filter=_nameless)
            manifest.documents += 1
        else:
            manifest.missing.append(address)
        tell(done, len(addresses), "documents")


def is_whole(path: Path, address: str) -> bool:
    """Say whether a file is there and holds what its address says."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == address


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who owned the file on the machine of the backup."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member
