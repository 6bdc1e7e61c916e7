"""Tables are read as offices have them; what cannot be read is refused with the next step, and nothing is overwritten."""

import gzip
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from gongzhi.base.declined import NotPossible
from gongzhi.project.cli.triage import classifying, gathering, triage
from gongzhi.project.cli.triage.moments import moment_in
from gongzhi.project.cli.triage.tables import read_table
from gongzhi.project.supervise import Ended

assert classifying and gathering  # they add their commands to `triage`
HEADS_AND_ROWS = "编号,内容\n1,柳溪路的路灯坏了\n2,水压很低\n"
ROWS = [{"编号": "1", "内容": "柳溪路的路灯坏了"}, {"编号": "2", "内容": "水压很低"}]
WORDS = {
    "路灯": "路灯不亮|灯杆歪了|夜里太黑|灯泡坏了|线路断了|请派人修灯|灯罩掉了|灯一闪一闪",
    "供水": "水压很低|自来水停了|水管漏水|水表不准|水有异味|水费算错|没有水做饭|水井干了",
}
PLACES = ("柳溪路", "东关街", "南寨村口", "学校门前", "菜市场旁")
MESSAGES = "id,text,label\n" + "\n".join(
    f"{number},{text},{label}"
    for number, (text, label) in enumerate(
        (f"{place}的{one}，{other}", label)
        for label, words in WORDS.items()
        for place in PLACES
        for one, other in pairwise(words.split("|"))
    )
)


def run(*words: object) -> str:
    """Run a command of `gongzhi triage`; return what it says, or why it ended."""
    done = CliRunner().invoke(triage, [str(word) for word in words])
    if isinstance(done.exception, Ended):
        return str(done.exception)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


@pytest.fixture(scope="module")
def learnt(tmp_path_factory):
    """Return a table and a small model learnt from it."""
    folder = tmp_path_factory.mktemp("learnt")
    table, model = folder / "told.csv", folder / "small.model"
    table.write_text(MESSAGES, encoding="utf-8")
    run("train", table, "--text", "text", "--label", "label", "--out", model)
    return table, model


@pytest.mark.parametrize(
    "raw",
    [
        HEADS_AND_ROWS.encode("utf-8-sig"),
        HEADS_AND_ROWS.encode("gb18030"),
        HEADS_AND_ROWS.encode("utf-16"),
        HEADS_AND_ROWS.replace(",", ";").encode(),
        HEADS_AND_ROWS.replace(",", "\t").replace("\n", "\r\n").encode(),
        ("\n" + HEADS_AND_ROWS.replace("编号,内容", " 编号 , 内容 ") + ",\n\n").encode(),
    ],
    ids=["with a mark", "gb18030", "utf-16", "semicolons", "tabs and CRLF", "blank lines and blanks"],
)
def test_a_csv_of_any_program_gives_the_same_rows(tmp_path: Path, raw: bytes) -> None:
    file, packed = tmp_path / "some.CSV", tmp_path / "some.csv.gz"
    file.write_bytes(raw)
    packed.write_bytes(gzip.compress(raw))

    assert read_table(file, ("编号", "内容")) == ROWS
    assert read_table(packed, ("编号", "内容")) == ROWS


def test_a_workbook_with_capitals_in_its_name_and_empty_rows_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["编号", "内容"], [1, "柳溪路的路灯坏了"], [None, None], [2, "水压很低"]):
        book.active.append(line)
    book.save(tmp_path / "some.xlsx")
    (tmp_path / "some.xlsx").rename(tmp_path / "SOME.XLSX")

    assert read_table(tmp_path / "SOME.XLSX", ("编号",)) == ROWS


def test_a_very_long_cell_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    file.write_text(f"id,text\n1,{'长' * 200_000}\n", encoding="utf-8")

    assert len(read_table(file, ("text",))[0]["text"]) == 200_000


def test_a_mark_that_is_not_closed_is_told_with_how_many_rows_were_read(tmp_path, capsys) -> None:
    file = tmp_path / "open.csv"
    file.write_text('id,text\n1,好\n2,"他说\n3,好\n', encoding="utf-8")

    assert len(read_table(file, ("id",))) == 2
    assert "2 rows were read" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("half.csv.gz", gzip.compress(HEADS_AND_ROWS.encode(), mtime=0)[:-9], "no whole .gz"),
        ("plain.csv.gz", HEADS_AND_ROWS.encode(), "no whole .gz"),
        ("plain.xlsx", HEADS_AND_ROWS.encode(), "Save it again"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\xff\xff", "Save it again"),
        ("empty.csv", b"", "names: nothing"),
        ("twice.csv", "内容,编号,内容\n".encode(), "twice"),
    ],
    ids=["half", "no gzip", "no workbook", "old workbook", "empty", "a name twice"],
)
def test_what_cannot_be_read_is_refused_with_the_next_step(tmp_path, name, raw, said) -> None:
    (tmp_path / name).write_bytes(raw)

    with pytest.raises(Ended, match=said):
        read_table(tmp_path / name, ("内容",))


