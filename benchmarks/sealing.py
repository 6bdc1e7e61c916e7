"""Rows sealed a second while another connection writes 1,000 rows a second, and the time of a proof in a long log.

The baseline of a proof is what it costs to read all leaves once, without hashing them: less than any recomputation.
"""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection, connections

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
    sealed, seconds, lag, written = under_writing(6.0 if quick else 60.0)
    leaves = 1_000_000 if quick else 10_000_000
    lengthen(leaves)
    chance = random.Random(7)
    included = _p95(lambda: proofs.inclusion(chance.randrange(leaves), leaves), 200)
    consistent = _p95(lambda: proofs.consistency(chance.randrange(1, leaves), leaves), 200)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(hash) FROM (SELECT encode(hash, 'hex') AS hash FROM audit_leaf) each")
    naive = (time.perf_counter() - began) * 1000
    figures = {
        "rows_per_s": round(sealed / seconds),
        "written_per_s": round(written / seconds),
        "lag_rows": lag,
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


def _p95(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)[int(times * 0.95)]
