"""Rows of another city that each role is shown, with the filter of Python and without; what the second lock costs.

Two cities hold the same kinds of matters. Officials of every role in one, a citizen and nobody ask every address and
operation for what belongs to the other, and read every locked table without a condition, connected as the web server
is. `control_rows` is what one of them finds with neither lock: the same questions, so the zeros are earned.

The cost compares the same steps and pages in turns on the same tables: connected as the owner, whom no policy binds and
who announces nothing (the baseline), and as the web server is.
"""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
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


def _cost(quick: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    ground = lay_ground()
    filling = prepare(ground, timezone.now())
    fill(filling, 1, 20_000 if quick else 100_000)
    turns = 8 if quick else 20
    writes = _in_turns(lambda standing: [seconds_a_case(ground, standing, 1.0)], turns)
    visits = _visits(ground)
    pages = _in_turns(lambda standing: [_seconds(visit) for visit in visits], turns)
    names = [f"{'citizen' if who is visits[-1][0] else 'official'} {address}" for who, address in visits]
    return {
        "write_cost": round(writes[1][0] / writes[0][0] - 1, 3),
        "list_cost": round(sum(pages[1]) / sum(pages[0]) - 1, 3),
        "case_ms": round(writes[1][0] * 1000, 2),
        "pages_ms": _milliseconds(names, pages[1]),
    }, {"case_ms": round(writes[0][0] * 1000, 2), "pages_ms": _milliseconds(names, pages[0])}


def _milliseconds(names: list[str], seconds: list[float]) -> dict[str, float]:
    return {name: round(each * 1000, 2) for name, each in zip(names, seconds, strict=True)}


def _in_turns(measure: Callable[[Standing], list[float]], turns: int) -> tuple[list[float], list[float]]:
    """Return the best times as the owner and behind the lock, taken in turns: on a busy machine the rest is noise."""
    owner, bare, locked = os.environ["DATABASE_URL"], [], []
    for _turn in range(turns):
        with connected_to(owner), _without_lock():
            measure(nobody)
            bare.append(measure(nobody))
        with connected_to(behind_lock(owner)):
            measure(_as_web)
            locked.append(measure(_as_web))
    best = [[min(times) for times in zip(*side, strict=True)] for side in (bare, locked)]
    return best[0], best[1]


@contextmanager
def _as_web(actor: Actor) -> Iterator[None]:
    with acting(scope_of(actor)):
        yield


@contextmanager
def _without_lock() -> Iterator[None]:
    """Announce nothing: what a connection did before there was a lock."""
    with patch.object(base, "acting_scope", lambda: None), patch.object(scope, "_tell", lambda *more: None):
        yield


def seconds_a_case(ground: Ground, standing: Standing, seconds: float) -> float:
    """Return the time of the quickest twentieth of the cases done in *seconds*."""
    numbers, times, begun = itertools.count(time.time_ns() // 1000), [], time.perf_counter()
    while time.perf_counter() - begun < seconds:
        before = time.perf_counter()
        one_case(ground, next(numbers), standing)
        times.append(time.perf_counter() - before)
    return sorted(times)[len(times) // 20]


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
