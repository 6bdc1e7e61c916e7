"""A sheet is typeset from data: what people wrote is never markup, and the same sheet is the same file."""

from datetime import UTC, datetime

import pytest
import typst

from gongzhi.kernel.documents.typeset import pdf_of

MADE = datetime(2026, 3, 18, 2, tzinfo=UTC)
TEMPLATE = """
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title)
#set text(font: "Noto Sans CJK SC", lang: "zh")
#heading(level: 1, said.title)
#said.words
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "sheet.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_words_are_data_and_no_markup(template):
    odd = '#panic("x") = 标题 $ * _ #read("/etc/passwd") \\ "'
    made = pdf_of(template, {"title": "简报", "words": odd}, made_at=MADE)
    assert made.startswith(b"%PDF-") and b"/StructTreeRoot" in made


def test_the_same_is_the_same_file(template):
    said = {"title": "简报", "words": "汤阴县"}
    assert pdf_of(template, said, made_at=MADE) == pdf_of(template, said, made_at=MADE)
    assert pdf_of(template, said, made_at=MADE) != pdf_of(template, said | {"words": "内黄县"}, made_at=MADE)


def test_a_mistake_in_a_template_is_told(tmp_path):
    path = tmp_path / "sheet.typ"
    path.write_text("#nothing-of-this-name", encoding="utf-8")
    with pytest.raises(typst.TypstError):
        pdf_of(path, {}, made_at=MADE)
