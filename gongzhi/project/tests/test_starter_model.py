"""The starter model knows every category of the demonstration, says how good it is, and is asked by the pages' door."""

from collections import Counter

import pytest
from typer.testing import CliRunner

from gongzhi.insight.triage.answers import current_model, suggestion_for
from gongzhi.insight.triage.starter import written
from gongzhi.project.cli.triage import classifying, triage
from gongzhi.project.starter_model import described, starter_messages

RUN = CliRunner()


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("triage") / "starter.model"
    told = RUN.invoke(triage, ["starter", "--out", str(path)])
    assert told.exit_code == 0, told.output
    return path


def test_every_category_has_several_messages_and_none_is_told_twice():
    keys = {key for _text, key in described()}
    own = Counter(key for _text, key in written())
    assert set(own) == keys
    assert min(own.values()) >= 4
    texts = [text for text, _key in starter_messages()]
    assert len(set(texts)) == len(texts)


def test_the_card_states_what_was_measured(file):
    card = RUN.invoke(triage, ["card", str(file)])
    assert '"macro_f1"' in card.output
    assert "fictional" in card.output


def test_pages_get_a_suggestion_from_the_model_of_the_installation(file, settings):
    settings.TRIAGE_MODEL = str(file)
    model = current_model()
    assert current_model() is model, "read once"
    found = suggestion_for("楼道里的电梯又把人困住了，物业电话打不通", "电梯困人", model=model)
    assert found.category == "housing.estates.lift"
    assert "电梯" in dict(found.words)
    settings.TRIAGE_SUGGESTIONS = False
    assert current_model() is None
    settings.TRIAGE_SUGGESTIONS = True
    settings.TRIAGE_MODEL = str(file.with_name("none.model"))
    assert current_model() is None


def test_a_table_is_learnt_judged_and_read(tmp_path):
    assert classifying.PREDICTED == ("id", "category", "confidence", "second", "decision")
    lines = [f"{at},{text},,{key.split('.')[0]}" for at, (text, key) in enumerate(written())]
    table, out, said = tmp_path / "some.csv", tmp_path / "some.model", tmp_path / "said.csv"
    table.write_text("row,text,seg,label\n" + "\n".join(lines), encoding="utf-8")
    asked = ["--text", "text,seg", "--label", "label"]
    told = RUN.invoke(triage, ["train", str(table), *asked, "--id", "row", "--out", str(out)])
    assert told.exit_code == 0, told.output
    read = ["predict", str(table), "--text", "text", "--id", "row", "--model", str(out), "--out", str(said)]
    told = RUN.invoke(triage, read)
    assert told.exit_code == 0, told.output
    rows = said.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "id,category,confidence,second,decision"
    assert len(rows) == len(lines) + 1
    judged = RUN.invoke(triage, ["evaluate", str(table), *asked, "--model", str(out), "--json"])
    assert '"macro_f1"' in judged.output


def test_a_table_without_the_column_is_refused_with_those_it_has(tmp_path):
    table = tmp_path / "some.csv"
    table.write_text("text,label\n路灯坏了,路灯\n", encoding="utf-8")
    asked = ["train", str(table), "--text", "words", "--label", "label", "--out", str(tmp_path / "m")]
    told = RUN.invoke(triage, asked)
    assert told.exit_code == 1
    assert "words" in str(told.exception)
