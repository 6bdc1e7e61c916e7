"""The drill: back up a small installation, restore it into an empty place, and compare everything."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import override_settings
from psycopg import sql
from psycopg.conninfo import make_conninfo

from gongzhi.kernel.audit import export
from gongzhi.kernel.audit.checkpoints import checkpoint_due
from gongzhi.kernel.audit.sealing import seal_due
from gongzhi.kernel.cases.tests.factories import Office
from gongzhi.kernel.cases.tests.permits import PERMITS
from gongzhi.kernel.documents import store
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.registry import api as registry
from gongzhi.project.backup.archive import BLOCK
from gongzhi.project.backup.backing_up import back_up
from gongzhi.project.backup.refusal import Refused
from gongzhi.project.backup.restoring import restore
from gongzhi.project.cli.database import connected_to

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
SHAPE = """
SELECT 'trigger', tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'policy', polrelid::regclass::text, polname::text, polcmd::text FROM pg_policy
UNION ALL SELECT 'lock', oid::regclass::text, relrowsecurity::text, relforcerowsecurity::text FROM pg_class
           WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT 'grant', table_name::text, grantee::text, privilege_type::text
            FROM information_schema.role_table_grants WHERE grantee = 'gongzhi_web'
UNION ALL SELECT 'sequence', sequencename::text, coalesce(last_value, 0)::text, '' FROM pg_sequences
UNION ALL SELECT 'index', indexrelid::regclass::text, '', '' FROM pg_index
           WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
ORDER BY 1, 2, 3, 4
"""


def _quiet(done, total, label):
    pass


def _address(name):
    given = connection.settings_dict
    return make_conninfo(
        "",
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"] or None,
        dbname=name,
    )


@pytest.fixture
def empty_place(tmp_path):
    """A database with nothing in it, and a folder for documents that is not there yet."""
    name = "gongzhi_drill"
    with psycopg.connect(_address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield _address(name), tmp_path / "restored-documents"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def permits():
    """The test domain of the engine."""
    registry.register(PERMITS)
    yield
    del registry.DOMAINS["permits"]
    registry.forget_answers()


@pytest.fixture
def backup(tmp_path, permits):
    """A backup of a small installation with two matters, two documents and a sealed log."""
    office = Office()
    for content in (b"one", b"two"):
        case = office.open(NOW)
        Document.objects.create(
            case_id=case.pk,
            kind=Document.Kind.values[0],
            name="照片.jpg",
            media_type="image/jpeg",
            size=len(content),
            sha256=store.keep(content),
            received_sha256=store.hash_of(content),
            from_office=False,
            uploaded_at=NOW,
        )
    while seal_due(NOW):
        pass
    checkpoint_due(NOW)
    path = tmp_path / "gongzhi.backup"
    manifest = back_up(_address(connection.settings_dict["NAME"]), path, _quiet, NOW)
    assert manifest.log_root is not None
    return path, manifest


def _tables(url):
    with psycopg.connect(url) as db:
        return db.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        ).fetchone()[0]


def _shape(url):
    with psycopg.connect(url) as db:
        return db.execute(SHAPE).fetchall()


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_back_whole_with_its_locks_and_its_log(backup, empty_place):
    path, manifest = backup
    url, documents = empty_place
    before = _shape(_address(connection.settings_dict["NAME"]))
    with override_settings(DOCUMENTS_ROOT=documents):
        compared = restore(url, path, _quiet)
        assert all(each.same for each in compared)
        figures = {each.what: each.restored for each in compared}
        assert figures["cases_case"] == 2
        assert figures["audit_entry"] > 0
        assert figures["documents"] == 2
        assert figures["root of the log"] == manifest.log_root
        for content in (b"one", b"two"):
            assert store.path_of(store.hash_of(content)).read_bytes() == content
    assert _shape(url) == before
    with connected_to(url):
        found = export.check(NOW)
    assert found.well
    assert found.rows > 0
    with psycopg.connect(url) as db, pytest.raises(psycopg.Error, match="append-only"):
        db.execute("DELETE FROM audit_entry")


@pytest.mark.django_db(transaction=True)
def test_a_cut_or_changed_file_is_refused_and_nothing_is_half_written(backup, empty_place):
    path, _ = backup
    url, documents = empty_place
    whole, nothing = path.read_bytes(), _tables(url)
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    with override_settings(DOCUMENTS_ROOT=documents):
        for broken in (
            whole[:-1],
            whole[:-BLOCK],
            whole[: len(whole) // 2],
            b"",
            bytes(changed),
            whole + b"x",
        ):
            path.write_bytes(broken)
            with pytest.raises(Refused):
                restore(url, path, _quiet)
            assert _tables(url) == nothing
            assert not documents.exists()


@pytest.mark.django_db(transaction=True)
def test_a_place_with_anything_in_it_is_not_restored_into(backup, empty_place):
    path, _ = backup
    url, documents = empty_place
    with override_settings(DOCUMENTS_ROOT=documents):
        restore(url, path, _quiet)
        count = _tables(url)
        with pytest.raises(Refused, match="not empty"):
            restore(url, path, _quiet)
        assert _tables(url) == count
    assert not [file for file in Path(path.parent).iterdir() if "unfinished" in file.name]
