"""How sure a suggestion is, and what follows: calibrated confidence, and the bands `auto`, `suggest` and `human`."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AUTO, SUGGEST, HUMAN = "auto", "suggest", "human"
PRECISIONS: Final = {AUTO: 0.98, SUGGEST: 0.95}
FEWEST: Final = 20  # messages a band must rest on; with fewer there is no band
NEVER: Final = 2.0  # a confidence that nothing reaches
SAFE: Final = 0.5  # standard errors by which the share counted lies below the one seen
LEAST_FIRM: Final = 0.035  # share of what has the margin for `auto` that is shown to people all the same


@dataclass(frozen=True, slots=True)
class Calibration:
    """Steps from a margin to the share of messages with such a margin whose first category was right.

    ``margins`` rise, ``shares`` never fall; between two steps the line is straight.
    """

    margins: Floats
    shares: Floats

    def confidence(self, margins: Floats) -> Floats:
        """Return for each margin how often, by experience, the first category is right; 0 to 1."""
        return np.interp(margins, self.margins, self.shares)


def calibrated(margins: Floats, right: NDArray[np.bool_]) -> Calibration:
    """Fit a rising curve through margins and whether they were right (pool adjacent violators)."""
    order = np.argsort(margins, kind="stable")
    blocks: list[list[float]] = []  # sum of right ones, number, sum of margins
    for margin, is_right in zip(margins[order].tolist(), right[order].tolist(), strict=True):
        blocks.append([float(is_right), 1.0, margin])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    table = np.array(blocks)
    # One right beyond all is no certainty: each step is drawn towards one wrong and one right.
    shares = (table[:, 0] + 1.0) / (table[:, 1] + 2.0)
    return Calibration(table[:, 2] / table[:, 1], np.maximum.accumulate(shares))


def bound_for(scores: Floats, right: NDArray[np.bool_], precision: float) -> float:
    """Return the least score from which on messages are right as often as `precision` demands; NEVER if there is none.

    The share counted is `SAFE` standard errors below the one seen, so that the promise is kept
    more often than not on messages not seen; the figures reported are those of folds that no bound was chosen by.
    """
    order = np.argsort(-scores, kind="stable")
    number = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / number
    error = np.sqrt(np.maximum(share * (1 - share), 1 / number / 4) / number)
    kept = share - SAFE * error >= precision
    kept[: FEWEST - 1] = False
    return float(scores[order][np.flatnonzero(kept)[-1]]) if kept.any() else NEVER


def firm_from(firsts: Floats, margins: Floats, bound: float) -> float:
    """Return the score that a first category must have for `auto`, whatever its margin.

    A kind of matter never learnt may stand far before the second category, but hardly ever fits the first one well.
    """
    wide = firsts[margins >= bound]
    return float(np.quantile(wide, LEAST_FIRM)) if len(wide) else NEVER


def decisions(
    margins: Floats, firm: NDArray[np.bool_], strange: NDArray[np.bool_], bounds: dict[str, float]
) -> list[str]:
    """Return the band of each message: `auto` only where the first category fits well; a strange message is for a human."""
    is_auto = firm & (margins >= bounds[AUTO])
    found = np.where(is_auto, AUTO, np.where(margins >= bounds[SUGGEST], SUGGEST, HUMAN))
    return [str(one) for one in np.where(strange, HUMAN, found)]
