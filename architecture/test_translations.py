"""The English catalogs agree: Django lays them over each other, so of two translations of the same words one is shown."""

import re
from ast import literal_eval
from collections import defaultdict
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

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
