"""Joins what is alike into groups: average linkage over a sparse list of pairs; pairs not listed are not alike at all.

Two groups are joined while the mean likeness over all pairs between them reaches a bound, the most alike first (Sokal and
Michener 1958). Ties go to the earlier item, so the same items in the same order always give the same groups.
"""

import heapq
from collections.abc import Iterable


def linked(count: int, pairs: Iterable[tuple[int, int, float]], bound: float) -> list[list[int]]:
    """Return the groups of items 0 to *count*-1, each sorted, by their first item; single items are groups of one."""
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for one, other, likeness in pairs:
        near[one][other] = near[other][one] = likeness
    members: list[list[int]] = [[item] for item in range(count)]
    heap = [
        (-likeness, one, other, 1, 1)
        for one in range(count)
        for other, likeness in near[one].items()
        if one < other and likeness >= bound
    ]
    heapq.heapify(heap)
    while heap:
        _, one, other, size, size_other = heapq.heappop(heap)
        if len(members[one]) != size or len(members[other]) != size_other:
            continue  # one of the two has grown or is gone since
        _join(near, members, one, other)
        for third, total in near[one].items():
            mean = total / (len(members[one]) * len(members[third]))
            if mean >= bound:
                first, second = min(one, third), max(one, third)
                heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return [sorted(group) for group in members if group]


def _join(near: list[dict[int, float]], members: list[list[int]], one: int, other: int) -> None:
    """Let *one* take over the members of *other*; `near` holds sums of likeness between groups."""
    members[one] += members[other]
    members[other] = []
    for third, total in near[other].items():
        del near[third][other]
        if third != one:
            summed = near[one].get(third, 0.0) + total
            near[one][third] = near[third][one] = summed
    near[other] = {}
