"""Which units an account serves or heads, and who heads units: what the rule on informants asks of posts.

A post counts until the day it ends, one that is still to begin counts already: whoever is about to head a unit is
not shown complaints about it either. Answers are kept for a few seconds.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q

from gongzhi.base.comparing import stand_in, without_gaps
from gongzhi.base.regioncodes import LENGTHS
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.organisations.units import units_over, units_under
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post

#: The roles that read what comes in before anybody has looked into it.
READ_FIRST: Final = tuple(
    role.value for role in (Role.CALL_TAKER, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR)
)
#: So many signs of a name are told from other words by themselves.
LONG_NAME: Final = 3
HOTLINE: Final = ("12345", "热线办", "热线中心", "接线员", "话务员")


def units_served_by(account_id: int, today: date) -> frozenset[int]:
    """Return the units at which an account holds any post."""
    return _served((account_id, today))


def units_headed_by(account_id: int, today: date) -> frozenset[int]:
    """Return the units that an account heads."""
    return _headed((account_id, today))


def heads_of(unit_ids: frozenset[int], today: date) -> frozenset[int]:
    """Return the accounts that head any of the units."""
    return _heads((unit_ids, today)) if unit_ids else frozenset()


def names_anybody_of(unit_id: int, words: str, today: date) -> bool:
    """Say whether *words* name anybody who holds a post at a unit *today*; whoever asks need not see its accounts."""
    return bool(_named(words, Q(unit_id=unit_id), today))


def head_named(unit_ids: frozenset[int], words: str, today: date) -> int | None:
    """Return the account of a head of one of the units whom *words* name; None when they name none."""
    heads = _named(words, Q(unit_id__in=unit_ids, role=Role.HEAD.value), today)
    return min(heads, default=None)


def _named(words: str, posts: Q, today: date) -> set[int]:
    """Return the accounts in some posts whose names stand in *words*, whatever stands between their signs."""
    said = without_gaps(words)
    if not said:
        return set()
    with also(acts="system"):
        held = list(Post.objects.filter(_lasting(today), posts).values_list("account_id", "account__name"))
    return {account for account, name in held if (called := without_gaps(name)) and called in said}


def names_unit(unit: Unit, words: str, today: date) -> bool:
    """Say whether *words* name a unit, or anybody who holds a post there *today*."""
    return stand_in(words, unit.name, unit.short_name) or names_anybody_of(unit.pk, words, today)


def reader_named(region_code: str, today: date, *, complained_of: str, text: str = "") -> int | None:
    """Return the unit that reads the matters of a region before anybody has looked into them, if a complaint is about it.

    Whom the person names in *complained_of* is looked for among those units and all above them, by name, by a word that
    everybody uses for it, and by the names of its people; in *text* only the units themselves, by name. Then the matter
    must never lie there (信访工作条例 art. 30): it is opened as a complaint about that unit, and who dispatches at the level
    above finds it. None also where nobody would be left to find it: a matter that no one sees is worse than a word seen.
    """
    if not (complained_of.strip() or text.strip()):
        return None
    with also(acts="system"):
        posts = Post.objects.filter(_lasting(today), region_code__in=_around(region_code), unit__isnull=False)
        own = set(posts.filter(role__in=READ_FIRST).values_list("unit_id", flat=True))
        over = frozenset[int]().union(*(units_over(unit) for unit in own if unit is not None))
        units = sorted(Unit.objects.select_related("region").filter(pk__in=over), key=_width)
    named = [one for one in units if names_unit(one, complained_of, today)]
    named += [one for one in units if one.pk in own and _is_in(one, text)]
    near = [one for one in reversed(units) if one.pk in own and _is_called(one, complained_of)]
    left = (one.pk for one in named or near if somebody_left(region_code, frozenset({one.pk}), today))
    return next(left, None)


def somebody_left(region_code: str, unit_ids: frozenset[int], today: date) -> bool:
    """Say whether anybody dispatches in a region *today* who may learn a complaint kept from these units and all under them.

    Every post of an account counts, also one that is still to begin: see `kept_from`.
    """
    kept = frozenset[int]().union(*(units_under(unit) for unit in unit_ids))
    with also(acts="system"):
        inside = Post.objects.filter(_lasting(today), unit_id__in=kept).values("account_id")
        dispatch = Post.objects.filter(_lasting(today), valid_from__lte=today, account__is_active=True)
        there = dispatch.filter(role=Role.DISPATCHER.value, region_code__in=_around(region_code))
        return there.filter(unit__isnull=False).exclude(account_id__in=inside).exists()


def _around(region_code: str) -> list[str]:
    """Return the codes of a region and of all around it."""
    return [region_code[:length] for length in LENGTHS if length <= len(region_code)]


def _width(unit: Unit) -> tuple[int, int, int]:
    """Order units by how much each commands: the widest region first, in one region who stands above."""
    return len(unit.region_id), len(units_over(unit.pk)), unit.pk


def _is_in(unit: Unit, text: str) -> bool:
    return stand_in(text, unit.name, unit.short_name, shortest=LONG_NAME)


def _is_called(unit: Unit, words: str) -> bool:
    """Say whether words name a unit as people of its place do: 信访局 for 汤阴县信访局, 12345 for a hotline centre."""
    bare = unit.name.removeprefix(unit.region.name)
    called = HOTLINE if unit.kind == Unit.Kind.HOTLINE_CENTRE else (bare,)
    is_office = unit.kind != Unit.Kind.GOVERNMENT
    return is_office and stand_in(words, *called, shortest=LONG_NAME)


def _lasting(today: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=today)


def _find_served(asked: tuple[int, date]) -> frozenset[int]:
    return _units_of(Q(account_id=asked[0]), asked[1])


def _find_headed(asked: tuple[int, date]) -> frozenset[int]:
    return _units_of(Q(account_id=asked[0], role=Role.HEAD.value), asked[1])


def _units_of(posts: Q, today: date) -> frozenset[int]:
    held = Post.objects.filter(_lasting(today), posts, unit__isnull=False)
    return frozenset(unit for unit in held.values_list("unit_id", flat=True) if unit is not None)


def _find_heads(asked: tuple[frozenset[int], date]) -> frozenset[int]:
    posts = Post.objects.filter(_lasting(asked[1]), role=Role.HEAD.value, unit_id__in=asked[0])
    return frozenset(posts.values_list("account_id", flat=True))


_served: Remembered[tuple[int, date], frozenset[int]] = Remembered(_find_served)
_headed: Remembered[tuple[int, date], frozenset[int]] = Remembered(_find_headed)
_heads: Remembered[tuple[frozenset[int], date], frozenset[int]] = Remembered(_find_heads)
