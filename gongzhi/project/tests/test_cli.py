"""The console command, run as people run it: in a process of its own, on an empty database."""

import csv
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from gongzhi.project.settings import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def gongzhi(tmp_path: Path, django_db_setup: None) -> Iterator[Run]:
    """Yield a function that runs the command on a database made for this test."""
    name = f"cli_{os.getpid()}"
    server = connection.settings_dict
    where = {
        "host": server["HOST"],
        "port": server["PORT"],
        "user": server["USER"],
        "password": server["PASSWORD"],
    }
    given = {key: str(value) for key, value in where.items() if value}

    def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {
            "GONGZHI_HOME": str(tmp_path),
            "DATABASE_URL": make_conninfo(dbname=name, **given),
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            [sys.executable, "-m", "gongzhi", *words],
            cwd=ROOT,
            env=os.environ | own | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    with psycopg.connect(make_conninfo(dbname="postgres", **given), autocommit=True) as db:
        db.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield run
        finally:
            db.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_help_groups_and_explains_every_command(gongzhi):
    shown = gongzhi("--help", COLUMNS="200").stdout

    for word in ("Run", "Set up and load", "Look after"):
        assert f"─ {word} ─" in shown
    for command in ("demo", "serve", "worker", "migrate", "load-regions", "load-responsibilities"):
        assert f"│ {command} " in shown
    for command in ("import-messages", "add-account", "doctor", "bench"):
        assert f"│ {command} " in shown


def test_an_installation_is_set_up_step_by_step_and_the_doctor_follows(gongzhi):
    before = gongzhi("doctor", "--json")
    assert before.returncode == 1
    assert {f["name"]: f["state"] for f in json.loads(before.stdout)["findings"]}["migrations"] == "ill"

    assert json.loads(gongzhi("migrate", "--json").stdout)["applied"] > 0
    assert json.loads(gongzhi("migrate", "--json").stdout)["applied"] == 0
    loaded = json.loads(gongzhi("load-regions", "--json").stdout)
    assert loaded["added"] > 50_000
    assert loaded["level_5"] == 52_378

    after = json.loads(gongzhi("doctor", "--json").stdout)["findings"]
    assert [f["name"] for f in after if f["state"] == "ill"] == ["worker"]


def test_a_log_is_checked_against_a_key_kept_elsewhere(gongzhi, tmp_path):
    gongzhi("migrate")
    key = tmp_path / "key.txt"
    key.write_text("ab", encoding="utf-8")

    refused = gongzhi("log", "check", "--key", str(key))
    key.write_text(f"{'ab' * 32}\n", encoding="utf-8")
    checked = gongzhi("log", "check", "--json", "--key", str(key))

    assert refused.returncode == 1
    assert "/log/key" in refused.stderr and "Traceback" not in refused.stderr
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["slipped_in"] == []


def test_bad_rows_are_named_by_line_and_change_the_exit_code(gongzhi, tmp_path):
    gongzhi("migrate")
    table = tmp_path / "list.csv"
    table.write_text("category,region,lead_unit,valid_from\nnothing,41,nobody,2026-01-01\n", encoding="utf-8")

    done = gongzhi("load-responsibilities", str(table), "--json")

    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert report["added"] == 0
    assert [row["line"] for row in report["refused"]] == [2]


def test_a_file_that_is_no_table_is_refused_without_a_traceback(gongzhi, tmp_path):
    gongzhi("migrate")
    table = tmp_path / "list.csv"
    table.write_bytes(b"\x00\xff\xfe nothing")

    done = gongzhi("load-responsibilities", str(table))

    assert done.returncode == 1
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_weak_password_is_refused_and_a_good_one_opens_an_account(gongzhi):
    gongzhi("migrate")

    weak = gongzhi("add-account", "weixiao", "--name", "魏晓", PASSWORD="12345678")
    assert weak.returncode == 1
    assert "Traceback" not in weak.stderr

    good = gongzhi("add-account", "weixiao", "--name", "魏晓", "--json", PASSWORD="麦田与井-2026-春")
    assert json.loads(good.stdout)["username"] == "weixiao"


def test_every_measurement_explains_itself(gongzhi):
    known = json.loads(gongzhi("bench", "--list", "--json").stdout)

    assert "lifecycle" in known
    assert all(len(words) > 20 for words in known.values())


def test_an_unknown_measurement_is_refused_with_the_known_ones(gongzhi):
    done = gongzhi("bench", "speed-of-light")

    assert done.returncode == 2
    assert "lifecycle" in done.stderr


def test_facts_are_taken_out_and_a_question_is_asked_of_them(gongzhi, tmp_path):
    gongzhi("simulate", "--size", "county", "--cases", "400", GONGZHI_DEMO="1")
    folder, table = tmp_path / "facts", tmp_path / "answer.csv"

    done = gongzhi("export-parquet", str(folder), "--json")
    asked = gongzhi("analyse", "on_time", "--by", "county,month", "--over", str(folder), "--out", str(table))
    unknown = gongzhi("analyse", "on_time", "--by", "phone", "--over", str(folder))
    nowhere = gongzhi("analyse", "on_time", "--over", str(tmp_path))

    report = json.loads(done.stdout)
    assert report["facts"] > 800
    assert report["to_count_anew"][0] == report["from"], "no worker has counted these days"
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert {row["county"] for row in rows} == {"410523"}
    assert any(float(row["on_time"] or 0) > 50 for row in rows)
    assert "Answered in time" in asked.stderr
    assert (unknown.returncode, nowhere.returncode) == (1, 1)
    assert "Traceback" not in unknown.stderr + nowhere.stderr


def test_without_the_extra_a_heavy_question_says_what_to_install(gongzhi, tmp_path):
    (tmp_path / "ibis.py").write_text("raise ModuleNotFoundError(\"No module named 'ibis'\", name='ibis')")

    refused = gongzhi("analyse", "on_time", "--over", str(tmp_path), PYTHONPATH=str(tmp_path))

    assert refused.returncode == 1
    assert "needs ibis" in refused.stderr and "gongzhi[analysis]" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_day_is_not_played_to_another_machine_unasked_nor_where_nobody_answers(gongzhi):
    elsewhere = gongzhi("play", "http://192.0.2.1:8000")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # and does not listen
        nobody = gongzhi("play", f"http://127.0.0.1:{silent.getsockname()[1]}")

    assert (elsewhere.returncode, nobody.returncode) == (2, 1)
    assert "--elsewhere" in elsewhere.stderr
    assert "gongzhi demo" in nobody.stderr and "Traceback" not in nobody.stderr
