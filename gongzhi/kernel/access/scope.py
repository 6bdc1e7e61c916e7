"""The reach of an actor as the database is told it: drawn from the same declared rules as every other answer."""

from dataclasses import replace

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import kept_from, kept_from_accounts
from gongzhi.kernel.access.keeping import area_kept
from gongzhi.kernel.lock import scope
from gongzhi.kernel.lock.scope import Scope
from gongzhi.kernel.organisations.remembered import Remembered
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.registry.api import opens_region


def scope_of(actor: Actor) -> Scope:
    """Return the widest reach that any declared rule opens to *actor*; the rules narrow it for each action."""
    return _scopes(actor)


def _find(actor: Actor) -> Scope:
    if actor.role is Role.SYSTEM:
        return scope.SYSTEM
    if actor.account_id is None and actor.person_id is None:
        return scope.VISITOR
    of_region, opens_sealed = opens_region(actor.role)
    low, high = prefix_range(actor.region_code) if of_region and actor.region_code else ("", "")
    return Scope(
        acts=actor.role.value,
        low=low,
        high=high,
        opens_sealed="1" if opens_sealed else "",
        unit=_text(actor.unit_id),
        person=_text(actor.person_id),
        account=_text(actor.account_id),
        post=_text(actor.post_id),
        **_kept(actor),
    )


def act_as(actor: Actor, *, keeps_system: bool = False) -> None:
    """Go on as *actor* until the request ends; who keeps the system sees its own tables, and no matters for that.

    A keeper whose post names a region keeps the records of that region: see `area_kept`.
    """
    reach = scope_of(actor)
    if keeps_system:
        low, high = area_kept(actor)
        reach = replace(reach, acts=Role.ADMINISTRATOR.value, keeps_low=low, keeps_high=high)
    scope.become(reach)


def _kept(actor: Actor) -> dict[str, str]:
    """Return whom complaints are kept for; who acts for themselves reads what they wrote, whomever it is about."""
    if actor.role is Role.CITIZEN:
        return {}
    return {"kept_from": _numbers(kept_from(actor)), "kept_accounts": _numbers(kept_from_accounts(actor))}


def _numbers(ids: frozenset[int]) -> str:
    """Write numbers as an array of the database."""
    return "{" + ",".join(str(each) for each in sorted(ids)) + "}"


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


_scopes: Remembered[Actor, Scope] = Remembered(_find)
