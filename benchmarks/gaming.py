"""Precision and recall of the checks for gamed figures, on planted frauds of several strengths, beside fixed rules.

Four kinds are planted into fictional quarters of the shape of kernel facts: closings heaped into the last afternoon, replies copied
to matters that differ, one picture for several matters, ratings filed in the office. For each the baseline is the rule that
everybody would write first, on the same facts. A unit or group is found when half of its planted cases are named, and named
rightly when half of the named cases were planted. The stated strength of each is in `STATED`; what is weaker is reported too.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks.gaming_closings import Month, answers, five_from_office, much_at_the_end, ratings
from benchmarks.gaming_papers import CHANGES, Quarter, exactly_the_same, photos, replies, the_same_file
from gongzhi.insight.integrity.closings import closed_just_before_due
from gongzhi.insight.integrity.facts import Suspicion
from gongzhi.insight.integrity.photos import one_photo_for_many
from gongzhi.insight.integrity.ratings import ratings_from_office
from gongzhi.insight.integrity.replies import copied_replies

SEED = 20261126
#: The strength at which precision and recall are promised.
STATED = {
    "closed_just_before_due": "30 % heaped, 10 % of units",
    "ratings_from_office": "40 % from the office, 10 % of units",
    "copied_replies": "10 % of phrases rewritten",
    "one_photo_for_many": "a third to nine tenths as large",
}
SHARES = {"closed_just_before_due": (0.1, 0.2, 0.3, 0.5), "ratings_from_office": (0.1, 0.2, 0.4)}
CHEATING = (0.1, 0.25, 0.4)
REWRITTEN = (None, 0.0, 0.1, 0.2, 0.3, 0.4)


@dataclass
class Tally:
    """Planted, found among the planted, named, named rightly."""

    planted: int = 0
    found: int = 0
    named: int = 0
    right: int = 0

    def units(self, named: set[int], planted: frozenset[int]) -> None:
        """Count units."""
        self.planted, self.found = self.planted + len(planted), self.found + len(named & planted)
        self.named, self.right = self.named + len(named), self.right + len(named & planted)

    def groups(self, named: list[frozenset[int]], planted: list[frozenset[int]]) -> None:
        """Count groups of cases."""
        self.planted, self.named = self.planted + len(planted), self.named + len(named)
        self.found += sum(any(2 * len(one & group) >= len(group) for one in named) for group in planted)
        self.right += sum(any(2 * len(one & group) >= len(one) for group in planted) for one in named)

    def figures(self) -> dict[str, Any]:
        """Return precision and recall; none where nothing was named or planted."""
        return {
            "precision": round(self.right / self.named, 3) if self.named else None,
            "recall": round(self.found / self.planted, 3) if self.planted else None,
            "planted": self.planted,
            "named": self.named,
        }


Find = Callable[[Any], Iterable[Suspicion]]


def run(quick: bool) -> dict[str, object]:
    """Plant, look, count; `ratio` is the least precision times recall of ours over that of the fixed rules, as stated."""
    quarters, cheating = (4, CHEATING[:1]) if quick else (6, CHEATING)
    tables = {
        **_units(
            "closed_just_before_due", answers, closed_just_before_due, much_at_the_end, quarters, cheating
        ),
        **_units("ratings_from_office", ratings, ratings_from_office, five_from_office, quarters, cheating),
        **_copies(quick),
        **_pictures(quick),
    }
    stated = {kind: tables[kind][strength] for kind, strength in STATED.items()}
    return {
        "figures": {kind: {"strength": STATED[kind], **rows["ours"]} for kind, rows in stated.items()},
        "baseline": {kind: rows["fixed_rule"] for kind, rows in stated.items()},
        "ratio": min(_both(rows["ours"]) / max(_both(rows["fixed_rule"]), 0.01) for rows in stated.values()),
        "by_strength": tables,
        "nothing_planted": _nothing_planted(quarters),
        "replies_a_second": _pace(quick),
    }


def _both(row: dict[str, Any]) -> float:
    return float(row["precision"] or 0) * float(row["recall"] or 0)


def _units(
    kind: str,
    make: Callable[[int, float, float], Month],
    find: Find,
    rule: Callable[[Any], set[int]],
    quarters: int,
    shares_of_units: tuple[float, ...],
) -> dict[str, dict[str, Any]]:
    words = "heaped" if kind == "closed_just_before_due" else "from the office"
    table = {}
    for cheating in shares_of_units:
        for share in SHARES[kind]:
            ours, fixed = Tally(), Tally()
            for number in range(quarters):
                month = make(SEED + number, share, cheating)
                ours.units({one.unit for one in find(month.facts)}, month.cheats)
                fixed.units(rule(month.facts), month.cheats)
            table[f"{share * 100:.0f} % {words}, {cheating * 100:.0f} % of units"] = _row(ours, fixed)
    return {kind: table}


def _copies(quick: bool) -> dict[str, dict[str, Any]]:
    table = {}
    for changed in REWRITTEN:
        quarter = replies(SEED, changed, *((9, 60) if quick else (30, 80)))
        strength = "letter for letter" if changed is None else f"{changed * 100:.0f} % of phrases rewritten"
        table[strength] = _grouped(quarter, copied_replies, exactly_the_same)
    return {"copied_replies": table}


def _pictures(quick: bool) -> dict[str, dict[str, Any]]:
    table = {}
    for change in CHANGES:
        quarter = photos(SEED, change, *((6, 8) if quick else (30, 10)))
        table[change] = _grouped(quarter, one_photo_for_many, the_same_file)
    return {"one_photo_for_many": table}


def _grouped(
    quarter: Quarter, find: Find, rule: Callable[[list[Any]], list[frozenset[int]]]
) -> dict[str, Any]:
    ours, fixed = Tally(), Tally()
    ours.groups([frozenset(one.cases) for one in find(quarter.facts)], quarter.planted)
    fixed.groups(rule(quarter.facts), quarter.planted)
    return _row(ours, fixed)


def _row(ours: Tally, fixed: Tally) -> dict[str, Any]:
    return {"ours": ours.figures(), "fixed_rule": fixed.figures()}


def _nothing_planted(quarters: int) -> dict[str, int]:
    """Return how many units are named where nobody cheats."""
    months = [answers(SEED + 100 + number, 0, 0).facts for number in range(quarters)]
    rated = [ratings(SEED + 100 + number, 0, 0).facts for number in range(quarters)]
    return {
        "unit_quarters": 60 * quarters,
        "closed_just_before_due": sum(len(closed_just_before_due(facts)) for facts in months),
        "more than a fifth at the end": sum(len(much_at_the_end(facts)) for facts in months),
        "ratings_from_office": sum(len(ratings_from_office(facts)) for facts in rated),
        "five from the office": sum(len(five_from_office(facts)) for facts in rated),
    }


def _pace(quick: bool) -> dict[str, float]:
    """Return how many replies a second are compared, and with four times as many: about the same when the time is linear."""
    found = {}
    for times in (1, 4):
        told = replies(SEED, 0.1, 3, (100 if quick else 500) * times).facts
        begun = time.perf_counter()
        copied_replies(told)
        found[str(len(told))] = round(len(told) / (time.perf_counter() - begun))
    return found
