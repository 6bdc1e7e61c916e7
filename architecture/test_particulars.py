"""Who somebody is, is read in few places: by the ledger's functions, and by what reaches the person themselves."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOME = "gongzhi/kernel/people/persons.py"
#: The functions that may, with the reason. Whoever adds one says here who reads it and where the look is written down.
READERS = {
    "gongzhi/kernel/cases/personfile.py": {"open_person"},  # writes the line of the ledger first
    "gongzhi/kernel/cases/exports.py": {
        "_sheet"
    },  # of fetch_export, which writes a line for each person first
    "gongzhi/kernel/notices/sending.py": {"_send"},  # a short message to the person themselves
    "gongzhi/kernel/retention/copy.py": {
        "_particulars"
    },  # the copy that was granted to the person themselves
}
FOLDERS = ("gongzhi", "benchmarks", "tools", "deploy")
MODULES = {
    str(path.relative_to(ROOT)): path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if not {"tests", "migrations"} & set(path.parts)
}


def readers(text):
    """The functions that name `read_particulars` in any way, or open the lock for a person; "" outside of functions.

    Importing it under its own name is no call; under another name it would hide one.
    """
    found = set()

    def walk(node, where):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            where = node.name
        if names_it(node):
            found.add(where)
        for child in ast.iter_child_nodes(node):
            walk(child, where)

    walk(ast.parse(text), "")
    return found


def names_it(node):
    match node:
        case ast.Name(id="read_particulars") | ast.Attribute(attr="read_particulars"):
            return True
        case ast.Constant(value="read_particulars") | ast.keyword(arg="opened"):
            return True
        case ast.alias(name="read_particulars", asname=str()):
            return True
    return False


def test_only_the_ledger_and_what_reaches_a_person_read_who_they_are():
    found = {name: readers(path.read_text("utf-8")) for name, path in MODULES.items() if name != HOME}
    assert {name: where for name, where in found.items() if where} == READERS


@pytest.mark.parametrize(
    "text",
    [
        "from gongzhi.kernel.people.persons import read_particulars\ndef f(): return read_particulars([1])",
        "from gongzhi.kernel.people import persons\ndef f(): return persons.read_particulars([1])",
        "from gongzhi.kernel.people import persons\ndef f(): return getattr(persons, 'read_particulars')([1])",
        "def f(): return list(map(persons.read_particulars, [[1]]))",
        "def f():\n    with also(opened='{1}'): return Particulars.objects.get()",
    ],
)
def test_another_reader_would_be_found(text):
    assert readers(text) == {"f"}


def test_a_reader_under_another_name_would_be_found():
    text = "from gongzhi.kernel.people.persons import read_particulars as look\ndef f(): return look([1])"
    assert readers(text) == {""}
