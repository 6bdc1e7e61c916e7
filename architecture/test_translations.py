"""The English catalogs agree: Django lays them over each other, so of two translations of the same words one is shown."""

import ast
import re
from ast import literal_eval
from collections import defaultdict
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
#: Words that are given a context, in Python and in templates.
IN_PYTHON: Final = re.compile(r'pgettext(?:_lazy)?\(\s*"(?P<context>[^"]+)",\s*"(?P<words>[^"]+)"')
IN_TEMPLATE: Final = re.compile(r'translate "(?P<words>[^"]+)" context "(?P<context>[^"]+)"')
CATALOGS: Final = sorted((ROOT / "gongzhi").rglob("locale/en/LC_MESSAGES/django.po"))


def entries(catalog: Path) -> list[dict[str, str]]:
    """Return what the catalog translates, each as its parts by their keyword: msgctxt, msgid, msgid_plural, msgstr."""
    found: list[dict[str, str]] = []
    part = "msgstr"
    for line in catalog.read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if not line.startswith('"'):
            last, (part, line) = part, line.split(" ", 1)
            if last.startswith("msgstr") and not part.startswith("msgstr"):
                found.append({})
        found[-1][part] = found[-1].get(part, "") + literal_eval(line)
    return [parts for parts in found if parts["msgid"]]


def test_the_same_words_have_the_same_english_in_every_catalog():
    said: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for catalog in CATALOGS:
        for parts in entries(catalog):
            english = "|".join(words for part, words in parts.items() if part.startswith("msgstr"))
            said[parts.get("msgctxt", ""), parts["msgid"]][english].append(
                str(catalog.relative_to(ROOT).parents[3])
            )

    assert len(said) > 1000, "the catalogs were read"
    torn = [f"{words}: {dict(english)}" for words, english in said.items() if len(english) > 1]
    assert torn == [], (
        "the same meaning: the better English in all; another meaning: one of them with a context"
    )


def test_a_compiled_catalog_says_what_its_source_says():
    for catalog in CATALOGS:
        with catalog.with_suffix(".mo").open("rb") as compiled:
            known = GNUTranslations(compiled)

        for parts in entries(catalog):
            context, words, plural = (parts.get(part, "") for part in ("msgctxt", "msgid", "msgid_plural"))
            if plural:
                shown = (
                    known.npgettext(context, words, plural, 1)
                    if context
                    else known.ngettext(words, plural, 1)
                )
            else:
                shown = known.pgettext(context, words) if context else known.gettext(words)
            assert shown == (parts["msgstr[0]"] if plural else parts["msgstr"]), (
                f"{catalog}: msgfmt was not run"
            )


def test_words_with_a_context_are_translated_with_it():
    known = {
        (parts["msgctxt"], parts["msgid"])
        for file in CATALOGS
        for parts in entries(file)
        if "msgctxt" in parts
    }
    used = {
        (one["context"], one["words"])
        for ending, pattern in (("py", IN_PYTHON), ("html", IN_TEMPLATE))
        for file in (ROOT / "gongzhi").rglob(f"*.{ending}")
        for one in pattern.finditer(file.read_text("utf-8"))
    }
    assert len(used) > 20
    assert used == known, (
        "a context of which no catalog knows is shown in Chinese, one nobody asks for is dead"
    )


#: What declines something a person asked for, with a sentence for them (`base.declined`).
DECLINES: Final = {"NotPossible", "NotAllowed", "Declined", "Conflict", "NeedsReason"}
#: Where people are declined something; commands speak Chinese.
PACKAGES: Final = ("base", "channels", "desks", "domains", "insight", "kernel", "web")
#: Here the sentence is chosen among the constants of the module, which have their English.
CHOSEN: Final = {"gongzhi.kernel.documents.kinds"}
Named = ast.expr | tuple[str, str]


@cache
def names_in(module: str) -> dict[str, Named]:
    """Return what a module names at its top: each name with what it is set to, or with where it comes from."""
    path = ROOT / (module.replace(".", "/") + ".py")
    tree = ast.parse((path if path.exists() else ROOT / module.replace(".", "/") / "__init__.py").read_text())
    found: dict[str, Named] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gongzhi"):
            found |= {alias.asname or alias.name: (str(node.module), alias.name) for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            found[ast.unparse(target)] = node.value
    return found


def sentence(said: Named | None, module: str) -> str:
    """Return the sentence of a refusal, written there or named elsewhere; nothing where it is put together."""
    match said:
        case ast.Constant(value=str(words)):
            return words
        case ast.Call(func=ast.Name(), args=[first, *_]):
            return sentence(first, module)
        case ast.Name(id=name):
            return sentence(names_in(module).get(name), module)
        case (str(elsewhere), str(name)):
            return sentence(names_in(elsewhere).get(name), elsewhere)
    return ""


def refusals(package: str) -> list[tuple[str, str]]:
    """Return each refusal of a package: where it stands, and its sentence."""
    found = []
    for path in sorted((ROOT / "gongzhi" / package).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name), args=[said, *_]) if name in DECLINES:
                    found.append((f"{module}:{node.lineno}", sentence(said, module)))
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_every_refusal_has_its_english(package):
    known = {parts["msgid"] for file in CATALOGS for parts in entries(file) if "msgctxt" not in parts}
    found = [one for one in refusals(package) if one[0].partition(":")[0] not in CHOSEN]

    assert found
    assert [where for where, said in found if not said] == [], (
        "no f-string: the values go beside the sentence"
    )
    assert [one for one in found if one[1] not in known] == []
