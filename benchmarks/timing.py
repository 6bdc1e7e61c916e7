"""How long most of many took: the 95th percentile, the same in every measurement."""

import time
from collections.abc import Callable, Iterable


def p95(values: Iterable[float]) -> float:
    """Return the value that nineteen of twenty do not exceed."""
    rising = sorted(values)
    return rising[(len(rising) - 1) * 95 // 100]


def p95_ms(do: Callable[[], object], times: int) -> float:
    """Do something *times* times and return the 95th percentile in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        taken.append(1000 * (time.perf_counter() - began))
    return p95(taken)
