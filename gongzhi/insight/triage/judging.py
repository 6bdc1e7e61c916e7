"""How good predictions are: the shares right, what each band reaches, how honest the confidence is."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from gongzhi.insight.triage.bands import AUTO, HUMAN, PRECISIONS, SUGGEST, bound_for, firm_from
from gongzhi.insight.triage.model import Predicted, Scored

BINS: Final = 10
HALVES_SEED: Final = 5


def figures_of(
    unseen: Scored, answers: NDArray[np.int64], groups: NDArray[np.int64], categories: Sequence[str]
) -> dict[str, Any]:
    """Return figures of messages scored unseen; the bands are fitted to one half of the groups and judged on the other."""
    order = unseen.order
    right = order[:, 0] == answers
    by_category = f1_by_category(answers, order[:, 0], len(categories))
    halves = np.random.default_rng(HALVES_SEED).integers(0, 2, int(groups.max()) + 1)[groups].astype(bool)
    routed: dict[str, list[NDArray[np.bool_]]] = {AUTO: [], SUGGEST: []}
    for half in (halves, ~halves):
        for band, found in routed.items():
            bound = bound_for(unseen.margins[~half], right[~half], PRECISIONS[band])
            firm = firm_from(unseen.firsts[~half], unseen.margins[~half], bound) if band == AUTO else -np.inf
            found.append(half & (unseen.margins >= bound) & (unseen.firsts >= firm))
    reached = {band: found[0] | found[1] for band, found in routed.items()}
    return {
        "macro_f1": round(float(by_category.mean()), 4),
        "accuracy": round(float(right.mean()), 4),
        "top_two": round(float((order[:, :2] == answers[:, None]).any(axis=1).mean()), 4),
        **{band: reach_of(chosen, right) for band, chosen in reached.items()},
        "f1_by_category": {
            name: round(float(one), 3) for name, one in zip(categories, by_category, strict=True)
        },
    }


def f1_by_category(answers: NDArray[np.int64], said: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Return the F1 of each category; 0 where it was never met and never said."""
    hits = np.bincount(answers[answers == said], minlength=number)
    both = np.bincount(answers, minlength=number) + np.bincount(said, minlength=number)
    shares: NDArray[np.float64] = 2 * hits / np.maximum(both, 1)
    return shares


def reach_of(chosen: NDArray[np.bool_], right: NDArray[np.bool_]) -> dict[str, float | None]:
    """Return how many messages a band takes, and how many of these were right."""
    share = float(right[chosen].mean()) if chosen.any() else None
    return {
        "share": round(float(chosen.mean()), 4) if len(chosen) else 0.0,
        "precision": None if share is None else round(share, 4),
    }


def reachable(confidence: NDArray[np.float64], right: NDArray[np.bool_], precision: float) -> float:
    """Return the greatest share of messages that some threshold of confidence takes while `precision` of these are right."""
    order = np.argsort(-confidence, kind="stable")
    number = np.arange(1, len(order) + 1)
    is_cut = np.diff(confidence[order], append=-1.0) != 0  # equals are taken together
    kept = np.flatnonzero(is_cut & (np.cumsum(right[order]) >= precision * number))
    return float(number[kept[-1]] / len(order)) if len(kept) else 0.0


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return by how much confidence and share right differ on average, in tenths of the messages of rising confidence."""
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    wrong_by = [abs(float(confidence[part].mean()) - float(right[part].mean())) * len(part) for part in parts]
    return sum(wrong_by) / max(len(order), 1)


def report_of(said: Sequence[Predicted], answers: Sequence[str]) -> dict[str, Any]:
    """Return figures of predictions beside the true categories; a category never learnt counts as missed."""
    names = sorted({*answers, *(one.category for one in said)})
    number = {name: at for at, name in enumerate(names)}
    first = np.array([number[one.category] for one in said], np.int64)
    true = np.array([number[answer] for answer in answers], np.int64)
    right = first == true
    second = np.array([one.second == answer for one, answer in zip(said, answers, strict=True)], bool)
    bands = np.array([one.decision for one in said])
    confidence = np.array([one.confidence for one in said])
    met = np.bincount(true, minlength=len(names)) > 0
    by_category = f1_by_category(true, first, len(names))
    return {
        "macro_f1": round(float(by_category[met].mean()), 4) if met.any() else None,
        "accuracy": round(float(right.mean()), 4) if len(right) else None,
        "top_two": round(float((right | second).mean()), 4) if len(right) else None,
        "calibration_error": round(calibration_error(confidence, right), 4),
        AUTO: reach_of(bands == AUTO, right),
        SUGGEST: reach_of((bands == AUTO) | (bands == SUGGEST), right),
        HUMAN: reach_of(bands == HUMAN, right),
        "reachable": {
            band: round(reachable(confidence, right, share), 4) for band, share in PRECISIONS.items()
        },
        "f1_by_category": {name: round(float(one), 3) for name, one in zip(names, by_category, strict=True)},
    }
