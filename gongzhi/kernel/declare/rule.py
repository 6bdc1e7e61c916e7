"""Permission rules as data: one rule answers both "may I?" and "which may I see?"."""

import enum
from dataclasses import dataclass

from gongzhi.kernel.people.actor import Role


class Within(enum.StrEnum):
    """The area in which a role may act."""

    OWN = "own"  # cases the actor opened
    UNIT = "unit"  # cases for which the actor's unit is responsible
    INVOLVED = "involved"  # cases in which the actor's unit co-handles
    ARBITER = "arbiter"  # cases whose dispute over competence the actor's unit decides
    REGION = "region"  # cases in the actor's region and below
    ANYWHERE = "anywhere"  # every case: the system's clock, and actions that concern no case yet


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An action, who may do it, and where.

    A sealed case (保密件) lies outside REGION and ANYWHERE unless the rule says opens_sealed.
    """

    action: str
    roles: frozenset[Role]
    within: Within
    opens_sealed: bool = False


def allow(action: str, *roles: Role, within: Within, opens_sealed: bool = False) -> Rule:
    """Write a rule as a sentence: allow("read", HANDLER, within=UNIT)."""
    return Rule(action=action, roles=frozenset(roles), within=within, opens_sealed=opens_sealed)
