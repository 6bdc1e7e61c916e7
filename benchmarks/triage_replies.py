"""Whether a reply answers its message: told from a random reply and from the reply to the nearest other message.

The curves are learnt and measured in five folds: a pair is learnt from only when neither its message nor its reply is in the fold
it is measured in; each is read alone, and beside the other messages of the file, among which is the one that the reply was written for
(or, `left out`, is not). The baseline is the cosine of TF-IDF over single signs and pairs. Nothing is kept of the texts but the curves.
`python -m benchmarks.triage_replies learn` writes the curves that ship, `... ours` counts the pairs of our own texts.
"""

import csv
import gzip
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import SplineTransformer

from gongzhi.insight.triage.rarity import _COMMON, Rarity, runs, signs
from gongzhi.insight.triage.reply_beside import AtHand
from gongzhi.insight.triage.reply_features import FIGURES, Weighed, figures
from gongzhi.insight.triage.reply_fit import LONGEST, WEIGHTS, beside, height

HERE = Path(__file__).resolve().parents[1]
MESSAGES = HERE.parent / "shared" / "data" / "messages" / "replies.csv.gz"
SEED, FOLDS, CORNERS, SMALL_FILES = 7, 5, 5, 4
TRUE, RANDOM, NEAREST = 0, 1, 2

Numbers = npt.NDArray[Any]


def measure(quick: bool = False) -> dict[str, Any]:
    """Return areas under the curve of both tasks for whole messages and for their text alone, with the baseline and the speed."""
    if not MESSAGES.is_file():
        return {"skipped": "the texts to measure with are not there"}
    return {
        name: _measured(*_texts(with_title, 700 if quick else None))
        for name, with_title in (("title and text", True), ("text alone", False))
    }


def learn() -> None:
    """Learn from whole messages and from their text alone, in one large file and in small ones, and write the curves."""
    lots = []
    for with_title in (True, False):
        messages, replies = _texts(with_title)
        lots.append(_pairs(messages, replies))
        order = np.random.default_rng(SEED).permutation(len(messages))
        for part in np.array_split(order, SMALL_FILES):
            lots.append(_pairs([messages[one] for one in part], [replies[one] for one in part]))
    weights = _learnt([row for lot in lots for row in lot.rows])
    WEIGHTS.write_text(_as_json(weights), encoding="utf-8")


def count_ours() -> None:
    """Count the pairs of signs in the Chinese of our own pages, handbook and code, by paragraph, for where few texts are at hand."""
    paragraphs = set()
    for pattern in (
        "gongzhi/**/*.html",
        "gongzhi/**/*.py",
        "gongzhi/**/*.yaml",
        "gongzhi/**/*.csv",
        "*.zh-CN.md",
    ):
        for file in HERE.glob(pattern):
            for line in file.read_text(encoding="utf-8").splitlines():
                if len(re.findall(r"[\u4e00-\u9fff]", line)) >= 8:
                    paragraphs.add(" ".join(re.findall(r"[\u4e00-\u9fff]+", line)))
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update(runs(signs(paragraph), 2))
    kept = {run: number for run, number in sorted(counts.items()) if number >= 4}
    kept_json = json.dumps(
        {"texts": len(paragraphs), "pairs": kept}, ensure_ascii=False, separators=(",", ":")
    )
    _COMMON.write_text(kept_json + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Row:
    """A pair by the places of message and reply, why it is there, its figures, and those of the reply with other messages."""

    message: int
    reply: int
    task: int
    figures: list[float]
    others: dict[int, list[float]]

    def best_other(self, weights: dict[str, Any], left_out: int | None = None) -> float | None:
        """Return how high the reply fits the other message it fits best."""
        found = (height(one, weights) for place, one in self.others.items() if place != left_out)
        return max(found, default=None)


class Pairs:
    """Pairs of message and reply with their figures: true ones, random ones, and those of the nearest other message."""

    def __init__(self, rows: list[Row]) -> None:
        """Keep the rows, and their columns of equal length."""
        self.rows = rows
        self.message, self.reply, self.task = (
            np.array([getattr(row, name) for row in rows]) for name in ("message", "reply", "task")
        )
        self.true = (self.task == TRUE).astype(int)


def rows_of(most: int | None = None) -> list[dict[str, str]]:
    """Return the messages with their replies, the first so many or all."""
    with gzip.open(MESSAGES, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[:most]


def _texts(with_title: bool, most: int | None = None) -> tuple[list[str], list[str]]:
    rows = rows_of(most)
    messages = [f"{row['topic']} {row['detail']}" if with_title else row["detail"] for row in rows]
    return [one[:LONGEST] for one in messages], [row["reply"][:LONGEST] for row in rows]


def _pairs(messages: list[str], replies: list[str]) -> Pairs:
    number = len(messages)
    own = np.arange(number)
    random = (own + np.random.default_rng(SEED).integers(1, number, number)) % number
    replied = np.concatenate([own, random, nearest(messages)])
    message, task = np.tile(own, 3), np.repeat([TRUE, RANDOM, NEAREST], number)
    rarity = Rarity(messages + replies)
    asked, answered = ([Weighed(one, rarity) for one in texts] for texts in (messages, replies))
    at_hand = AtHand(messages, rarity)

    @cache
    def of_pair(one: int, other: int) -> list[float]:
        return figures(asked[one], answered[other])

    rows = []
    for one, other, why in zip(message.tolist(), replied.tolist(), task.tolist(), strict=True):
        like = at_hand.like(answered[other], asked[one])
        rows.append(
            Row(one, other, why, of_pair(one, other), {place: of_pair(place, other) for place in like})
        )
    return Pairs(rows)


def nearest(messages: list[str]) -> Numbers:
    """Return for each message the place of the other one that is nearest by TF-IDF of pairs and triples of signs."""
    rows = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True).fit_transform(messages)
    alike = (rows @ rows.T).toarray()
    np.fill_diagonal(alike, -1)
    return np.asarray(alike.argmax(axis=1))


def _measured(messages: list[str], replies: list[str]) -> dict[str, Any]:
    began = time.perf_counter()
    pairs = _pairs(messages, replies)
    taken = time.perf_counter() - began
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(messages))
    scores = {way: np.zeros(len(pairs.rows)) for way in ("", "_alone", "_left_out")}
    for one in range(FOLDS):
        apart = (fold[pairs.message] != one) & (fold[pairs.reply] != one)
        weights = _learnt([pairs.rows[place] for place in np.flatnonzero(apart)])
        for place in np.flatnonzero(fold[pairs.message] == one):
            row = pairs.rows[place]
            own = scores["_alone"][place] = height(row.figures, weights)
            for way, left_out in (("", None), ("_left_out", row.reply)):
                scores[way][place] = beside(own, row.best_other(weights, left_out), weights)
    found = {"pairs": len(messages), "ms_a_pair": round(1000 * taken / len(pairs.rows), 1)}
    baseline = _baseline(messages, replies, pairs)
    for name, task in (("random", RANDOM), ("nearest", NEAREST)):
        found |= {f"auc_{name}{way}": _area(scored, pairs, task) for way, scored in scores.items()}
        found[f"auc_{name}_baseline"] = _area(baseline, pairs, task)
    return found


