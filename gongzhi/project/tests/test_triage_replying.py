"""`gongzhi triage check-reply` reads a table and writes a score for each row, and what each reply lacks."""

import csv
from pathlib import Path

import pytest

from gongzhi.project.cli.triage.replying import check_reply
from gongzhi.project.supervise import Ended

ROWS = (
    ("a", "柳溪路的路灯坏了半个月", "您好，柳溪路路灯县城管局已于5月6日修好，感谢您的监督。"),
    (
        "b",
        "柳溪路的路灯坏了半个月",
        "灵活就业人员可在社保窗口缴费，请带上身份证和户口簿，缴费凭证在窗口打印。",
    ),
)


def a_table(folder: Path) -> Path:
    file = folder / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([("key", "message", "answer"), *ROWS])
    return file


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_each_row_gets_a_score_and_what_its_reply_lacks(tmp_path: Path) -> None:
    out, lacks = tmp_path / "out.csv", tmp_path / "lacks.csv"

    check_reply(a_table(tmp_path), out, "key", "message", "answer", lacks)

    scores = {row["id"]: float(row["score"]) for row in read(out)}
    assert scores["a"] > 0.5 > scores["b"]
    found = {row["point"]: row["stops"] for row in read(lacks) if row["id"] == "b"}
    assert found["other_matter"] == "yes" and found["no_date"] == "no"


def test_a_missing_column_is_said_and_nothing_written(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    with pytest.raises(Ended, match="reply"):
        check_reply(a_table(tmp_path), out, "key", "message", "reply")

    assert not out.exists()
