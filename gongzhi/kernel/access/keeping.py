"""What an administrator keeps: the accounts and posts of an area, which is that of the post they act in.

An account belongs where its posts lie: those held now or later, else those that are over, else where it was made. It
is kept by whoever keeps all of these places; accounts of administrators and of citizens only by whoever keeps the
whole installation. The policies of the database say the same once more (`lock`, migration 0004).
"""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Post

LAST: Final = "~"  # after every region code


def area_kept(actor: Actor) -> tuple[str, str]:
    """Return the area an administrator keeps as a range of codes, from the first up to before the second.

    A post without a region, and an account that never held a post, keep the whole installation. Whoever holds posts
    and acts in none, because it is over or not yet chosen, keeps nothing: a post that ends must not widen anything.
    """
    account = actor.account_id
    if actor.post_id is None and account is not None and Post.objects.filter(account_id=account).exists():
        return "", ""
    return prefix_range(actor.region_code) if actor.region_code else ("", LAST)


def keeps_everything(actor: Actor) -> bool:
    """Say whether an administrator keeps the whole installation."""
    return area_kept(actor) == ("", LAST)


def accounts_kept(actor: Actor, today: date) -> Q:
    """Return the filter over accounts that an administrator may change *today*."""
    low, high = area_kept(actor)
    if (low, high) == ("", LAST):
        return Q()
    held = Post.objects.filter(account=OuterRef("pk"))
    lasting = held.filter(Q(valid_to=None) | Q(valid_to__gte=today))
    made_here = Q(region_code__gte=low, region_code__lt=high)
    outside = _outside(low, high)
    return Q(person=None, is_administrator=False) & (
        Exists(lasting) & ~Exists(lasting.filter(outside))
        | ~Exists(lasting) & Exists(held) & ~Exists(held.filter(outside))
        | ~Exists(held) & made_here
    )


def posts_kept(actor: Actor) -> Q:
    """Return the filter over posts that an administrator may change: region and unit both lie in the area."""
    low, high = area_kept(actor)
    return Q() if (low, high) == ("", LAST) else ~_outside(low, high)


def _outside(low: str, high: str) -> Q:
    region = Q(region_code__lt=low) | Q(region_code__gte=high)
    return region | Q(unit__region__lt=low) | Q(unit__region__gte=high)
