"""Write a backup: every row of one moment, the documents those rows name, and a list of all of it."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.store import Damaged
from gongzhi.kernel.retention.contents import BACKUP_LOCK
from gongzhi.project.backup.archive import MANIFEST, Writer
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.tables import (
    Database,
    Table,
    copied_tables,
    latest_root,
    migrations_in,
    sequences_of,
)
from gongzhi.project.cli.progress import Tell

FORMAT = 1
PART = 8 * 1024 * 1024


@dataclass
class Manifest:
    """What a backup holds. Documents are not listed one by one: each is named by its own SHA-256.

    `documents_digest` is the SHA-256 over their names in the order of the file, so that none can be missing.
    """

    made_at: str = ""
    app_version: str = ""
    server: str = ""
    migrations: list[str] = field(default_factory=list)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    documents: int = 0
    documents_bytes: int = 0
    documents_digest: str = ""
    missing_documents: list[str] = field(default_factory=list)
    log_root: dict[str, Any] | None = None
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables hold together."""
        return sum(table["rows"] for table in self.tables.values())

    def written(self) -> bytes:
        """Return the manifest as it stands in the file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def back_up(url: str, path: Path, tell: Tell, now: datetime) -> tuple[Manifest, str]:
    """Write the backup of the database at *url* and its documents to *path*; return what it holds and its SHA-256.

    All rows are those of one moment (REPEATABLE READ), while others go on writing. A document that is missing or
    damaged in the store is named in the manifest; the backup is written all the same. Keys are not in it.
    """
    with Writer(path) as archive, _snapshot(url) as db:
        manifest = Manifest(
            made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            app_version=version("gongzhi"),
            server=str(db.info.server_version),
            migrations=migrations_in(db),
            log_root=latest_root(db),
        )
        tables = copied_tables(db)
        for done, table in enumerate(tables, start=1):
            manifest.tables[table.name] = _write_table(db, archive, table)
            tell(done, len(tables), "tables")
        manifest.sequences = sequences_of(db)
        _write_documents(db, archive, manifest, tell)
        archive.add(MANIFEST, manifest.written())
    return manifest, archive.digest


@contextmanager
def _snapshot(url: str) -> Iterator[Database]:
    """Yield a connection that sees one moment, every row of it or nothing, while no document is removed."""
    with psycopg.connect(url) as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        db.execute("SET LOCAL row_security = off")  # an error rather than a backup that lacks rows
        db.execute("SET LOCAL statement_timeout = 0")
        db.execute("SELECT pg_advisory_xact_lock_shared(%s)", (BACKUP_LOCK,))
        try:
            yield db
        except psycopg.errors.InsufficientPrivilege as fault:
            raise Refused(
                f"The database role {db.info.user} may not read every row ({fault.diag.message_primary}). Back up "
                f"as the owner of the database, once allowed by: ALTER ROLE {db.info.user} BYPASSRLS"
            ) from fault


def _write_table(db: Database, archive: Writer, table: Table) -> dict[str, Any]:
    """Write a table in parts of a few megabytes, each ending with a whole row."""
    parts: list[dict[str, Any]] = []
    rows, held = 0, bytearray()

    def put() -> None:
        name = f"tables/{table.name}/{len(parts) + 1:06d}"
        parts.append({"name": name, "sha256": archive.add(name, bytes(held))})
        held.clear()

    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(table.listed, sql.Identifier(table.name))
    with db.cursor().copy(query) as copied:
        for piece in copied:  # PostgreSQL sends row by row, and a line break within a value is written \n
            rows += bytes(piece).count(b"\n")
            held += piece
            if len(held) >= PART and held.endswith(b"\n"):
                put()
    if held:
        put()
    return {"columns": list(table.columns), "rows": rows, "parts": parts}


def _write_documents(db: Database, archive: Writer, manifest: Manifest, tell: Tell) -> None:
    """Write each content once, however many cases name it."""
    (total,) = db.execute("SELECT count(DISTINCT sha256) FROM documents_document").fetchone() or (0,)
    names = hashlib.sha256()
    with db.cursor("contents") as cursor:
        cursor.execute("SELECT DISTINCT sha256 FROM documents_document ORDER BY sha256")
        for done, (address,) in enumerate(cursor, start=1):
            try:
                content = store.content_of(address)
            except Damaged:
                manifest.missing_documents.append(address)
            else:
                archive.add(f"documents/{address}", content)
                names.update(address.encode())
                manifest.documents += 1
                manifest.documents_bytes += len(content)
            tell(done, total, "documents")
    manifest.documents_digest = names.hexdigest()
