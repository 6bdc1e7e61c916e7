"""One picture filed for several matters, also when it was saved anew or made smaller (一图多用)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from gongzhi.insight.integrity.facts import Photo, Suspicion, happenings

ONE_PHOTO_FOR_MANY: Final = "one_photo_for_many"
#: So many of the 256 signs of two fingerprints may differ: drawn anew and made smaller change up to about twenty.
MOST_DIFFERENT: Final = 28
#: A picture of several happenings is named from here on.
FEWEST_HAPPENINGS: Final = 2
#: A fingerprint is cut into so many parts. Two that differ by fewer signs than there are parts share one for certain.
PARTS: Final = 32


def one_photo_for_many(photos: Iterable[Photo]) -> list[Suspicion]:
    """Return the units that filed one picture for different happenings, one suspicion for each picture.

    The same picture for one happening told by many, or for the parts of one matter, is right. Only the picture as a whole is
    compared, by its hash and its fingerprint; nothing is looked for in it.
    """
    by_unit: dict[int, list[Photo]] = defaultdict(list)
    for one in photos:
        by_unit[one.matter.unit].append(one)
    found = []
    for unit, filed in sorted(by_unit.items()):
        for group in _groups(filed):
            matters = {one.matter.case: one.matter for one in group}
            if (number := happenings(matters.values())) >= FEWEST_HAPPENINGS:
                figures = {"hits": len(matters), "different": number}
                cases = tuple(sorted(matters))
                found.append(Suspicion(kind=ONE_PHOTO_FOR_MANY, unit=unit, cases=cases, figures=figures))
    return found


def _groups(filed: list[Photo]) -> Iterator[list[Photo]]:
    """Yield the pictures that are one: each is compared with those that share a part of its fingerprint."""
    groups: list[list[Photo]] = []
    of_content: dict[str, int] = {}
    of_part: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in filed:
        place = of_content.get(one.sha256)
        if place is None and one.fingerprint:
            place = _alike(one, groups, of_part)
        if place is None:
            place = len(groups)
            groups.append([])
            for key in _parts(one.fingerprint):
                of_part[key].append(place)
        of_content[one.sha256] = place
        groups[place].append(one)
    yield from (group for group in groups if len(group) > 1)


def _alike(one: Photo, groups: list[list[Photo]], of_part: dict[tuple[int, str], list[int]]) -> int | None:
    near = {place for key in _parts(one.fingerprint) for place in of_part[key]}
    signs = int(one.fingerprint, 16)
    apart = {place: (signs ^ int(groups[place][0].fingerprint, 16)).bit_count() for place in near}
    best = min(apart, key=lambda place: apart[place], default=None)
    return best if best is not None and apart[best] <= MOST_DIFFERENT else None


def _parts(fingerprint: str) -> Iterator[tuple[int, str]]:
    length = 64 // PARTS
    for at in range(0, len(fingerprint), length):
        yield at, fingerprint[at : at + length]
