"""Loads a simulated year with COPY, a slice a transaction, several at once; begun again it goes on where it was."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import connection, connections, transaction

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.loading import load_categories
from gongzhi.project.simulate.drawing import Rhythm, Year, draw, rhythm_of
from gongzhi.project.simulate.indexes import build_left_over, without_other_indexes
from gongzhi.project.simulate.packing import HEADER, TRAILER
from gongzhi.project.simulate.people import (
    PARTICULARS,
    PEOPLE,
    PERSON,
    first_persons,
    particulars_rows,
    person_rows,
)
from gongzhi.project.simulate.rows import TABLES, Book
from gongzhi.project.simulate.world import World, make_world

Progress = Callable[[int, int, str], None]

#: Numbers of simulated matters begin here, a thousand million for each seed: no real one comes so far.
NUMBERS: Final = 10**9
PEOPLE_AT_ONCE: Final = 10_000
#: What a trigger does for cases that come one by one; triggers sleep while a slice is loaded.
#: The same words come again and again, so each is taken apart once a slice.
_WORDS: Final = """
WITH new AS MATERIALIZED (
    SELECT id, region_code, opened_at, title, cases_week(opened_at) AS week FROM cases_case WHERE id = ANY (%s)
), split AS MATERIALIZED (
    SELECT title, week, cases_pairs(title, week) AS pairs FROM (SELECT DISTINCT title, week FROM new) AS said
)
INSERT INTO cases_titlewords (case_id, region_code, opened_at, pairs)
SELECT id, region_code, opened_at, pairs FROM new JOIN split USING (title, week)
"""
_PUBLISHED: Final = """
WITH new AS MATERIALIZED (
    SELECT c.id, left(c.region_code, 9) AS place, c.category_id, r.replied_at, c.title, r.text, cases_week(r.replied_at) AS week
    FROM hotline_request r JOIN cases_case c ON c.id = r.case_id
    WHERE c.id = ANY (%s) AND c.public AND NOT c.sealed AND r.replied_at IS NOT NULL AND r.cleared_at IS NOT NULL
), split AS MATERIALIZED (
    SELECT title, text, week, hotline_pairs(title, text, week) AS pairs
    FROM (SELECT DISTINCT title, text, week FROM new) AS said
)
INSERT INTO hotline_publishedwords (case_id, region_code, category_id, replied_at, pairs)
SELECT id, place, category_id, replied_at, pairs FROM new JOIN split USING (title, text, week)
"""

BESIDE: Final = ("cases_titlewords", "hotline_publishedwords", "people_person", "people_particulars")


@dataclass(frozen=True)
class Size:
    """How much is simulated, where: one matter a year for each ten residents."""

    area: str
    cases: int


SIZES: Final = {
    "village": Size("410523100", 1_000),
    "county": Size("410523", 50_000),
    "city": Size("4105", 550_000),
    "province": Size("41", 10_000_000),
}


@dataclass(frozen=True)
class Job:
    """What every thread needs to make its part."""

    world: World
    year: Year
    rhythm: Rhythm
    persons: npt.NDArray[np.int64]
    first_number: int


@dataclass(frozen=True)
class Loaded:
    """What was loaded anew, and in how many seconds: people, matters, and then indexes and statistics."""

    cases: int
    persons: int
    people_seconds: float
    case_seconds: float
    rest_seconds: float


def simulate(area: str, cases: int, seed: int, start: date, progress: Progress) -> Loaded:
    """Load a year of an area. Everything is fictional and marked; the same seed gives the same rows.

    Raises NotPossible where people are served: in a database with matters that are not simulated, unless it is a
    demonstration.
    """
    if not settings.GONGZHI_DEMO and _real_cases():
        raise NotPossible("这里有真实事项，不能加入模拟数据。请用空的数据库和另一个 GONGZHI_HOME。")
    load_categories(Path(str(files("gongzhi.project.demo"))) / "data" / "categories.yaml")
    world = make_world(area, start, lambda words: progress(0, cases, words))
    year = Year(start, cases, seed)
    job = Job(
        world,
        year,
        rhythm_of(year, tuple(world.cities)),
        first_persons(world, year.persons, PEOPLE * (seed + 1)),
        NUMBERS * (seed + 1),
    )
    began = time.perf_counter()
    with _making_room(cases):
        people, made, people_seconds, case_seconds = _both(job, progress)
    progress(cases, cases, "统计信息")
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join((*TABLES, *BESIDE))}")
    began = began + people_seconds + case_seconds
    return Loaded(made, people, people_seconds, case_seconds, time.perf_counter() - began)


@contextmanager
def _making_room(cases: int) -> Iterator[None]:
    """Load without indexes where more comes than is there: building them all again is then the lesser work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM (SELECT FROM cases_case LIMIT %s) AS few", [cases])
        ((there,),) = cursor.fetchall()
    if there < cases:
        with without_other_indexes([*TABLES, *BESIDE], _build):
            yield
    else:
        build_left_over(_build)
        yield


