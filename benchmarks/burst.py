"""Submissions that jump from one a second to forty-five and back, three times: none lost, few refused, soon as before.

Web server and workers are really started, on a database that keeps what it acknowledges (fsync), beside simulated
matters. Submissions come when they are due, whether or not earlier ones were answered, and each waits from the moment
when it was due: a server that stands still cannot hide it. `lost` counts those acknowledged that are not there exactly
once. `p95_s` is that of the bursts. `recovery_s` is the longest time after a burst until ten seconds of the quiet pace
are answered as before it: their 95th percentile within half as much again as the baseline's, or a twentieth of a second.
"""

import http.client
import json
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from benchmarks.faults_gateway import open_gateway
from benchmarks.faults_house import open_house
from benchmarks.ground import Ground, lay_ground
from benchmarks.http_browser import Browser, Unexpected
from benchmarks.timing import p95
from gongzhi.domains.hotline.models import Request
from gongzhi.kernel.cases.numbers import case_number
from gongzhi.kernel.organisations.loading import load_regions
from gongzhi.project.simulate.loading import simulate

API = "/api/v1/hotline/requests"
QUIET, BURST = 1.0, 45.0  # submissions a second
TIMES = 3
BEFORE = (20.0, 30.0)  # seconds: briefly, and at length
DURING = (10.0, 30.0)
AFTER = (30.0, 60.0)
CASES = (10_000, 1_000_000)
AT_ONCE = 200
WINDOW = 10.0
SLACK, FLOOR = 1.5, 0.05
PATIENCE = 60.0


@dataclass(frozen=True)
class Sent:
    """One submission: when it was due, how long it waited, and the number it was given; none when it was not."""

    due: float
    seconds: float
    number: str
    fault: str = ""


def run(quick: bool) -> dict[str, object]:
    """Send the three bursts; `ratio` is the p95 of the bursts over that of the quiet pace before the first."""
    place = 0 if quick else 1
    settings.GONGZHI_DEMO = True  # invented cases lie beside measured ones here; all is thrown away
    with open_gateway() as gateway, open_house(gateway.url) as house:
        ground = lay_ground()
        load_regions()
        simulate("41", CASES[place], 0, timezone.localdate() - timedelta(days=365), _silent)
        house.wait_until_well(PATIENCE)
        plan = _plan(BEFORE[place], DURING[place], AFTER[place])
        sent = Senders(ground, house.port).send(plan.due)
        found = _there()
    return _report(plan, sent, found, CASES[place])


@dataclass(frozen=True)
class Plan:
    """When each submission is due, in seconds from the beginning; `bursts` are begin and end of each."""

    due: list[float]
    bursts: list[tuple[float, float]]


def _plan(before: float, during: float, after: float) -> Plan:
    due, bursts, at = _evenly(0, before, QUIET), [], before
    for _ in range(TIMES):
        bursts.append((at, at + during))
        due += _evenly(at, during, BURST) + _evenly(at + during, after, QUIET)
        at += during + after
    return Plan(due, bursts)


def _evenly(begin: float, seconds: float, rate: float) -> list[float]:
    return [begin + number / rate for number in range(int(seconds * rate))]


class Senders:
    """Many who submit: each waiting submission has a connection of its own, kept for the next."""

    def __init__(self, ground: Ground, port: int) -> None:
        self.ground, self.port = ground, port
        self.own = threading.local()

    def send(self, due: list[float]) -> list[Sent]:
        """Send each when it is due and return what became of them, in that order."""
        begun = time.perf_counter() + 0.5
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting = []
            for number, at in enumerate(due):
                time.sleep(max(0.0, begun + at - time.perf_counter()))
                waiting.append(threads.submit(self._one, number, begun, at))
            return [one.result() for one in waiting]

    def _one(self, number: int, begun: float, at: float) -> Sent:
        browser: Browser | None = getattr(self.own, "browser", None)
        if browser is None:
            browser = self.own.browser = Browser(self.port, "")
        browser.address = f"10.{number // 62_500 % 250}.{number // 250 % 250}.{number % 250}"
        body = {
            "kind": "help",
            "category": self.ground.category_key,
            "text": "村口三盏路灯坏了一个星期，晚上看不见路。",
            "region": self.ground.place,
            "name": "测试",
            "phone": f"137{number:08d}",
        }
        try:
            answer = browser.post_json(API, json.dumps(body).encode(), {"Idempotency-Key": str(uuid.uuid4())})
            given, fault = str(json.loads(answer)["number"]), ""
        except (Unexpected, OSError, http.client.HTTPException) as error:
            browser.close()
            self.own.browser, given, fault = None, "", type(error).__name__
        return Sent(at, time.perf_counter() - begun - at, given, fault)


def _there() -> dict[str, int]:
    """Return how often each number stands in the database, for what came through the interface."""
    found = Request.objects.filter(case__channel="api").values("case_id").annotate(times=Count("case__steps"))
    return {case_number(one["case_id"]): one["times"] for one in found}


def _report(plan: Plan, sent: list[Sent], there: dict[str, int], cases: int) -> dict[str, object]:
    answered = [one for one in sent if one.number]
    baseline = _p95([one for one in sent if one.due < plan.bursts[0][0]])
    bursts = _p95([one for one in sent if any(begin <= one.due < end for begin, end in plan.bursts)])
    numbers = [one.number for one in answered]
    ends = [end for _begin, end in plan.bursts]
    begins = [*(begin for begin, _end in plan.bursts[1:]), plan.due[-1] + 1]
    quiet = [[one for one in sent if end <= one.due < begin] for end, begin in zip(ends, begins, strict=True)]
    recovered = [_recovery(some, baseline) for some in quiet]
    figures = {
        "lost": sum(number not in there for number in numbers) + len(numbers) - len(set(numbers)),
        "written_unanswered": len(set(there) - set(numbers)),
        "error_rate": round(1 - len(answered) / len(sent), 4),
        "errors": dict(Counter(one.fault for one in sent if not one.number)),
        "p95_s": round(bursts, 3),
        "recovery_s": None
        if None in recovered
        else round(max(each for each in recovered if each is not None), 1),
        "submissions": len(sent),
        "cases_beside": cases,
    }
    return {
        "name": "burst",
        "figures": figures,
        "baseline": {"quiet_p95_s": round(baseline, 3)},
        "ratio": round(bursts / baseline, 2),
    }


def _recovery(quiet: list[Sent], baseline: float) -> float | None:
    """Return after how many seconds of the quiet pace a window of it first is as before; None when none is."""
    for one in quiet:
        window = [other for other in quiet if one.due <= other.due < one.due + WINDOW]
        if len(window) < WINDOW * QUIET:
            break
        if all(other.number for other in window) and _p95(window) <= max(SLACK * baseline, baseline + FLOOR):
            return one.due - quiet[0].due
    return None


def _p95(some: list[Sent]) -> float:
    return p95(one.seconds for one in some)


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words
