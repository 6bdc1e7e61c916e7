"""Which units an account serves or heads, and who heads units: what the rule on informants asks of posts.

A post counts until the day it ends, one that is still to begin counts already: whoever is about to head a unit is
not shown complaints about it either. Answers are kept for a few seconds.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from gongzhi.base.comparing import without_gaps
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post


def units_served_by(account_id: int) -> frozenset[int]:
    """Return the units at which an account holds any post."""
    return _served(account_id)


def units_headed_by(account_id: int) -> frozenset[int]:
    """Return the units that an account heads."""
    return _headed(account_id)


def heads_of(unit_ids: frozenset[int]) -> frozenset[int]:
    """Return the accounts that head any of the units."""
    return _heads(unit_ids) if unit_ids else frozenset()


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


def _lasting(today: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=today)


def _find_served(account_id: int) -> frozenset[int]:
    posts = Post.objects.filter(_lasting(timezone.localdate()), account_id=account_id, unit__isnull=False)
    return frozenset(unit for unit in posts.values_list("unit_id", flat=True) if unit is not None)


def _find_headed(account_id: int) -> frozenset[int]:
    posts = Post.objects.filter(
        _lasting(timezone.localdate()), account_id=account_id, role=Role.HEAD.value, unit__isnull=False
    )
    return frozenset(unit for unit in posts.values_list("unit_id", flat=True) if unit is not None)


def _find_heads(unit_ids: frozenset[int]) -> frozenset[int]:
    posts = Post.objects.filter(_lasting(timezone.localdate()), role=Role.HEAD.value, unit_id__in=unit_ids)
    return frozenset(posts.values_list("account_id", flat=True))


_served: Remembered[int, frozenset[int]] = Remembered(_find_served)
_headed: Remembered[int, frozenset[int]] = Remembered(_find_headed)
_heads: Remembered[frozenset[int], frozenset[int]] = Remembered(_find_heads)
