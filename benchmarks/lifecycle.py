"""A request from opening to closing through the use cases, against the same rows written by hand in SQL."""

import itertools
import multiprocessing
import os
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, connections

from benchmarks import lifecycle_sql
from benchmarks.ground import Ground, lay_ground
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.people.actor import SYSTEM, Actor, Role

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS = 6  # open, dispatch, accept, reply, rate, close
PROCESSES = 10  # at most
WARM_UP = 5  # cases


Standing = Callable[[Actor], AbstractContextManager[None]]


def nobody(actor: Actor) -> AbstractContextManager[None]:
    """Tell the database nothing, as the owner of the tables may."""
    del actor
    return nullcontext()


@dataclass(frozen=True)
class Work:
    """One worker's share: how to do one case, and for how many seconds."""

    one: Callable[[Ground, int], None]
    seconds: float
    worker: int


@dataclass(frozen=True)
class Pairs:
    """Cases a second of hand-written SQL and of ours, in turns of half a second: a noisy moment meets both."""

    theirs: list[float]
    ours: list[float]

    @property
    def ratio(self) -> float:
        """The middle of the ratios of neighbouring turns."""
        return statistics.median(a / b for a, b in zip(self.ours, self.theirs, strict=True))


def run(quick: bool) -> dict[str, object]:
    """Measure cases a second with one process and two; `ratio` is ours over hand-written SQL, one process.

    How much a message costs depends on where the system puts the two that talk: `ratio_on_one_core` has both take
    turns on one core, `ratio_on_two_cores` each on its own, as a database server of its own would be.
    """
    ground = lay_ground()
    turns = 12 if quick else 60
    alone = _in_turns(ground, turns)
    figures = {"cases_per_second_1_process": round(statistics.median(alone.ours), 1)}
    baseline = {"sql_cases_per_second_1_process": round(statistics.median(alone.theirs), 1)}
    figures |= {name: round(ratio, 3) for name, ratio in _placed(ground, turns // 2).items()}
    ours, theirs = [], []
    for _ in range(2 if quick else 3):
        theirs.append(rate(lifecycle_sql.one_case, ground, 2.0 if quick else 20.0, processes=2))
        ours.append(rate(one_case, ground, 2.0 if quick else 20.0, processes=2))
    figures["cases_per_second_2_process"] = round(max(ours), 1)
    baseline["sql_cases_per_second_2_process"] = round(max(theirs), 1)
    return {"name": "lifecycle", "figures": figures, "baseline": baseline, "ratio": round(alone.ratio, 3)}


def _in_turns(ground: Ground, turns: int) -> Pairs:
    theirs, ours = [], []
    for _ in range(turns):
        theirs.append(rate(lifecycle_sql.one_case, ground, 0.5, processes=1))
        ours.append(rate(one_case, ground, 0.5, processes=1))
    return Pairs(theirs, ours)


def _placed(ground: Ground, turns: int) -> dict[str, float]:
    """Measure with this process and the two of the server that serve it put on one core, then on two."""
    first, *more = sorted(os.sched_getaffinity(0))
    servers = [raw.info.backend_pid for raw in (connection.connection, lifecycle_sql.connected())]
    places = {"ratio_on_one_core": first, "ratio_on_two_cores": more[0]} if more else {}
    found = {}
    try:
        for server in servers:  # first: one of somebody else's may not be moved, and then nobody is
            os.sched_setaffinity(server, {first})
        os.sched_setaffinity(0, {first})
        for name, core in places.items():
            for server in servers:
                os.sched_setaffinity(server, {core})
            found[name] = _in_turns(ground, turns).ratio
    except (PermissionError, ProcessLookupError):
        return {}
    finally:
        os.sched_setaffinity(0, {first, *more})
    return found


def one_case(ground: Ground, number: int, standing: Standing = nobody) -> None:
    """Open, dispatch, accept, reply, rate and close one request, each step its own transaction.

    *standing* surrounds each step with what a web request does to tell the database who acts.
    """
    asker = Actor(role=Role.CITIZEN)
    with standing(asker):
        request = services.submit_request(
            actor=asker, submission=_submission(ground, number), now=NOW, key=_key()
        )
    pk, later = request.pk, NOW + timedelta(hours=1)
    with standing(ground.dispatcher):
        services.dispatch_request(actor=ground.dispatcher, case_id=pk, now=later, key=_key())
    with standing(ground.handler):
        services.move_request(actor=ground.handler, case_id=pk, move="accept", now=later, key=_key())
    with standing(ground.handler):
        services.reply_to_request(
            actor=ground.handler,
            case_id=pk,
            reply="三盏灯已经修好。",
            outcome="solved",
            now=later,
            key=_key(),
        )
    asker = Actor(role=Role.CITIZEN, person_id=request.case.opened_by_id)
    with standing(asker):
        services.rate_request(actor=asker, case_id=pk, grade=5, words="", now=later, key=_key())
    with standing(SYSTEM):
        take(actor=SYSTEM, case_id=pk, move="close", now=later + timedelta(days=20), key=_key())


def _submission(ground: Ground, number: int) -> Submission:
    return Submission(
        kind="help",
        category=ground.category_key,
        title="村口三盏路灯不亮",
        text="村口三盏路灯坏了一个星期，晚上老人出门看不见路。",
        region_code=ground.place,
        place="村口小桥北边",
        name="测试",
        phone=f"1{number % 10**10:010d}",
    )


def _key() -> str:
    return str(uuid.uuid4())


def rate(one: Callable[[Ground, int], None], ground: Ground, seconds: float, processes: int) -> float:
    """Return how many cases a second *one* does in so many processes."""
    works = [Work(one, seconds, worker) for worker in range(processes)]
    if processes == 1:
        return _work(ground, works[0])
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return sum(pool.starmap(_work, [(ground, work) for work in works]))


def _work(ground: Ground, work: Work) -> float:
    """Return cases a second of one process, after a short warm-up."""
    numbers = numbers_of(work.worker)
    for _ in range(WARM_UP):
        work.one(ground, next(numbers))
    begun, done = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < work.seconds:
        work.one(ground, next(numbers))
        done += 1
    return done / passed


def numbers_of(worker: int) -> Iterator[int]:
    """Count from now on through numbers that no other worker takes and that no earlier round took."""
    return itertools.count(time.time_ns() // 1000 * PROCESSES + worker, PROCESSES)
