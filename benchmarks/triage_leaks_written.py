"""Particulars in texts that somebody wrote who did not know the rules: how many are found, how many harmless texts alarm.

A passage counts as found when nine tenths of it are covered, a home when three tenths are: the estate may stay readable, the door not.
`unseen` are texts that nobody looked at while rules were changed (see the folder's README). The baseline is what everybody writes first.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.triage_leaks import plain_patterns
from gongzhi.insight.triage.leaks import leaks_in

FOLDER = Path(__file__).with_name("leaks_written")
COVERED = {"address": 0.3}
Find = Callable[[str], Iterable[tuple[int, int]]]


def measure(quick: bool = False) -> dict[str, Any]:
    """Return recall by kind and the share of harmless texts that alarm, of unseen and seen texts, beside the baseline."""
    return {
        "figures": {half: figures(half, lambda text: [leak.span for leak in leaks_in(text)]) for half in ("unseen", "seen")},
        "baseline": figures("unseen", plain_patterns),
    }  # fmt: skip


def figures(half: str, find: Find) -> dict[str, Any]:
    """Return the figures of one half by what *find* names in a text."""
    harmless = [bool(list(find(row["text"]))) for row in _rows(half, "harmless")]
    return {
        "plain": recall(_rows(half, "plain"), find),
        "disguised": recall(_rows(half, "disguised"), find),
        "harmless": len(harmless),
        "harmless_alarmed": round(sum(harmless) / len(harmless), 3),
    }


def recall(rows: list[dict[str, Any]], find: Find) -> dict[str, float]:
    """Return the share of passages found, of all and by kind, and of texts with nothing missed."""
    hits: dict[str, list[bool]] = defaultdict(list)
    whole = []
    for row in rows:
        covered = {place for span in find(row["text"]) for place in range(*span)}
        found = [
            (kind, _is_covered(row["text"], passage, covered, COVERED.get(kind, 0.9)))
            for kind, passage in row["leaks"]
        ]
        for kind, is_found in found:
            hits[kind].append(is_found)
        whole.append(all(is_found for _kind, is_found in found))
    every = [one for kind in hits.values() for one in kind]
    return {
        "all": _share(every),
        "texts_with_nothing_missed": _share(whole),
        **{kind: _share(found) for kind, found in sorted(hits.items())},
    }


def _is_covered(text: str, passage: str, covered: set[int], share: float) -> bool:
    places = [at for at in range(len(text)) if text.startswith(passage, at)]
    return any(len(covered & set(range(at, at + len(passage)))) >= share * len(passage) for at in places)


def _share(found: list[bool]) -> float:
    return round(sum(found) / len(found), 3)


def _rows(half: str, name: str) -> list[dict[str, Any]]:
    with (FOLDER / f"{half}_{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    print(json.dumps(measure(), ensure_ascii=False, indent=1))  # noqa: T201 - its output
