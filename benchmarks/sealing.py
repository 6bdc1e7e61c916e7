"""Rows sealed a second while another connection writes 1,000 rows a second, and the time of a proof in a long log.

`most_rows_per_s` is the pace over a backlog, when nobody writes. `hot_path_cost` is what a request costs more, from
opening to closing, while a worker beside it seals every second, against the same in turns without one. The baseline of a
proof is what it costs to read all leaves once, without hashing them: less than any recomputation.
"""

import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.synchronize import Event as EventType

from django.db import connection, connections

from benchmarks.ground import lay_ground
from benchmarks.isolation import seconds_a_case
from benchmarks.lifecycle import nobody
from benchmarks.timing import p95_ms
from gongzhi.kernel.audit import proofs
from gongzhi.kernel.audit.merkle import digest, grown
from gongzhi.kernel.audit.sealing import ADD_LEAVES, ADD_NODES, hash_name, read, seal_due, size

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WRITE = """
INSERT INTO audit_entry (at, action, role, region_code, subject, purpose, details)
SELECT now(), 'x', 'system', '', '', '', '{}' FROM generate_series(1, %s)
"""
AT_ONCE = 100_000
A_SECOND = 1_000


def run(quick: bool) -> dict[str, object]:
    """Measure sealing under writing, then proofs; `ratio` is a proof over reading all leaves."""
    cost = hot_path_cost(4 if quick else 12)
    sealed, seconds, lag, written = under_writing(6.0 if quick else 60.0)
    most = over_backlog(20_000 if quick else 100_000)
    leaves = 1_000_000 if quick else 10_000_000
    lengthen(leaves)
    chance = random.Random(7)
    included = p95_ms(lambda: proofs.inclusion(chance.randrange(leaves), leaves), 200)
    consistent = p95_ms(lambda: proofs.consistency(chance.randrange(1, leaves), leaves), 200)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(hash) FROM (SELECT encode(hash, 'hex') AS hash FROM audit_leaf) each")
    naive = (time.perf_counter() - began) * 1000
    figures = {
        "rows_per_s": round(sealed / seconds),
        "written_per_s": round(written / seconds),
        "lag_rows": lag,
        "most_rows_per_s": most,
        "hot_path_cost": cost,
        "leaves": leaves,
        "proof_ms": round(max(included, consistent), 2),
        "inclusion_ms": round(included, 2),
        "consistency_ms": round(consistent, 2),
        "hash": hash_name(),
    }
    ratio = round(max(included, consistent) / naive, 5)
    return {
        "name": "sealing",
        "figures": figures,
        "baseline": {"read_all_ms": round(naive, 1)},
        "ratio": ratio,
    }


def under_writing(seconds: float) -> tuple[int, float, int, int]:
    """Seal while a writer writes; return rows sealed, seconds, rows left at the end, rows written."""
    while seal_due(NOW):
        pass  # what was written before does not count
    stop, written = threading.Event(), [0]
    writer = threading.Thread(target=_write, args=(stop, written))
    before, began = size(), time.perf_counter()
    writer.start()
    while time.perf_counter() - began < seconds:
        if seal_due(NOW) < 50:
            time.sleep(0.05)
    stop.set()
    took, sealed = time.perf_counter() - began, size() - before
    writer.join()
    return sealed, took, written[0] - sealed, written[0]


def over_backlog(rows: int) -> int:
    """Return how many rows a second are sealed when many wait and nobody writes."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, (rows,))
    began, sealed = time.perf_counter(), 0
    while done := seal_due(NOW):
        sealed += done
    return round(sealed / (time.perf_counter() - began))


def hot_path_cost(turns: int) -> float:
    """Return the share by which a request takes longer while another process seals; the best of each side count."""
    ground, without, beside = lay_ground(), [], []
    for _turn in range(turns):
        seconds_a_case(ground, nobody, 0.5)
        without.append(seconds_a_case(ground, nobody, 1.5))
        with _sealing():
            seconds_a_case(ground, nobody, 0.5)
            beside.append(seconds_a_case(ground, nobody, 1.5))
    return round(min(beside) / min(without) - 1, 3)


@contextmanager
def _sealing() -> Iterator[None]:
    """Let a worker of its own seal every second, as in production."""
    connections.close_all()
    running = multiprocessing.get_context("fork")
    stop = running.Event()
    worker = running.Process(target=_seal_until, args=(stop,))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def _seal_until(stop: EventType) -> None:
    while not stop.wait(1.0):
        seal_due(NOW)
    connections.close_all()


def lengthen(leaves: int, at_once: int = AT_ONCE) -> None:
    """Begin the log anew with leaves that stand for no row, and the nodes that sealing would store."""
    name = hash_name()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE audit_leaf, audit_node")
        cursor.execute("SET session_replication_role = DEFAULT")
        for start in range(0, leaves, at_once):
            numbers = range(start, min(leaves, start + at_once))
            hashes = [digest(name, b"%d" % number) for number in numbers]
            nodes = grown(name, start, hashes, read)
            cursor.execute(ADD_LEAVES, (start, [-1 - number for number in numbers], hashes))
            if nodes:
                cursor.execute(ADD_NODES, [list(each) for each in zip(*nodes, strict=True)])
        cursor.execute("ANALYZE audit_leaf, audit_node")


def _write(stop: threading.Event, written: list[int]) -> None:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        while not stop.is_set():
            due = int((time.perf_counter() - began) * A_SECOND) - written[0]
            if due > 0:
                cursor.execute(WRITE, (due,))
                written[0] += due
            time.sleep(0.02)
    connections.close_all()
