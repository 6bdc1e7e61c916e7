"""Duplicates among 100,000 messages: recall on edited copies, precision against messages that only look alike, and time.

Originals are real messages of 60 signs or more; each copy is made by `triage_edits`; the rest are composed lookalikes, which say
the same about another road, estate or number. A found pair is right when both are about the same. Originals whose cosine by
runs of four signs is 0.3 are taken to be one matter written twice; a pair of two other originals is left out, as nobody has judged
it, while a copy linked to another original counts as wrong, although some of those are one matter too. The baseline is that cosine:
it compares copies with all texts, at the lowest bound where 97 % of what it finds is right, or else the highest tried.
"""

import csv
import gzip
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from benchmarks.triage_edits import heavy, long_enough, lookalikes, medium
from benchmarks.triage_hot import MESSAGES
from gongzhi.insight.triage.duplicates import duplicates

SEED = 20_261
RIGHT = 0.97
TWINS = 0.3
Found = Sequence[tuple[int, int, float]]


@dataclass
class Mixture:
    """Texts in random order with what each is about and how it was made: original, medium, heavy or lookalike; `source` of copies."""

    texts: list[str]
    about: list[tuple[object, ...]]
    made: list[str]
    source: dict[int, int]


def measure(quick: bool) -> dict[str, object]:
    """Return recall by kind of copy, precision, seconds of one core, and the baseline in the same run."""
    if not MESSAGES.is_dir():
        return {"missing": "no messages on this machine"}
    mixture = mixed(20_000 if quick else 100_000, 1_000 if quick else 2_000)
    began = time.process_time()
    found = [(pair.first, pair.second, pair.share) for pair in duplicates(mixture.texts)]
    seconds = time.process_time() - began
    figures = judged(mixture, found)
    return {
        "messages": len(mixture.texts),
        "seconds": round(seconds, 1),
        **figures,
        "baseline": baseline(mixture),
    }


def mixed(count: int, copies: int) -> Mixture:
    """Return *count* texts with *copies* of each kind among them."""
    chance = random.Random(SEED)
    originals = read_originals()
    matter = matters(originals)
    rows = [(text, ("original", matter[at]), "original") for at, text in enumerate(originals)]
    sources: dict[int, int] = {}
    for made, edit in (("medium", medium), ("heavy", heavy)):
        chosen = chance.sample(range(len(originals)), min(copies, len(originals)))
        sources |= {len(rows) + number: at for number, at in enumerate(chosen)}
        rows += [(edit(originals[at], chance), ("original", matter[at]), made) for at in chosen]
    rows += [
        (text, ("lookalike", *what), "lookalike")
        for text, what in lookalikes(max(count - len(rows), 0), chance)
    ]
    order = list(range(len(rows)))
    chance.shuffle(order)
    place = {row: at for at, row in enumerate(order)}
    return Mixture(
        [rows[row][0] for row in order],
        [rows[row][1] for row in order],
        [rows[row][2] for row in order],
        {place[copy]: place[source] for copy, source in sources.items()},
    )


def matters(originals: Sequence[str]) -> list[int]:
    """Return a number for what each original is about: the same for those of a cosine of `TWINS`, which are one matter written twice."""
    rows = run_weights(originals)
    links = rows @ rows.T
    links.data[links.data < TWINS] = 0
    links.eliminate_zeros()
    _, matter = connected_components(links, directed=False)
    return [int(each) for each in matter]


def run_weights(texts: Sequence[str]) -> csr_matrix:
    """Return hashed TF-IDF over runs of four signs, rows of length 1."""
    hashed = HashingVectorizer(analyzer="char", ngram_range=(4, 4), n_features=1 << 20, alternate_sign=False)
    return (
        TfidfTransformer(sublinear_tf=True).fit_transform(hashed.transform(texts)).tocsr().astype(np.float32)
    )


def judged(mixture: Mixture, found: Found) -> dict[str, float]:
    """Return recall of medium and heavy copies with their originals, and precision of all that was found."""
    pairs = {(first, second) for first, second, _ in found}
    figures = {}
    for kind in ("medium", "heavy"):
        copies = [at for at, made in enumerate(mixture.made) if made == kind]
        hits = sum(tuple(sorted((at, mixture.source[at]))) in pairs for at in copies)
        figures[f"recall_{kind}"] = round(hits / len(copies), 4)
    counted = [pair for pair in pairs if {mixture.made[pair[0]], mixture.made[pair[1]]} != {"original"}]
    right = sum(mixture.about[first] == mixture.about[second] for first, second in counted)
    figures["precision"] = round(right / max(len(counted), 1), 4)
    return figures


def baseline(mixture: Mixture) -> dict[str, float]:
    """Measure the cosine of hashed TF-IDF over runs of four signs; only copies are compared with all texts."""
    began = time.process_time()
    hashed = HashingVectorizer(analyzer="char", ngram_range=(4, 4), n_features=1 << 20, alternate_sign=False)
    rows = (
        TfidfTransformer(sublinear_tf=True)
        .fit_transform(hashed.transform(mixture.texts))
        .tocsr()
        .astype(np.float32)
    )
    copies = [at for at, made in enumerate(mixture.made) if made in ("medium", "heavy")]
    found: list[tuple[int, int, float]] = []
    for at in range(0, len(copies), 250):
        block = copies[at : at + 250]
        alike = (rows[block] @ rows.T).tocoo()
        strong = alike.data > 0.08
        ends = zip(
            alike.row[strong].tolist(), alike.col[strong].tolist(), alike.data[strong].tolist(), strict=True
        )
        found += [
            (min(block[one], other), max(block[one], other), much)
            for one, other, much in ends
            if block[one] != other
        ]
    seconds = time.process_time() - began
    for bound in np.arange(0.08, 0.6, 0.02):
        figures = judged(mixture, [pair for pair in found if pair[2] >= bound])
        if figures["precision"] >= RIGHT:
            break
    return {**figures, "bound": round(float(bound), 2), "seconds": round(seconds, 1)}


def read_originals() -> list[str]:
    """Return real messages that are long enough, each once."""
    with gzip.open(MESSAGES / "messages_4326.csv.gz", "rt", encoding="utf-8-sig", newline="") as text:
        one = [f"{row['topic']}。{row['detail'].strip()}" for row in csv.DictReader(text)]
    with gzip.open(MESSAGES / "labelled.csv.gz", "rt", encoding="utf-8-sig", newline="") as text:
        other = [row["text"] for row in csv.DictReader(text)]
    return long_enough(list(dict.fromkeys(one + other)))
