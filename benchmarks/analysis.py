"""A heavy question, county by week by kind with its change: DuckDB over Parquet, PostgreSQL over facts, and summary rows.

The same expression is asked of each: of the facts exported to Parquet (`duckdb_s`), of the facts where they lie
(`postgresql_s`, the baseline), of the rows that the worker adds up (`summary_rows_s`), and of those in Parquet. Each takes
the best of its tries. `cells_that_differ` counts figures on which any two of them disagree. `export_growth_mib` is by how
much the largest memory of the process grew while a year was exported.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from gongzhi.insight.analysis.engines import duckdb, postgres
from gongzhi.insight.analysis.exporting import export
from gongzhi.insight.analysis.expressions import expression
from gongzhi.insight.analysis.questions import Question, question_of
from gongzhi.insight.statistics.counting import count_from
from gongzhi.insight.statistics.figures import Period
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.project.simulate.loading import simulate

CASES = (20_000, 200_000)
TRIES = 3
DAYS = 364  # asked for, half of them as what is compared with the half before


def run(quick: bool) -> dict[str, object]:
    """Measure; `ratio` is the time of DuckDB over Parquet over that of PostgreSQL over the same facts."""
    cases, url, now = CASES[0 if quick else 1], os.environ["DATABASE_URL"], timezone.now()
    start = localdate(now) - timedelta(days=365)
    settings.GONGZHI_DEMO = True  # everything is thrown away
    load_regions()
    simulate("41", cases, 0, start, _silent)
    begun = time.perf_counter()
    days = count_from(start, now, lambda done, total: None)
    counting = time.perf_counter() - begun
    with tempfile.TemporaryDirectory(prefix="gongzhi-bench-") as home:
        folder, before, begun = Path(home) / "export", _memory(), time.perf_counter()
        done = export(url, folder, None, now, _silent)
        exporting, grown = time.perf_counter() - begun, _memory() - before
        size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
        asked = Period(done.period.last - timedelta(days=DAYS // 2), done.period.last)
        question = question_of("on_time", ("county", "week", "category"), asked, "41", done.period)
        found = _compare(question, folder, url, done.period)
    figures = found.pop("figures") | {
        "cases": cases,
        "rows": done.rows["facts"],
        "parquet_mib": round(size / 1024**2, 1),
        "export_s": round(exporting, 1),
        "export_rows_per_second": round(sum(done.rows.values()) / exporting),
        "export_growth_mib": round(grown, 1),
        "count_days_s": round(counting, 1),
        "days": days,
    }
    return {"figures": figures, **found}


def _compare(question: Question, folder: Path, url: str, known: Period) -> dict[str, Any]:
    with postgres.rows(url, "facts", known) as facts, postgres.rows(url, "days", known) as days:
        engines: dict[str, Callable[[], ir.Table]] = {
            "duckdb_s": lambda: duckdb.rows(folder, "facts"),
            "duckdb_summary_rows_s": lambda: duckdb.rows(folder, "days"),
            "postgresql_s": lambda: facts,
            "summary_rows_s": lambda: days,
        }
        taken: dict[str, float] = {}
        answers = []
        for name, rows in engines.items():
            taken[name], answer = _best(question, rows)
            answers.append(answer)
    first = answers[0]
    differing = {
        cell
        for other in answers[1:]
        for cell in first.keys() | other.keys()
        if first.get(cell) != other.get(cell)
    }
    rounded = {name: round(seconds, 3) for name, seconds in taken.items()}
    baseline = rounded.pop("postgresql_s")
    return {
        "figures": {**rounded, "cells": len(first), "cells_that_differ": len(differing)},
        "baseline": {"postgresql_s": baseline},
        "ratio": round(taken["duckdb_s"] / taken["postgresql_s"], 4),
    }


def _best(question: Question, rows: Callable[[], ir.Table]) -> tuple[float, dict[tuple[Any, ...], object]]:
    """Return the seconds of the fastest try, opening the engine included, and the figures by cell."""
    best, found = float("inf"), []
    for _ in range(TRIES):
        begun = time.perf_counter()
        found = expression(rows(), question).to_pyarrow().to_pylist()
        best = min(best, time.perf_counter() - begun)
    names = (*question.keys, "begins")
    return best, {
        tuple(row[name] for name in names): [
            round(row[name], 9) if row[name] is not None else None for name in ("figure", "change")
        ]
        for row in found
    }


def _memory() -> float:
    """Return the largest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words
