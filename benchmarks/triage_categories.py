"""Categories: five folds that tear no group apart; learning, calibration and bands see the training folds alone."""

import csv
import gzip
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from gongzhi.insight.triage.bands import AUTO, HUMAN
from gongzhi.insight.triage.judging import report_of
from gongzhi.insight.triage.learning import learn
from gongzhi.insight.triage.model import Model, Predicted
from gongzhi.insight.triage.same_texts import groups_of
from gongzhi.insight.triage.words import words_of
from gongzhi.project.starter_model import starter_messages

MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages" / "labelled.csv.gz"
FOLDS = 5
SEED = 20261129  # not a seed with which choices were made


@dataclass
class Material:
    """Messages with their category and group, and which of them are as people wrote them."""

    source: str
    texts: list[str]
    labels: list[str]
    groups: list[str]
    is_raw: np.ndarray


def measure(quick: bool) -> dict[str, Any]:
    """Return macro-F1, first two, bands, confidence and pace beside a plain n-gram machine of the same folds."""
    material = _material()
    folds = list(
        StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED).split(
            material.texts, material.labels, material.groups
        )
    )[: 1 if quick else FOLDS]
    said: dict[int, Predicted] = {}
    plain: dict[int, str] = {}
    seconds, paces = [], []
    for taught, asked in folds:
        begun = time.process_time()
        model = learn(*_of(material, taught))
        seconds.append(time.process_time() - begun)
        said.update(zip(asked.tolist(), model.predicted([material.texts[at] for at in asked]), strict=True))
        paces.append(_pace(model, material))
        plain.update(zip(asked.tolist(), _plain(material, taught, asked), strict=True))
    rows = sorted(said)
    figures = _report(material, said, rows)
    raw = [at for at in rows if material.is_raw[at]]
    answers = [material.labels[at] for at in rows]
    baseline = round(f1_score(answers, [plain[at] for at in rows], average="macro"), 4)
    return {
        "source": material.source,
        "folds": len(folds),
        "figures": {
            **figures,
            "raw_rows": _report(material, said, raw) if len(raw) < len(rows) else None,
            "learning_s_cpu": round(max(seconds), 1),
            "raw_messages_a_second_of_cpu": round(float(np.median(paces))),
        },
        "baseline": {
            "macro_f1": baseline,
            "what": "words by ones and twos, signs by ones to threes, linear SVM",
        },
        "ratio": round(float(figures["macro_f1"]) / baseline, 4),
        "never_learnt": None if quick else _never_learnt(material, folds[0]),
    }


def _material() -> Material:
    """Read the messages kept beside the repository for measuring; without them the fictional ones."""
    if MESSAGES.exists():
        with gzip.open(MESSAGES, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return Material(
            f"{len(rows)} labelled messages kept for measuring",
            [row["text"] or row["seg"] for row in rows],
            [row["label"] for row in rows],
            [row["group"] for row in rows],
            np.array([bool(row["text"]) for row in rows]),
        )
    told = starter_messages()
    return Material(
        f"{len(told)} fictional messages by their {len({key.split('.')[0] for _text, key in told})} widest"
        " categories: there are no messages for measuring here",
        [text for text, _key in told],
        [key.split(".")[0] for _text, key in told],
        [str(group) for group in groups_of([words_of(text) for text, _key in told])],
        np.ones(len(told), bool),
    )


def _of(material: Material, rows: Sequence[int]) -> tuple[list[str], list[str], list[str]]:
    return (
        [material.texts[at] for at in rows],
        [material.labels[at] for at in rows],
        [material.groups[at] for at in rows],
    )


def _report(material: Material, said: dict[int, Predicted], rows: list[int]) -> dict[str, Any]:
    return report_of([said[at] for at in rows], [material.labels[at] for at in rows])


def _pace(model: Model, material: Material) -> float:
    """Return how many raw messages a second of processor time reads, with one core."""
    texts = [material.texts[at] for at in np.flatnonzero(material.is_raw)]
    begun = time.process_time()
    model.predicted(texts)
    return len(texts) / (time.process_time() - begun)


def _plain(material: Material, taught: np.ndarray, asked: np.ndarray) -> list[str]:
    """Say categories as a plain machine does: n-grams of words and signs, TF-IDF, a linear SVM."""
    joined = [" ".join(words_of(text)) for text in material.texts]
    words = TfidfVectorizer(
        tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    signs = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True)
    machine = make_pipeline(make_union(words, signs), LinearSVC(random_state=SEED))
    machine.fit([joined[at] for at in taught], [material.labels[at] for at in taught])
    return [str(one) for one in machine.predict([joined[at] for at in asked])]


def _never_learnt(material: Material, fold: tuple[np.ndarray, np.ndarray]) -> dict[str, Any]:
    """Leave each category out of learning in turn and say which share of its messages comes out in each band.

    Beside it the same of messages of the other categories that were not learnt from either.
    """
    found = {}
    for left_out in sorted(set(material.labels)):
        model = learn(*_of(material, [at for at in fold[0] if material.labels[at] != left_out]))
        strangers = [at for at, label in enumerate(material.labels) if label == left_out]
        others = [at for at in fold[1] if material.labels[at] != left_out]
        found[left_out] = {
            "its_own": _bands(model, material, strangers),
            "others": _bands(model, material, others),
        }
    return found


def _bands(model: Model, material: Material, rows: list[int]) -> dict[str, float]:
    said = Counter(one.decision for one in model.predicted([material.texts[at] for at in rows]))
    return {band: round(said[band] / len(rows), 3) for band in (AUTO, HUMAN)}
