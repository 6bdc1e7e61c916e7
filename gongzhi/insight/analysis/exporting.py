"""Take the tables of heavy questions to a folder of Parquet files by year and city: all of one moment, or nothing."""

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.insight.analysis.exported import FORMAT, MANIFEST, digest_of, is_export
from gongzhi.insight.analysis.partitions import Partitions, blocks_of, sums_of
from gongzhi.insight.analysis.tables import COLUMNS, TABLES, values_of
from gongzhi.insight.statistics.figures import Period
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.people.actor import SYSTEM

Tell = Callable[[int, int, str], None]
Link = psycopg.Connection[tuple[Any, ...]]
Sums = Counter[tuple[date, str]]

AT_ONCE: Final = 7  # days asked for in one statement
_FIRST: Final = "SELECT at FROM cases_step ORDER BY id LIMIT 1"
#: What codes and keys mean, for whoever reads figures: names of places and kinds, which are public.
_NAMES: Final = {
    "places": "SELECT code, name FROM organisations_region WHERE length(code) <= 6 ORDER BY code",
    "categories": "SELECT key, label FROM organisations_mattercategory WHERE level = 1 ORDER BY key",
}


@dataclass(frozen=True)
class Exported:
    """What was written: days, rows by table, days whose counts say otherwise than the facts, a digest of the manifest."""

    period: Period
    rows: dict[str, int]
    to_count_anew: tuple[date, ...]
    sha256: str


def export(url: str, folder: Path, period: Period | None, now: datetime, tell: Tell) -> Exported:
    """Write the tables of *period* (all until yesterday unless given) to *folder*, there when all of it is written.

    *url* is the database as its owner reaches it. The folder may be an earlier export, which is then replaced. It is
    written to the audit record. Raises NotPossible when something else is in the folder, or nothing has happened yet.
    """
    _refuse_others(folder)
    with _beside(folder) as unfinished, _snapshot(url) as link:
        chosen = period or _until_yesterday(link, now)
        sums = {name: _write(link, name, chosen, unfinished / name, tell) for name in TABLES}
        manifest = _describe(link, unfinished, chosen, now)
        done = Exported(
            chosen,
            {name: sum(one["rows"] for one in manifest["files"] if one["table"] == name) for name in TABLES},
            tuple(
                sorted(
                    {day for day, _name in (sums["facts"] - sums["days"]) + (sums["days"] - sums["facts"])}
                )
            ),
            digest_of(unfinished / MANIFEST),
        )
        with transaction.atomic():
            _record(done, now)
        _put(unfinished, folder)
    return done


def _refuse_others(folder: Path) -> None:
    if folder.exists() and not is_export(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise NotPossible(
            gettext_noop("「%(folder)s」不是以前导出的数据，没有覆盖。请另选一个文件夹。"), folder=str(folder)
        )


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside the one to be written, gone when something fails; only its owner reads it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.unfinished-", dir=folder.parent))
    try:
        yield unfinished
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def _snapshot(url: str) -> Iterator[Link]:
    """Yield a link that sees one moment, changes nothing, and fails where the second lock would leave rows out."""
    with psycopg.connect(url) as link:
        link.isolation_level, link.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        link.execute("SET LOCAL row_security = off")
        yield link


def _until_yesterday(link: Link, now: datetime) -> Period:
    first, yesterday = link.execute(_FIRST).fetchone(), localdate(now) - timedelta(days=1)
    if first is None or localdate(first[0]) > yesterday:
        raise NotPossible(gettext_noop("到昨天为止还没有事项，没有可以导出的数据。"))
    return Period(localdate(first[0]), yesterday)


def _write(link: Link, name: str, period: Period, folder: Path, tell: Tell) -> Sums:
    """Write a table, a year after the other; return the sum of each count on each day."""
    sums, days = Counter[tuple[date, str]](), len(period.days)
    for year in range(period.first.year, period.last.year + 1):
        with Partitions(folder / f"year={year}") as partitions:
            for first, last in _parts(period, year):
                tell((first - period.first).days, days, name)
                for rows in blocks_of(link, TABLES[name], values_of(first, last)):
                    partitions.add(rows)
                    sums.update(sums_of(rows))
    tell(days, days, name)
    return sums


def _parts(period: Period, year: int) -> Iterator[tuple[date, date]]:
    """Yield the days of a period that lie in a year, some at once."""
    first, end = max(period.first, date(year, 1, 1)), min(period.last, date(year, 12, 31))
    while first <= end:
        last = min(first + timedelta(days=AT_ONCE - 1), end)
        yield first, last
        first = last + timedelta(days=1)


def _describe(link: Link, folder: Path, period: Period, now: datetime) -> dict[str, Any]:
    """Write what the folder holds into its manifest, and return it."""
    files = [
        {
            "path": str(path.relative_to(folder)),
            "table": path.relative_to(folder).parts[0],
            "rows": Partitions.rows_in(path),
            "sha256": digest_of(path),
        }
        for path in sorted(folder.rglob("*.parquet"))
    ]
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "columns": COLUMNS,
        "files": files,
        **{name: dict(link.execute(statement).fetchall()) for name, statement in _NAMES.items()},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def _record(done: Exported, now: datetime) -> None:
    record(
        actor=SYSTEM,
        action="statistics.exported",
        now=now,
        purpose="统计分析",
        details={
            "first": done.period.first.isoformat(),
            "last": done.period.last.isoformat(),
            "rows": done.rows,
            "sha256": done.sha256,
        },
    )


def _put(unfinished: Path, folder: Path) -> None:
    """Let the finished folder take its name; an earlier export stays until it has."""
    if not folder.exists():
        os.rename(unfinished, folder)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f".{folder.name}.earlier-", dir=folder.parent))
    os.rename(folder, earlier)
    os.rename(unfinished, folder)
    shutil.rmtree(earlier)
