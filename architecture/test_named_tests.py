"""The tables of threats and of ASVS name tests that are there: a mechanism without its test is a promise."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
TABLES = ("SECURITY.md", "docs/handbook/security.md")


@pytest.mark.parametrize("table", TABLES)
def test_every_test_that_is_named_is_there(table):
    named = NAMED.findall((ROOT / table).read_text("utf-8"))
    assert len(named) > 15
    assert [f"{file}::{name}" for file, name in named if name not in functions_in(ROOT / file)] == []


def test_every_threat_names_its_test():
    text = (ROOT / "SECURITY.md").read_text("utf-8").partition("| threat |")[2].partition("\n\n")[0]
    rows = [line for line in text.splitlines()[2:] if line.startswith("|")]
    assert len(rows) > 30
    assert [row for row in rows if not NAMED.search(row)] == []


def functions_in(file):
    """The tests of a file; none when it is not there."""
    if not file.exists():
        return set()
    return {one.name for one in ast.parse(file.read_text("utf-8")).body if isinstance(one, ast.FunctionDef)}