def _baseline(messages: list[str], replies: list[str], pairs: Pairs) -> Numbers:
    counted = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True).fit(messages + replies)
    ours, theirs = counted.transform(messages), counted.transform(replies)
    return np.asarray(ours[pairs.message].multiply(theirs[pairs.reply]).sum(axis=1)).ravel()


def _area(scores: Numbers, pairs: Pairs, task: int) -> float:
    asked = (pairs.task == TRUE) | (pairs.task == task)
    return round(float(roc_auc_score(pairs.true[asked], scores[asked])), 4)


def _learnt(rows: list[Row]) -> dict[str, Any]:
    """Learn the curves, then what it says when the reply fits another message: half with its own message at hand, half without."""
    true = np.array([row.task == TRUE for row in rows])
    weights = curves_of(np.array([row.figures for row in rows]), true)
    heights = [
        (height(row.figures, weights), other, right)
        for row, right in zip(rows, true, strict=True)
        for left_out in (None, row.reply)
        if (other := row.best_other(weights, left_out)) is not None
    ]
    both = np.array(heights)
    model = LogisticRegression().fit(both[:, :2], both[:, 2])
    own, other = (round(float(one), 4) for one in model.coef_[0])
    return weights | {"beside": {"base": round(float(model.intercept_[0]), 4), "own": own, "other": other}}


def curves_of(figured: Numbers, true: Numbers) -> dict[str, Any]:
    """Learn a curve with a few corners for each figure, all together, by logistic regression."""
    corners = [np.unique(np.quantile(column, np.linspace(0, 1, CORNERS))) for column in figured.T]
    corners = [each if len(each) > 1 else np.array([0.0, 1.0]) for each in corners]
    wide = [
        SplineTransformer(degree=1, knots=each[:, None]).fit_transform(column[:, None])
        for each, column in zip(corners, figured.T, strict=True)
    ]
    model = LogisticRegression(C=1.0, max_iter=5000).fit(np.hstack(wide), true)
    heights = iter(model.coef_[0])
    curves = {
        name: [[round(float(at), 4), round(float(next(heights)), 4)] for at in each]
        for name, each in zip(FIGURES, corners, strict=True)
    }
    return {"base": round(float(model.intercept_[0]), 4), "curves": curves}


def _as_json(weights: dict[str, Any]) -> str:
    lines = [f'  "{name}": {json.dumps(curve)}' for name, curve in weights["curves"].items()]
    rest = json.dumps({"base": weights["base"], "beside": weights["beside"]})
    return rest.removesuffix("}") + ', "curves": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["learn"]:
        learn()
    elif sys.argv[1:] == ["ours"]:
        count_ours()
    else:
        print(json.dumps(measure("quick" in sys.argv), indent=1))  # noqa: T201 - its output
