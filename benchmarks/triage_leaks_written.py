"""Particulars in texts that somebody wrote who did not know the rules: how many are found, how many harmless texts alarm.

A passage counts as found when nine tenths of it are covered, a home when its last three signs are: the estate may stay readable, the door not.
`unseen` are texts that nobody looked at while rules were changed; `drawn` has names as frequent as in life (see the folder's README). The baseline is
what everybody writes first.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.triage_leaks import plain_patterns
from gongzhi.insight.triage.leaks import leaks_in

FOLDER = Path(__file__).with_name("leaks_written")
COVERED = 0.9
DOOR = 3
#: The sets of texts, and how the texts of each are written.
PARTS = {
    "unseen": ("plain", "disguised"),
    "seen": ("plain", "disguised"),
    "drawn": ("plain",),
    "later": ("plain",),
}
Find = Callable[[str], Iterable[tuple[int, int]]]


def measure(quick: bool = False) -> dict[str, Any]:
    """Return recall by kind and the share of harmless texts that alarm, of each set of texts, beside the baseline."""
    return {
        "figures": {
            part: figures(part, lambda text: [leak.span for leak in leaks_in(text)]) for part in PARTS
        },
        "baseline": figures("unseen", plain_patterns),
    }


def figures(part: str, find: Find) -> dict[str, Any]:
    """Return the figures of one set of texts by what *find* names in a text."""
    harmless = [bool(list(find(row["text"]))) for row in _rows(part, "harmless")]
    return {
        **{kind: recall(_rows(part, kind), find) for kind in PARTS[part]},
        "harmless": len(harmless),
        "harmless_alarmed": round(sum(harmless) / len(harmless), 3),
    }


def recall(rows: list[dict[str, Any]], find: Find) -> dict[str, float]:
    """Return the share of passages found, of all and by kind, and of texts with nothing missed."""
    hits: dict[str, list[bool]] = defaultdict(list)
    whole = []
    for row in rows:
        covered = {place for span in find(row["text"]) for place in range(*span)}
        found = [(kind, _is_covered(row["text"], passage, covered, kind)) for kind, passage in row["leaks"]]
        for kind, is_found in found:
            hits[kind].append(is_found)
        whole.append(all(is_found for _kind, is_found in found))
    every = [one for kind in hits.values() for one in kind]
    return {
        "all": _share(every),
        "texts_with_nothing_missed": _share(whole),
        **{kind: _share(found) for kind, found in sorted(hits.items())},
    }


def _is_covered(text: str, passage: str, covered: set[int], kind: str) -> bool:
    places = [range(at, at + len(passage)) for at in range(len(text)) if text.startswith(passage, at)]
    if kind == "address":
        return any(covered.issuperset(place[-DOOR:]) for place in places)
    return any(len(covered.intersection(place)) >= COVERED * len(passage) for place in places)


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 3)


def _rows(part: str, name: str) -> list[dict[str, Any]]:
    with (FOLDER / f"{part}_{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=1))  # noqa: T201 - its output
