"""The domains that this installation carries, gathered once at start."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.declare.rule import Rule, Within
from gongzhi.kernel.people.actor import Role

DOMAINS: dict[str, Domain] = {}


def gather(keys: Iterable[str]) -> None:
    """Import the manifest of each listed domain."""
    for key in keys:
        register(import_module(f"gongzhi.domains.{key}.domain").DOMAIN)


def register(domain: Domain) -> None:
    """Add one manifest. Tests of the kernel register small domains of their own."""
    DOMAINS[domain.key] = domain
    forget_answers()


def forget_answers() -> None:
    """Forget what was drawn from the manifests before."""
    for answer in (procedure, rules_for, opens_region):
        answer.cache_clear()


def domain(key: str) -> Domain:
    """Return the domain whose key begins *key*, as "hotline" in "hotline.request"."""
    return DOMAINS[key.partition(".")[0]]


@cache
def procedure(key: str, version: str = "", region_code: str = "") -> Procedure:
    """Return a procedure in the version asked for; else the newest for the region, nearest variant first."""
    versions = [p for p in domain(key).procedures if p.key == key and version in ("", p.version)]
    near = [p for p in versions if version or region_code.startswith(p.region)]
    if not near:
        raise LookupError(f"No procedure {key!r} {version} is declared.")
    return max(near, key=lambda p: len(p.region))


@cache
def rules_for(action: str, role: Role) -> tuple[Rule, ...]:
    """Return the rules that open the action "domain.word" to *role*."""
    word = action.partition(".")[2]
    return tuple(rule for rule in domain(action).rules if rule.action == word and role in rule.roles)


@cache
def opens_region(role: Role) -> tuple[bool, bool]:
    """Return whether any rule of any domain opens a region to *role*, and whether confidential matters in it."""
    rules = [rule for one in DOMAINS.values() for rule in one.rules if role in rule.roles]
    of_region = [rule for rule in rules if rule.within is Within.REGION]
    return bool(of_region), any(rule.opens_sealed for rule in of_region)
