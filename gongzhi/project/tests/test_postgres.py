"""The server of our own: started, restarted, killed, owned once, reached by a socket wherever its folder lies."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from gongzhi.project.postgres import (
    SETTINGS,
    THROW_AWAY,
    InUse,
    Postgres,
    database_at_hand,
    throw_away_server,
)
from gongzhi.project.postgres_binaries import NoPostgres, find_programs
from gongzhi.project.settings import ROOT
from gongzhi.project.tests.processes import left_after, processes_of

OWNER = """
import sys, time
from pathlib import Path
from gongzhi.project.postgres import Postgres
with Postgres(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(600)
"""


def owner_in_another_process(home: Path) -> tuple[subprocess.Popen[str], str]:
    child = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(home)],
        env=os.environ | {"GONGZHI_HOME": str(home), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def asked(url: str, question: str) -> str:
    with psycopg.connect(url, autocommit=True) as db:
        row = db.execute(question).fetchone()
    assert row is not None
    return str(row[0])


def test_a_server_keeps_its_rows_and_listens_on_no_network(tmp_path):
    with Postgres(tmp_path) as server, psycopg.connect(server.url, autocommit=True) as db:
        db.execute("CREATE TABLE kept AS SELECT '郑州' AS word")

    with Postgres(tmp_path) as server:
        assert asked(server.url, "SELECT word FROM kept") == "郑州"
        assert asked(server.url, "SHOW listen_addresses") == ""
        assert asked(server.url, "SHOW jit") == "off"
        assert asked(server.url, "SELECT datlocprovider FROM pg_database WHERE datname = 'gongzhi'") == "b"
        assert asked(server.url, "SELECT upper('é') || current_database()") == "Égongzhi"
        assert Path(asked(server.url, "SHOW unix_socket_directories")).stat().st_mode & 0o077 == 0

    assert not (tmp_path / "url").exists()


def test_a_server_ends_with_its_killed_owner_and_loses_nothing_acknowledged(tmp_path):
    owner, url = owner_in_another_process(tmp_path)
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE TABLE rows (n int)")
        for number in range(200):
            db.execute("INSERT INTO rows VALUES (%s)", [number])

        owner.kill()
        owner.wait()

    with Postgres(tmp_path) as server:  # at once, while the other may still be shutting down
        assert asked(server.url, "SELECT count(*) FROM rows") == "200"
    assert left_after(tmp_path, 10) == []


def test_a_killed_server_leaves_no_process_and_starts_again(tmp_path):
    owner, url = owner_in_another_process(tmp_path)
    asked(url, "SELECT 1")
    postmaster = int((tmp_path / "data" / "postmaster.pid").read_text().split()[0])

    os.kill(postmaster, signal.SIGKILL)
    time.sleep(0.5)
    owner.send_signal(signal.SIGINT)
    owner.wait(20)

    assert left_after(tmp_path, 10) == []
    with Postgres(tmp_path) as server:
        assert asked(server.url, "SELECT 1") == "1"


def test_a_folder_has_one_owner_and_others_learn_the_address(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with database_at_hand(tmp_path) as url:
        with pytest.raises(InUse, match="choose another GONGZHI_HOME"):
            Postgres(tmp_path / "postgres").start()
        with database_at_hand(tmp_path) as same:
            assert same == url
        assert asked(url, "SELECT 1") == "1"


def test_a_given_address_is_taken_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/there")
    with database_at_hand(tmp_path) as url:
        assert url == "postgresql://elsewhere/there"
    assert list(tmp_path.iterdir()) == []


def test_a_deep_folder_gets_a_short_socket_that_is_removed(tmp_path):
    deep = tmp_path.joinpath(*["深" * 20] * 3)
    with Postgres(deep, settings=SETTINGS | THROW_AWAY) as server:
        socket = Path(asked(server.url, "SHOW unix_socket_directories"))
        assert len(os.fsencode(socket)) < 60
    assert not socket.exists()


def test_an_interrupted_preparation_is_made_afresh(tmp_path):
    half = tmp_path / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with Postgres(tmp_path, settings=SETTINGS | THROW_AWAY) as server:
        assert asked(server.url, "SELECT 1") == "1"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a way around user namespaces")
def test_root_without_user_namespaces_runs_it_as_nobody(tmp_path):
    server = Postgres(tmp_path, settings=SETTINGS | THROW_AWAY, namespaces=False)
    try:
        with server:
            assert asked(server.url, "SELECT 1") == "1"
            assert server.process is not None
            assert Path(f"/proc/{server.process.pid}").stat().st_uid == 65534
    finally:
        shutil.rmtree(server.base, ignore_errors=True)


def test_a_throw_away_server_leaves_nothing(tmp_path):
    with throw_away_server(tmp_path) as server:
        folder = server.state
        assert asked(server.url, "SHOW fsync") == "off"
    assert not folder.exists()
    assert processes_of(folder) == []


def test_a_wrong_choice_of_programs_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(NoPostgres, match="correct or unset PG_BIN"):
        find_programs()
    monkeypatch.delenv("PG_BIN")
    monkeypatch.setenv("GONGZHI_PG", "oracle")
    with pytest.raises(NoPostgres, match="use wheel, celerp or debian"):
        find_programs()
