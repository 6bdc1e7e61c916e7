"""How well messages are read: categories and what else triage suggests, each beside a baseline in the same run."""

from importlib import import_module
from typing import Any

PARTS = (
    "categories",
    "duplicates",
    "shelf",
    "hot",
    "gathering",
    "places",
    "replies",
    "checklist",
    "leaks",
    "leaks_written",
)


def run(quick: bool) -> dict[str, object]:
    """Measure each part; `ratio` is that of the first with one."""
    parts: dict[str, dict[str, Any]] = {
        name: import_module(f"benchmarks.triage_{name}").measure(quick) for name in PARTS
    }
    ratios = [part["ratio"] for part in parts.values() if part.get("ratio") is not None]
    return {
        "figures": {name: part.get("figures", part) for name, part in parts.items()},
        "baseline": {name: part.get("baseline") for name, part in parts.items()},
        "ratio": ratios[0] if ratios else None,
    }
