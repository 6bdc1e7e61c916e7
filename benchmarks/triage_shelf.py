"""One new message against the shelf: how soon its likely duplicates are known among a million, and how many copies find their original.

The million is 100,000 messages (those of `triage_duplicates`) laid down ten times under other numbers, so that each shingle
is ten times as frequent as among a million different ones: the time is that of the harder case. Copies are asked about on the shelf
of the 100,000, where the original should be among five named.
"""

import tempfile
import time
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.triage_duplicates import Mixture, mixed
from benchmarks.triage_hot import MESSAGES
from gongzhi.insight.triage.likely import likely_duplicates
from gongzhi.insight.triage.shelf import Shelf, Shelved, built, fitting, lay_down, rows_of

AT = datetime(2026, 3, 2)
TIMES = 10


def measure(quick: bool) -> dict[str, object]:
    """Return milliseconds of one core for one message (median and 95th of 100), recall by kind of copy, and seconds to build."""
    if not MESSAGES.is_dir():
        return {"missing": "no messages on this machine"}
    mixture = mixed(20_000 if quick else 100_000, 1_000 if quick else 2_000)
    kept = [at for at, made in enumerate(mixture.made) if made in ("original", "lookalike")]
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        shelved = [Shelved(at, "410526", AT, mixture.texts[at]) for at in kept]
        shelf = built(Path(folder) / "one", lambda: [shelved])
        figures: dict[str, object] = {
            "built": len(shelf),
            "build_seconds": round(time.process_time() - began, 1),
        }
        for kind in ("medium", "heavy"):
            figures[f"recall_{kind}"] = recall(shelf, mixture, kind, 300)
        holding, many = shelf.holding(), Path(folder) / "many"
        rows = np.concatenate([rows_of(shelved, holding.neighbours)] * TIMES)
        rows["id"] += np.repeat(np.arange(TIMES), len(shelf)) * len(mixture.texts)
        many.mkdir()
        lay_down(
            many,
            rows,
            *(fitting(each.astype(np.uint32) * TIMES) for each in (holding.neighbours, holding.around)),
        )
        large = Shelf(many)
        copies = [at for at, made in enumerate(mixture.made) if made in ("medium", "heavy")][:100]
        spent = [seconds_to_ask(large, mixture, at) for at in copies]
        figures |= {
            "messages": len(large),
            "median_ms": round(1000 * float(np.median(spent)), 1),
            "p95_ms": round(1000 * float(np.quantile(spent, 0.95)), 1),
            "megabytes": round(sum(path.stat().st_size for path in many.rglob("*")) / 1e6),
        }
    return figures


def recall(shelf: Shelf, mixture: Mixture, kind: str, most: int) -> float:
    """Return the share of copies of a kind whose original is among five named."""
    copies = [at for at, made in enumerate(mixture.made) if made == kind][:most]
    hits = sum(mixture.source[at] in named(shelf, mixture, at) for at in copies)
    return round(hits / len(copies), 4)


def named(shelf: Shelf, mixture: Mixture, at: int) -> list[int]:
    """Return the numbers of the messages that are named as likely duplicates of one text."""
    likely = likely_duplicates(
        mixture.texts[at],
        shelf=shelf,
        region="4105",
        since=AT,
        limit=5,
        read=lambda ids: {one: mixture.texts[one % len(mixture.texts)] for one in ids},
    )
    return [each.id for each in likely]


def seconds_to_ask(shelf: Shelf, mixture: Mixture, at: int) -> float:
    """Return how long one text takes of one core."""
    began = time.thread_time()
    named(shelf, mixture, at)
    return time.thread_time() - began