def _both(job: Job, progress: Progress) -> tuple[int, int, float, float]:
    """Load people, then matters; return how many of each and the seconds they took."""
    year, began = job.year, time.perf_counter()
    people = _load(job, _people, _people_waiting(job), lambda done: progress(done, year.persons, "人员"))
    settled = time.perf_counter()
    made = _load(job, _slice, _slices_waiting(job), lambda done: progress(done, year.cases, "事项"))
    return people, made, settled - began, time.perf_counter() - settled


def _build(definitions: list[str]) -> None:
    """Build indexes, one on each core."""
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        list(threads.map(_build_one, definitions))


def _build_one(definition: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(definition)
    finally:
        connections.close_all()


def _real_cases() -> bool:
    numbers = Case.objects.extra(where=["id %% 10000000000000 < %s"], params=[NUMBERS])  # nosec B610 # noqa: S610
    return numbers.exists()


def _load(
    job: Job,
    work: Callable[[Job, int], int],
    parts: list[int],
    tell: Callable[[int], None],
) -> int:
    """Do the parts in a thread for each core, each with a connection; return how many rows came in.

    Packing is a tenth of the work and the rest is waiting for PostgreSQL, so threads keep both cores busy.
    """
    done = 0
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        for rows in threads.map(lambda part: _in_thread(work, job, part), parts):
            done += rows
            tell(done)
    return done


def _in_thread(work: Callable[[Job, int], int], job: Job, part: int) -> int:
    try:
        return work(job, part)
    finally:
        connections.close_all()


def _slices_waiting(job: Job) -> list[int]:
    """Return the slices that are not loaded yet: a slice is there wholly or not at all."""
    there = _numbers_there(job)
    return [part for part in range(job.year.slices) if part * job.year.slice_size not in there]


def _numbers_there(job: Job) -> set[int]:
    firsts = [part * job.year.slice_size for part in range(job.year.slices)]
    wanted = [int(key) + job.first_number + number for number in firsts for key in job.world.keys]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE id = ANY (%s)", [wanted])
        return {int(number) % 10**13 - job.first_number for (number,) in cursor.fetchall()}


def _people_waiting(job: Job) -> list[int]:
    first, last = int(job.persons[0]), int(job.persons[-1])
    parts = range(-(-(last - first) // PEOPLE_AT_ONCE))
    firsts = [first + part * PEOPLE_AT_ONCE for part in parts]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person WHERE id = ANY (%s)", [firsts])
        there = {int(number) for (number,) in cursor.fetchall()}
    return [part for part, number in zip(parts, firsts, strict=True) if number not in there]


def _slice(job: Job, part: int) -> int:
    """Load one slice of the year."""
    drawn = draw(job.world, job.year, job.rhythm, job.persons, part)
    book = Book(job.world, job.year, drawn, job.first_number)
    with _quickly() as cursor:
        for name, columns in TABLES.items():
            with cursor.copy(f"COPY {name} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(HEADER + book.table(name) + TRAILER)
        for words in (_WORDS, _PUBLISHED):
            cursor.execute(words, [book.ids.tolist()])
    return len(drawn.number)


def _people(job: Job, part: int) -> int:
    """Load some of the persons."""
    first, last = int(job.persons[0]), int(job.persons[-1])
    numbers = range(first + part * PEOPLE_AT_ONCE, min(last, first + (part + 1) * PEOPLE_AT_ONCE))
    where = job.world.regions[np.searchsorted(job.persons, np.array(numbers), side="right") - 1]
    created = datetime(
        job.year.start.year, job.year.start.month, job.year.start.day, tzinfo=ZoneInfo("Asia/Shanghai")
    )
    with _quickly() as cursor:
        _copy_rows(cursor, f"people_person ({PERSON})", person_rows(numbers, first, where, created))
        _copy_rows(cursor, f"people_particulars ({PARTICULARS})", particulars_rows(numbers, first))
    return len(numbers)


def _copy_rows(cursor: Any, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _quickly() -> Iterator[Any]:
    """Yield the driver's cursor in a transaction in which foreign keys are not checked one by one; the tests check them."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SET LOCAL synchronous_commit = off")
        with connection.connection.cursor() as raw:
            yield raw