def test_what_is_read_is_never_written_over(tmp_path, learnt) -> None:
    table, model = learnt
    before = table.read_bytes(), model.read_bytes()
    columns = ("--text", "text", "--id", "id")

    for words in (
        ("predict", table, *columns, "--model", model, "--out", table),
        ("predict", table, *columns, "--model", model, "--out", model),
        ("train", table, "--text", "text", "--label", "label", "--out", table),
        ("duplicates", table, "--out", table),
    ):
        assert "another name" in run(*words)
    assert (table.read_bytes(), model.read_bytes()) == before


def test_a_folder_or_a_place_below_a_file_is_refused_before_the_work(tmp_path, learnt) -> None:
    table, model = learnt
    words = ("predict", table, "--text", "text", "--id", "id", "--model", model, "--out")

    assert "is a folder" in run(*words, tmp_path)
    assert "another place" in run(*words, table / "out.csv")
    assert not list(tmp_path.iterdir())


def test_evaluate_takes_the_columns_that_the_model_learnt_from(tmp_path, learnt) -> None:
    table, model = learnt
    other = tmp_path / "other.csv"
    other.write_text("text,label,seg\n路灯不亮,路灯,x\n水压很低,供水,x\n", encoding="utf-8")

    assert '"judged": 70' in run("evaluate", table, "--model", model, "--json")
    assert '"judged": 2' in run("evaluate", other, "--model", model, "--json")


def test_a_row_without_a_text_gets_no_category(tmp_path, learnt) -> None:
    _table, model = learnt
    asked, out = tmp_path / "asked.csv", tmp_path / "out.csv"
    asked.write_text("id,text\n1,柳溪路的路灯不亮请派人来修\n2,\n", encoding="utf-8")

    said = run("predict", asked, "--text", "text", "--id", "id", "--model", model, "--out", out)

    first, empty = out.read_text(encoding="utf-8").splitlines()[1:]
    assert first.startswith("1,路灯,")
    assert empty == "2,,0.0000,,human"
    assert "1 rows have no text" in " ".join(said.split())


def test_a_category_with_one_message_is_left_out_by_name(tmp_path) -> None:
    table, model = tmp_path / "told.csv", tmp_path / "some.model"
    table.write_text(f"{MESSAGES}\n99,河道里有垃圾,河道\n", encoding="utf-8")

    said = run("train", table, "--text", "text", "--label", "label", "--out", model)

    assert "one message each: 河道" in " ".join(said.split())
    assert "2 categories" in " ".join(said.split())


def test_messages_that_are_all_the_same_teach_nothing_and_say_so(tmp_path) -> None:
    table = tmp_path / "told.csv"
    table.write_text("text,label\n" + "柳溪路的路灯不亮,路灯\n" * 3 + "柳溪路的路灯不亮,供水\n" * 3, "utf-8")

    done = CliRunner().invoke(
        triage, ["train", str(table), "--text", "text", "--label", "label", "--out", str(tmp_path / "m")]
    )

    assert isinstance(done.exception, NotPossible)
    assert "同一条" in str(done.exception)


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2019/4/24 16:03:40", datetime(2019, 4, 24, 16, 3, 40)),
        ("2019-02-28 11:25:05", datetime(2019, 2, 28, 11, 25, 5)),
        ("2019-02-28T11:25:05.120", datetime(2019, 2, 28, 11, 25, 5, 120_000)),
        ("2019-02-28T11:25:05Z", datetime(2019, 2, 28, 19, 25, 5)),
        ("2019-02-28 11:25:05+08:00", datetime(2019, 2, 28, 11, 25, 5)),
        ("2019年4月24日", datetime(2019, 4, 24)),
        ("2019年4月24日 16时23分", datetime(2019, 4, 24, 16, 23)),
        ("2019年4月24日下午4时23分05秒", datetime(2019, 4, 24, 16, 23, 5)),
        ("2019.04.15 16:23", datetime(2019, 4, 15, 16, 23)),
        ("20190415", datetime(2019, 4, 15)),
        ("2019/4/24 下午 4:03:40", datetime(2019, 4, 24, 16, 3, 40)),
        ("2019-13-01", None),
        ("不详", None),
        ("", None),
    ],
)
def test_moments_are_read_as_offices_write_them(stated, moment) -> None:
    assert moment_in(stated) == moment


def test_hot_leaves_out_what_has_no_time_and_says_which(tmp_path) -> None:
    table, out = tmp_path / "some.csv", tmp_path / "hot.csv"
    lines = [f"{at},柳溪路的路灯坏了,柳溪路路灯坏了半个月没人修,2026年3月{at}日" for at in range(1, 5)]
    table.write_text(
        "\n".join(["id,title,text,time", *lines, "5,柳溪路的路灯坏了,柳溪路路灯坏了没人修,不详"]),
        encoding="utf-8",
    )

    said = " ".join(run("hot", table, "--out", out).split())

    assert "1 rows without a time are left out; the first is 5, with '不详'" in said
    assert [line.split(",") for line in out.read_text(encoding="utf-8").splitlines()[1:]] == [
        [str(at), "1"] for at in range(1, 5)
    ]
