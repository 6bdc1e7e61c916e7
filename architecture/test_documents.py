"""What the documents name is there: links, files, environment variables, commands and targets of make."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer.main

from gongzhi.project import cli

ROOT = Path(__file__).resolve().parents[1]
UNSEEN = {".git", ".venv", ".gongzhi", "node_modules", "build"}
DOCUMENTS = sorted(
    path for path in ROOT.rglob("*.md") if not UNSEEN.intersection(path.relative_to(ROOT).parts)
)
FILES = sorted(
    "/" + str(path.relative_to(ROOT))
    for folder in ("gongzhi", "architecture", "journeys", "benchmarks", "docs", "tools", "deploy", "verifier")
    for path in (ROOT / folder).rglob("*.*")
)
SAID = re.compile(r"`([^`\n]+)`")
CODE = re.compile(r"[\w-][\w./-]*\.(?:py|html|yaml|css|typ)")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
VARIABLE = re.compile(r"\b(?:GONGZHI|TRIAGE|SMS|WECHAT)_[A-Z_]*[A-Z](?:_2)?\b")
FOR_DEVELOPERS = {"GONGZHI_CLOCK", "GONGZHI_DEBUG", "GONGZHI_PG"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(text: str) -> set[str]:
    """The anchors that a page of GitHub gives its headings."""
    return {re.sub(r"[^\w\- ]", "", one).strip().lower().replace(" ", "-") for one in HEADING.findall(text)}


def test_there_are_documents_to_read():
    assert len(DOCUMENTS) > 40
    assert {ROOT / "README.md", ROOT / "docs/handbook/operations.md"} <= set(DOCUMENTS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(document):
    for link in LINK.findall(document.read_text("utf-8")):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        there = (document.parent / file).resolve() if file else document
        assert there.exists(), link
        if anchor:
            assert anchor in anchors(there.read_text("utf-8")), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_file_of_code_that_is_named_is_there(document):
    named = {
        one
        for said in SAID.findall(document.read_text("utf-8"))
        for one in said.split()
        if CODE.fullmatch(one)
    }
    gone = {one for one in named if not any(file.endswith("/" + one.lstrip("./")) for file in FILES)}
    assert not gone


def variables_read() -> dict[str, set[Path]]:
    """The variables of ours that the code names, each with the modules."""
    found: dict[str, set[Path]] = {}
    for file in FILES:
        if file.startswith("/gongzhi/") and file.endswith(".py"):
            for one in re.findall(r'"([A-Z_0-9]+)"', (ROOT / file[1:]).read_text("utf-8")):
                if VARIABLE.fullmatch(one):
                    found.setdefault(one, set()).add(ROOT / file[1:])
    return found


def test_every_variable_is_explained_to_operators_and_none_that_nobody_reads():
    read = variables_read()
    serving = {one for one, modules in read.items() if any("tests" not in path.parts for path in modules)}
    assert len(serving) > 15
    explained = set(VARIABLE.findall((ROOT / "docs/handbook/operations.md").read_text("utf-8")))
    assert serving - FOR_DEVELOPERS <= explained
    for document in DOCUMENTS:
        assert set(VARIABLE.findall(document.read_text("utf-8"))) <= set(read), document


@pytest.fixture(scope="module")
def commands() -> dict[str, set[str]]:
    """Every command of the console, with the commands below it."""
    for group in cli.GROUPS:
        import_module(f"{cli.__name__}.{group}")
    root = typer.main.get_command(cli.app)
    return {key: set(getattr(one, "commands", {})) for key, one in root.commands.items()}


def commands_named(text: str) -> Iterator[tuple[str, str]]:
    """The commands in code, both words of each: `gongzhi log check`."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.S)
    for code in [*SAID.findall(text), *blocks]:
        for line in code.splitlines():
            if found := re.match(
                r"\s*(?:\S+=\S*\s+)*(?:[\w./-]*/)?gongzhi (?!gongzhi)([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", line
            ):
                yield found[1], found[2] or ""


def test_every_command_that_is_named_can_be_called(commands):
    seen = 0
    for document in DOCUMENTS:
        for first, second in commands_named(document.read_text("utf-8")):
            seen += 1
            assert first in commands, f"{name(document)}: gongzhi {first}"
            if commands[first] and second:
                assert second in commands[first], f"{name(document)}: gongzhi {first} {second}"
    assert seen > 30


def test_every_target_of_make_that_is_named_is_there():
    rules = re.findall(r"^([a-z][a-z -]*):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    targets = {target for rule in rules for target in rule.split()}
    named = {
        target
        for document in DOCUMENTS
        for said in SAID.findall(document.read_text("utf-8"))
        for target in re.findall(r"\bmake ([a-z-]+)$", said)
    }
    assert {"demo", "lock"} <= named <= targets


def test_a_document_that_names_what_is_gone_would_be_found():
    assert list(commands_named("`gongzhi gone away`, then\n```\nPORT=1 gongzhi demo\n```")) == [
        ("gone", "away"),
        ("demo", ""),
    ]
    assert anchors("## The two roles\n") == {"the-two-roles"}
    assert not any(file.endswith("/views/draft.py") for file in FILES)
