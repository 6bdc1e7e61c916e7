"""A steady load of requests while processes are killed, the disk fills and the gateway fails: what is lost, what doubled.

The house has its own PostgreSQL (with fsync), web server, workers, a small disk for documents and an SMS gateway, each
started again at once when it ends. People send requests by form and interface, again with the same key until they are
acknowledged. Afterwards every acknowledgement is looked for in the database, and every message at the gateway. The pauses
after which messages are tried again are not waited for: the clock of the sender is put forward. The baseline is the same
load in the same house before anything breaks.
"""

import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connections
from django.test import override_settings

from benchmarks.faults_gateway import Mood, open_gateway
from benchmarks.faults_house import House, open_house
from benchmarks.faults_kinds import Kind, Scene, planned
from benchmarks.faults_people import Crowd, Failed
from benchmarks.faults_verify import examine, settle
from benchmarks.ground import lay_ground
from gongzhi.kernel.notices.quiet import KEY as QUIET_HOURS
from gongzhi.kernel.notices.sms import HttpGateway
from gongzhi.kernel.organisations.tests.factories import a_local_value

SEED = 20261125
COUNT, QUICK_COUNT = 200, 25
BEFORE, QUICK_BEFORE = 60.0, 12.0
PATIENCE = 90.0


@dataclass(frozen=True)
class Met:
    """One fault as it happened: when it began, and for how long afterwards something was not well."""

    kind: str
    begun: float
    recovery: float


def run(quick: bool) -> dict[str, object]:
    """Break things and count; `ratio` is requests acknowledged a second while things broke, over those before."""
    return measured(QUICK_COUNT if quick else COUNT, QUICK_BEFORE if quick else BEFORE, SEED)


def measured(count: int, before: float, seed: int) -> dict[str, object]:
    """Measure with so many faults, after so many seconds without any."""
    with open_gateway() as gateway, open_house(gateway.url) as house:
        ground = lay_ground()
        # It may be night where this runs: nobody sleeps here.
        a_local_value(QUIET_HOURS, "00:00-00:00", region=ground.place[:6])  # type: ignore[no-untyped-call]
        house.tend()
        house.wait_until_well(PATIENCE)
        crowd, scene = Crowd(house.port, ground), Scene(house, gateway, random.Random(seed))
        baseline = _rates(crowd, lambda: _idle(house, before))
        faults: list[Met] = []
        kinds = planned(count, scene.chance, small_disk=house.small_disk)
        figures = _rates(crowd, lambda: faults.extend(_break(scene, kind) for kind in kinds))
        house.stop_programs()
        gateway.mood = Mood.WELL
        connections.close_all()  # ours was cut like all others
        with override_settings(DOCUMENTS_ROOT=house.documents, LOG_KEY=house.environment["GONGZHI_LOG_KEY"]):
            settle(HttpGateway(gateway.url))
            found = examine(crowd.asked, gateway.taken)
        table = _table(faults, crowd.failed)
    print(_drawn(table), file=sys.stderr)
    return {
        "figures": found
        | figures
        | {"faults": len(faults), "recovery_s": _median(faults), "given_up": len(crowd.given_up)},
        "baseline": baseline,
        "ratio": round(figures["acknowledged_per_second"] / baseline["acknowledged_per_second"], 3),
        "seed": seed,
        "table": table,
        "disk": "small disk of its own"
        if house.small_disk
        else "not filled: only root can mount a small disk",
        "given_up": crowd.given_up[:5],
    }


def _idle(house: House, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        house.tend()
        time.sleep(0.1)


def _break(scene: Scene, kind: Kind) -> Met:
    """Let one fault happen under load, and wait until all is well again."""
    _idle(scene.house, scene.chance.uniform(0.3, 1.2))
    begun = time.monotonic()
    kind.begin(scene)
    _idle(scene.house, scene.chance.uniform(*kind.lasts))
    kind.end(scene)
    recovery = scene.house.wait_until_well(PATIENCE)
    return Met(kind.name, begun, recovery)


def _rates(crowd: Crowd, act: Callable[[], None]) -> dict[str, float]:
    """Let people ask while something is done; return how often they were answered."""
    asked, tries, failed, begun = len(crowd.asked), crowd.tries, len(crowd.failed), time.monotonic()
    crowd.begin()
    try:
        act()
    finally:
        crowd.end()
    seconds, new = time.monotonic() - begun, crowd.asked[asked:]
    broken = crowd.failed[failed:]
    return {
        "seconds": round(seconds, 1),
        "asked": len(new),
        "acknowledged": sum(bool(one.code) for one in new),
        "longest_wait_s": round(max((one.waited for one in new), default=0.0), 1),
        "acknowledged_per_second": round(sum(bool(one.code) for one in new) / seconds, 2),
        "tries": crowd.tries - tries,
        "tries_failed": len(broken),
        "failed_share": round(len(broken) / max(1, crowd.tries - tries), 4),
        "refused_politely": sum(one.refused for one in broken),
        "answered_500": sum(one.status == 500 for one in broken),
    }


def _table(faults: Sequence[Met], failed: Sequence[Failed]) -> list[dict[str, object]]:
    """Return a row for each kind: how often, tries that failed from then on, seconds until all was well."""
    met: dict[str, list[Met]] = defaultdict(list)
    for one in faults:
        met[one.kind].append(one)
    meanwhile: dict[str, Counter[str]] = defaultdict(Counter)
    for each in failed:
        cause = next((one.kind for one in reversed(faults) if one.begun <= each.at), "before")
        meanwhile[cause][str(each.status)] += 1
    rows: list[dict[str, object]] = []
    for kind, times in sorted(met.items()):
        seconds = [one.recovery for one in times]
        rows.append(
            {
                "kind": kind,
                "times": len(times),
                "tries_failed": meanwhile[kind].total(),
                "statuses": dict(meanwhile[kind]),
                "recovery_s": round(statistics.median(seconds), 1),
                "recovery_longest_s": round(max(seconds), 1),
            }
        )
    return rows


def _drawn(table: Sequence[dict[str, object]]) -> str:
    lines = [f"{'fault':26}{'times':>6}{'failed':>8}{'well again':>12}{'longest':>9}"]
    lines += [
        f"{row['kind']:26}{row['times']:>6}{row['tries_failed']:>8}{row['recovery_s']:>10} s{row['recovery_longest_s']:>7} s"
        for row in table
    ]
    return "\n".join(lines)


def _median(faults: Sequence[Met]) -> float:
    return round(statistics.median(one.recovery for one in faults), 1) if faults else 0.0
