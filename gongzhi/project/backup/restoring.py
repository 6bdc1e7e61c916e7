"""Put a backup into an empty database: all of it in one transaction, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from gongzhi.kernel.documents import store
from gongzhi.project.backup.backing_up import Manifest
from gongzhi.project.backup.reading import DOCUMENTS, TABLES, parts_of, verified
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.tables import (
    FILLED_BY_MIGRATIONS,
    Database,
    copied_tables,
    count,
    has_rows,
    latest_root,
    migrations_in,
    refer_in_a_circle,
    tables_of,
)
from gongzhi.project.cli.progress import Tell

MODES = {"O": "ENABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


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


def look_into(path: Path, tell: Tell) -> tuple[Manifest, str]:
    """Verify a backup without writing anything, and return what it holds with its SHA-256."""
    with _opened(path) as file:
        return verified(file, tell)


def restore(url: str, path: Path, tell: Tell, make_tables: Callable[[], object]) -> list[Compared]:
    """Verify the backup at *path*, then write it into the empty database at *url* and the documents' folder.

    The tables are made by the migrations of this program (*make_tables*), which must be those of the backup. Counts
    and the log's root are compared before the transaction ends; where one differs, nothing stays.
    """
    with _opened(path) as file:
        manifest, _ = verified(file, tell)
        _require_same_migrations(manifest.migrations, _known_migrations())
        with psycopg.connect(url) as db:
            _require_empty(db)
        make_tables()
        with psycopg.connect(url) as db:
            _require_same_migrations(manifest.migrations, migrations_in(db))
            _require_empty(db)
            db.execute("SET LOCAL statement_timeout = 0")
            with _documents_kept() as keep:
                guards = _lifted(db)
                _load(db, file, manifest, keep, tell)
                compared = _compared(db, manifest)
                _require_same(compared)
                _put_back(db, guards)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("ANALYZE")
    return compared


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}.") from fault
    with file:
        yield file


def _known_migrations() -> list[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


def _require_same_migrations(of_backup: list[str], here: list[str]) -> None:
    lacking, beyond = sorted(set(of_backup) - set(here)), sorted(set(here) - set(of_backup))
    if lacking:
        raise Refused(
            f"The backup was made by a newer version: this one does not know {lacking[0]}. Install the version of the "
            "backup, then restore."
        )
    if beyond:
        raise Refused(
            f"The backup was made by an older version, before {beyond[0]}. Install the version of the backup, restore "
            "with it, then upgrade with: gongzhi migrate"
        )


def _require_empty(db: Database) -> None:
    """Refuse a database in which anything lies that its migrations did not put there."""
    for table in tables_of(db):
        if table.name not in {"django_migrations", *FILLED_BY_MIGRATIONS} and has_rows(db, table.name):
            raise Refused(
                f"The database is not empty: {table.name} holds rows. Restore into a new one: createdb NAME, then set "
                "DATABASE_URL to it (and GONGZHI_HOME to a new folder)."
            )


@dataclass(frozen=True)
class _Guards:
    """Triggers that write or forbid, as (table, trigger, mode), and tables whose second lock binds their owner too."""

    triggers: list[tuple[str, str, str]]
    forced: list[str]


def _lifted(db: Database) -> _Guards:
    """Put the guards aside for the running transaction: its end without a commit leaves them as they were."""
    triggers = db.execute(
        "SELECT c.relname, t.tgname, t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = 'public'::regnamespace"
    ).fetchall()
    forced = db.execute(
        "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    for table, trigger, _ in triggers:
        _alter(db, "ALTER TABLE {} DISABLE TRIGGER {}", table, trigger)
    for (table,) in forced:
        _alter(db, "ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", table)
    return _Guards([(table, trigger, mode) for table, trigger, mode in triggers], [name for (name,) in forced])


def _put_back(db: Database, guards: _Guards) -> None:
    db.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait for the commit would bar the changes below
    for table, trigger, mode in guards.triggers:
        _alter(db, f"ALTER TABLE {{}} {MODES[mode]} TRIGGER {{}}", table, trigger)
    for table in guards.forced:
        _alter(db, "ALTER TABLE {} FORCE ROW LEVEL SECURITY", table)


def _require_same(compared: list[Compared]) -> None:
    if different := [each for each in compared if not each.same]:
        first = different[0]
        raise Refused(
            f"{first.what}: {first.in_backup} in the backup, {first.restored} restored. Nothing was kept; report this."
        )


def _alter(db: Database, statement: Any, *names: str) -> None:
    db.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _documents_kept() -> Iterator[Callable[[bytes], None]]:
    """Yield what puts a document into the store; those it added are removed when the restore fails."""
    added: list[Path] = []

    def keep(content: bytes) -> None:
        path = store.path_of(store.hash_of(content))
        is_new = not path.exists()
        store.keep(content)
        if is_new:
            added.append(path)

    try:
        yield keep
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise


def _load(
    db: Database, file: IO[bytes], manifest: Manifest, keep: Callable[[bytes], None], tell: Tell
) -> None:
    tables = {table.name: table for table in copied_tables(db)}
    if tables.keys() != manifest.tables.keys():
        name = sorted(tables.keys() ^ manifest.tables.keys())[0]
        raise Refused(f"The table {name} is on one side only. Install the version of the backup.")
    if not refer_in_a_circle(list(tables.values())):
        db.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in FILLED_BY_MIGRATIONS:
        db.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    total, done = manifest.rows + manifest.documents, 0
    for name, content in parts_of(file, manifest):
        if name.startswith(DOCUMENTS):
            keep(content)
            done += 1
        elif name.startswith(TABLES):
            table = tables[name.split("/")[1]]
            columns = sql.SQL(", ").join(map(sql.Identifier, manifest.tables[table.name]["columns"]))
            query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
            with db.cursor().copy(query) as copying:
                copying.write(content)
            done += content.count(b"\n")
        tell(done, total, "rows and documents")
    for name, (last, given_out) in manifest.sequences.items():
        db.execute("SELECT setval(%s::regclass, %s, %s)", (f'public."{name}"', last, given_out))


def _compared(db: Database, manifest: Manifest) -> list[Compared]:
    rows = [
        Compared(name, table["rows"], count(db, name)) for name, table in sorted(manifest.tables.items())
    ]
    named = {address for (address,) in db.execute("SELECT DISTINCT sha256 FROM documents_document")}
    there = sum(store.path_of(address).exists() for address in named - set(manifest.missing_documents))
    root = latest_root(db)
    return [
        *rows,
        Compared("documents", manifest.documents, there),
        Compared("root of the log", manifest.log_root, root),
    ]
