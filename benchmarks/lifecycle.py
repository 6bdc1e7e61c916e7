"""A request from opening to closing through the use cases, against the same rows written by hand in SQL."""

import itertools
import multiprocessing
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connections

from benchmarks import lifecycle_sql
from benchmarks.ground import Ground, lay_ground
from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.services import Submission
from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.people.actor import SYSTEM, Actor, Role

NOW = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS = 6  # open, dispatch, accept, reply, rate, close
PROCESSES = 10  # at most


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


def run(quick: bool) -> dict[str, object]:
    """Measure cases a second with one process and two; `ratio` is ours over hand-written SQL, one process."""
    ground = lay_ground()
    seconds = 3.0 if quick else 20.0
    figures, baseline = {}, {}
    for processes in (1, 2):
        ours, theirs = [], []
        for _ in range(2 if quick else 3):  # in turns, so that a noisy moment meets both
            theirs.append(rate(lifecycle_sql.one_case, ground, seconds, processes))
            ours.append(rate(one_case, ground, seconds, processes))
        figures[f"cases_per_second_{processes}_process"] = round(max(ours), 1)
        baseline[f"sql_cases_per_second_{processes}_process"] = round(max(theirs), 1)
    ratio = figures["cases_per_second_1_process"] / baseline["sql_cases_per_second_1_process"]
    return {"name": "lifecycle", "figures": figures, "baseline": baseline, "ratio": round(ratio, 3)}


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
    for _ in range(20):
        work.one(ground, next(numbers))
    begun, done = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < work.seconds:
        work.one(ground, next(numbers))
        done += 1
    return done / passed


def numbers_of(worker: int) -> Iterator[int]:
    """Count from now on through numbers that no other worker takes and that no earlier round took."""
    return itertools.count(time.time_ns() // 1000 * PROCESSES + worker, PROCESSES)
