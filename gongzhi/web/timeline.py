"""The lines of `web/parts/timeline.html` as a case has taken its steps."""

from collections.abc import Iterable
from typing import Any

from gongzhi.kernel.cases.reading import Told


def timeline(told: Iterable[Told]) -> list[dict[str, Any]]:
    """Return one line for each step: the words for it, when, which unit, and what was said where it may be read."""
    return [
        {"title": one.words, "at": one.step.at, "who": " → ".join(map(str, one.units)), "quote": one.said}
        for one in told
    ]
