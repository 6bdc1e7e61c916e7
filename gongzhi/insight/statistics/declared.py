"""What the domains declare of their moves and clocks that counts need: what names, what answers."""

from gongzhi.kernel.declare.procedure import Outcome, Procedure
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import DOMAINS


def naming() -> list[str]:
    """Return the moves by which it is registered whom a matter complains of, or that it is nobody."""
    return sorted({move.key for one in _procedures() for move in one.moves if move.names})


def answers() -> list[str]:
    """Return what answers a person, as procedure:clock:move: what stops a clock that runs until then.

    Not what the person does themselves, nor sending the matter elsewhere.
    """
    return [
        f"{one.key}:{clock.key}:{move.key}"
        for one in _procedures()
        for clock in one.clocks
        if clock.until_answer
        for stage in clock.stages
        for move in one.stage_by_key[stage].moves
        if move.to and move.to not in clock.stages
        if Role.CITIZEN not in move.rule.roles and Outcome.TRANSFERRED not in move.outcomes
    ]


def _procedures() -> list[Procedure]:
    return [procedure for domain in DOMAINS.values() for procedure in domain.procedures]
