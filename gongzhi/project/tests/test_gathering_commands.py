"""The commands that gather messages in a file."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from gongzhi.insight.triage.shelf import Shelf
from gongzhi.insight.triage.tests import invented
from gongzhi.project.cli.triage.gathering import duplicates, hot, index
from gongzhi.project.supervise import Ended


def table(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["number", "subject", "words", "when"])
        writer.writerows([one.id, one.title, one.text, one.at] for one in invented.all_of_it())
    return path


def test_hot_issues_of_a_file_are_numbered_by_heat(tmp_path):
    out = tmp_path / "issues.csv"

    hot(table(tmp_path / "in.csv"), ids="number", title="subject", text="words", time="when", out=out)

    with out.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    issue_of = {row["id"]: row["issue"] for row in rows}
    assert len(rows) == len(issue_of)
    assert [row["id"] for row in rows if row["issue"] == "1"] == ["lamps0", "lamps1", "lamps2", "lamps3"]
    assert issue_of["lamps0"] != issue_of["elsewhere0"]
    assert "everyday0" not in issue_of


def test_duplicates_of_a_file_are_grouped_with_their_share(tmp_path):
    copy = "槐荫路一到晚上漆黑一片，电动车和行人抢道，太危险了，路灯全是摆设。"
    path = table(tmp_path / "in.csv")
    with path.open("a", encoding="utf-8", newline="") as text:
        csv.writer(text).writerow(["copy", "路灯不亮", copy, "2026-03-09 08:00"])
    out = tmp_path / "groups.csv"

    duplicates(path, ids="number", title="subject", text="words", out=out)

    with out.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    group_of = {row["id"]: row["group"] for row in rows}
    assert group_of["copy"] == group_of["lamps2"]
    assert "everyday0" not in group_of
    assert all(0 < float(row["share"]) <= 1 for row in rows)


def test_an_index_is_laid_down_from_a_file_and_refuses_what_is_no_number(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(
        "id,region,text,time\n7,410526,槐荫路路灯不亮已经半个月了请派人修,2026-03-02\n", encoding="utf-8"
    )
    folder = tmp_path / "index"

    index(path, folder, ids="id", region="region", text="text", time="time")

    found = Shelf(folder).candidates(
        "槐荫路路灯不亮已经半个月", region="4105", since=datetime(2026, 3, 1), most=3
    )
    assert [each.id for each in found] == [7]
    path.write_text("id,region,text,time\nx7,410526,路灯,2026-03-02\n", encoding="utf-8")
    with pytest.raises(Ended, match="Not a number in column id: x7"):
        index(path, folder, ids="id", region="region", text="text", time="time")
    assert len(Shelf(folder)) == 1
