"""Answer "may I?" and "which may I see?" from the same declared rules.

Both are asked of this moment, so the day for which posts count is taken here; below it is passed in.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q
from django.utils.timezone import localdate

from gongzhi.base.declined import NotAllowed
from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.declare.rule import Rule, Within
from gongzhi.kernel.organisations.units import units_over, units_under
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.holding import heads_of, units_headed_by, units_served_by
from gongzhi.kernel.registry.api import rules_for

NOTHING = Q(pk__in=())


class Matter(Protocol):
    """What a decision needs to know of a case."""

    procedure: str
    opened_by_id: int | None
    unit_id: int | None
    arbiter_unit_id: int | None
    against_unit_id: int | None
    against_account_id: int | None
    involved_units: list[int]
    region_code: str
    sealed: bool


def reach(actor: Actor, action: str) -> Q:
    """Return the filter over cases that *action* opens to *actor*; it matches nothing when no rule does.

    A permission speaks of the cases of its own domain alone.
    """
    rules = rules_for(action, actor.role)
    if not rules:
        return NOTHING
    return Q(procedure__startswith=f"{_domain(action)}.") & reduce(or_, (area(rule, actor) for rule in rules))


def authorise(actor: Actor, action: str, case: Matter | None = None) -> None:
    """Raise NotAllowed unless *actor* may do *action*, to *case* where one is given."""
    rules = rules_for(action, actor.role)
    if not rules:
        raise NotAllowed("您的岗位没有这项权限。请换用相应岗位登录，或联系管理员。")
    if case is not None and not _opens(action, rules, actor, case):
        raise NotAllowed("这件事不在您的办理范围内。请联系承办单位或派单员。")


def may(actor: Actor, action: str, case: Matter | None = None) -> bool:
    """Answer what `authorise` would say, for pages that show only what is open to the actor."""
    rules = rules_for(action, actor.role)
    return _opens(action, rules, actor, case) if case is not None else bool(rules)


def _opens(action: str, rules: Iterable[Rule], actor: Actor, case: Matter) -> bool:
    """Say whether a permission reaches a case: it is of the same domain, and one of the rules covers it."""
    return _domain(action) == _domain(case.procedure) and any(covers(rule, actor, case) for rule in rules)


def _domain(key: str) -> str:
    return key.partition(".")[0]


def require(actor: Actor, rule: Rule, case: Matter) -> None:
    """Raise NotAllowed unless this one rule opens *case* to *actor*."""
    if actor.role not in rule.roles or not covers(rule, actor, case):
        raise NotAllowed("您的岗位现在不能对这件事做这一步。请刷新页面，看看它进行到了哪里。")


def covers(rule: Rule, actor: Actor, case: Matter) -> bool:
    """Say whether *case* lies in the area that *rule* opens to *actor*: the twin of `area`."""
    if rule.within is not Within.OWN and is_kept(actor, case):
        return False
    match rule.within:
        case Within.OWN:
            return actor.person_id is not None and case.opened_by_id == actor.person_id
        case Within.UNIT:
            return actor.unit_id is not None and case.unit_id == actor.unit_id
        case Within.INVOLVED:
            return actor.unit_id is not None and actor.unit_id in case.involved_units
        case Within.ARBITER:
            return actor.unit_id is not None and case.arbiter_unit_id == actor.unit_id
        case Within.REGION:
            inside = actor.region_code != "" and case.region_code.startswith(actor.region_code)
            return inside and (rule.opens_sealed or not case.sealed)
        case Within.ANYWHERE:
            return rule.opens_sealed or not case.sealed


def area(rule: Rule, actor: Actor) -> Q:
    """Return the filter over cases for the area that *rule* opens to *actor*: the twin of `covers`."""
    open_cases = Q() if rule.opens_sealed else Q(sealed=False)
    match rule.within:
        case Within.OWN:
            found = Q(opened_by_id=actor.person_id) if actor.person_id is not None else NOTHING
        case Within.UNIT:
            found = Q(unit_id=actor.unit_id) if actor.unit_id is not None else NOTHING
        case Within.INVOLVED:
            found = Q(involved_units__contains=[actor.unit_id]) if actor.unit_id is not None else NOTHING
        case Within.ARBITER:
            found = Q(arbiter_unit_id=actor.unit_id) if actor.unit_id is not None else NOTHING
        case Within.REGION:
            low, high = prefix_range(actor.region_code) if actor.region_code else ("", "")
            found = Q(region_code__gte=low, region_code__lt=high) & open_cases
        case Within.ANYWHERE:
            found = ~Q(pk=None) & open_cases
    return found if rule.within is Within.OWN else found & told_to(actor)


def is_kept(actor: Actor, case: Matter) -> bool:
    """Say whether a case is a complaint of which the actor must not learn, by any other right than having written it.

    Neither the unit complained of nor the person may learn of it (信访工作条例 art. 30): see `kept_from` for units and
    `kept_from_accounts` for persons.
    """
    of_unit = case.against_unit_id is not None and case.against_unit_id in kept_from(actor)
    of_person = case.against_account_id is not None and case.against_account_id in kept_from_accounts(actor)
    return of_unit or of_person


def told_to(actor: Actor, unit: str = "against_unit_id", account: str = "against_account_id") -> Q:
    """Return the filter that leaves out what `is_kept` keeps: its twin, over the two columns named."""
    units, accounts = sorted(kept_from(actor)), sorted(kept_from_accounts(actor))
    found = Q()
    if units:
        found &= Q(**{unit: None}) | ~Q(**{f"{unit}__in": units})
    if accounts:
        found &= Q(**{account: None}) | ~Q(**{f"{account}__in": accounts})
    return found


def kept_from(actor: Actor) -> frozenset[int]:
    """Return the units about which the actor must not learn a complaint: their own and those above it.

    A complaint stays hidden from the unit complained of and from everything under it (信访工作条例 art. 30). Every post
    of an account counts, not only the one it acts in: changing the post must not open what the other may not see.
    """
    own = units_served_by(actor.account_id, localdate()) if actor.account_id is not None else frozenset()
    if actor.unit_id is not None:
        own |= {actor.unit_id}
    return frozenset[int]().union(*(units_over(unit) for unit in own))


def kept_from_accounts(actor: Actor) -> frozenset[int]:
    """Return the officials about whom the actor must not learn a complaint: themselves, and heads of `kept_from`.

    Art. 30 protects from the person and from the unit. Someone who heads a unit commands everybody in it and under
    it, so to tell any of them is to tell the person. The unit of someone who does not head it is not the one
    complained of: its head answers for its people and may look into the matter, the person themselves never.
    """
    if actor.account_id is None and actor.unit_id is None:
        return frozenset()
    own = {actor.account_id} if actor.account_id is not None else set()
    return heads_of(kept_from(actor), localdate()) | own


def units_kept_out(case: Matter) -> frozenset[int]:
    """Return the units that must not be given a case: those complained of or headed by whom it names, and all under."""
    named = {case.against_unit_id} if case.against_unit_id is not None else set()
    if case.against_account_id is not None:
        named |= units_headed_by(case.against_account_id, localdate())
    return frozenset[int]().union(*(units_under(unit) for unit in named))
