"""Rows of another city that each role is shown, with the filter of Python and without; what the second lock costs.

Two cities hold the same kinds of matters. Officials of every role in one, a citizen and nobody ask every address and
operation for what belongs to the other, and read every locked table without a condition, connected as the web server
is. `control_rows` is what one of them finds with neither lock: the same questions, so the zeros are earned.

The cost compares the same steps and pages in turns on the same tables: connected as the owner, whom no policy binds and
who announces nothing (the baseline), and as the web server is.
"""

import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.test import Client
from django.utils import timezone

from benchmarks.ground import Ground, lay_ground
from benchmarks.lifecycle import Standing, nobody, one_case
from benchmarks.pages_fill import fill, prepare
from gongzhi.kernel.access.scope import scope_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.lock import base, scope
from gongzhi.kernel.lock.scope import acting
from gongzhi.kernel.people.actor import Actor
from gongzhi.project.cli.database import behind_lock, connected_to
from gongzhi.project.tests.asking import browser_of
from gongzhi.project.tests.two_cities import (
    ELSEWHERE,
    HERE,
    build,
    foreign_in_pages,
    foreign_in_tables,
    no_filter,
    questions,
)


def run(quick: bool) -> dict[str, object]:
    """Ask, then measure; `ratio` is the pace of writing behind the lock over that of the owner."""
    figures, by_role = _isolation(quick)
    cost, baseline = _cost(quick)
    return {
        "figures": {**figures, **cost},
        "by_role": by_role,
        "baseline": {"control_rows": figures["control_rows"], **baseline},
        "ratio": round(1 / (1 + cost["write_cost"]), 3),
    }


def _isolation(quick: bool) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    owner, now = os.environ["DATABASE_URL"], timezone.now()
    here, elsewhere = build(HERE, "柳鹤", now), build(ELSEWHERE, "桐雁", now)
    watchers, asked = here.watchers(), questions(here, elsewhere, few=quick)
    by_role = {}
    with connected_to(behind_lock(owner)):
        for name, who in watchers.items():
            filtered = foreign_in_pages(who, asked, elsewhere)
            with no_filter():
                bare = foreign_in_pages(who, asked, elsewhere)
            tables = sum(foreign_in_tables(who, elsewhere).values())
            by_role[name] = {"with_filter": filtered, "without_filter": bare, "in_tables": tables}
    with connected_to(owner), _without_lock(), no_filter():
        control = foreign_in_pages(watchers["dispatcher"], asked, elsewhere)
    if not control:
        raise RuntimeError("With neither lock nor filter nothing was found: the questions prove nothing.")
    return {
        "asked_per_role": len(asked),
        "roles": len(watchers),
        "foreign_rows": sum(seen["with_filter"] for seen in by_role.values()),
        "foreign_rows_without_filter": sum(s["without_filter"] + s["in_tables"] for s in by_role.values()),
        "control_rows": control,
    }, by_role


def _cost(quick: bool) -> tuple[dict[str, float], dict[str, float]]:
    ground = lay_ground()
    filling = prepare(ground, timezone.now())
    fill(filling, 1, 20_000 if quick else 100_000)
    writes = _in_turns(lambda standing: _pace(ground, standing, 2.0), 4 if quick else 10)
    visits = _visits(ground)
    pages = _in_turns(lambda standing: sum(_seconds(visit) for visit in visits), 9 if quick else 25)
    return {
        "write_cost": round(writes[0] / writes[1] - 1, 3),
        "list_cost": round(pages[1] / pages[0] - 1, 3),
        "cases_per_second": round(writes[1], 1),
        "pages_ms": round(pages[1] * 1000 / len(visits), 2),
    }, {
        "owner_cases_per_second": round(writes[0], 1),
        "owner_pages_ms": round(pages[0] * 1000 / len(visits), 2),
    }


def _in_turns(measure: Callable[[Standing], float], turns: int) -> tuple[float, float]:
    """Return the medians of the owner's and of the locked measurement, taken in turns after one to warm up."""
    owner, bare, locked = os.environ["DATABASE_URL"], [], []
    for turn in range(turns + 1):
        with connected_to(owner), _without_lock():
            measure(nobody)
            first = measure(nobody)
        with connected_to(behind_lock(owner)):
            measure(_as_web)
            second = measure(_as_web)
        if turn:
            bare.append(first)
            locked.append(second)
    return statistics.median(bare), statistics.median(locked)


@contextmanager
def _as_web(actor: Actor) -> Iterator[None]:
    with acting(scope_of(actor)):
        yield


@contextmanager
def _without_lock() -> Iterator[None]:
    """Announce nothing: what a connection did before there was a lock."""
    with patch.object(base, "acting_scope", lambda: None), patch.object(scope, "_tell", lambda *more: None):
        yield


def _pace(ground: Ground, standing: Standing, seconds: float) -> float:
    """Return cases a second."""
    numbers = itertools.count(time.time_ns() // 1000)
    begun, done = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < seconds:
        one_case(ground, next(numbers), standing)
        done += 1
    return done / passed


def _visits(ground: Ground) -> list[tuple[Client, str]]:
    """The lists that people wait for: inbox, dispatch, search, late ones, the public ones, and a case."""
    case = Case.objects.filter(stage="handling", region_code=ground.place, sealed=False).order_by("pk")[0]
    desk, unit, street = (browser_of(who) for who in (ground.dispatcher, ground.handler, None))
    return [
        (desk, "/desk/"),
        (unit, "/desk/"),
        (desk, "/hotline/dispatch/"),
        (desk, "/desk/?tab=late"),
        (desk, "/desk/search/?q=路灯"),
        (desk, f"/hotline/cases/{case.pk}/"),
        (street, "/hotline/public/"),
        (street, "/hotline/public/?q=路灯"),
    ]


def _seconds(visit: tuple[Client, str]) -> float:
    browser, address = visit
    begun = time.perf_counter()
    answer = browser.get(address)
    passed = time.perf_counter() - begun
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return passed
