"""The words in which a domain declares a procedure. Pure data: nothing here runs a case."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gongzhi.kernel.declare.clock import Clock, Reason
from gongzhi.kernel.declare.faults import faults_of
from gongzhi.kernel.declare.rule import Rule, Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

STAY = ""
OPEN = "open"  # the name of the step that opens a case
RECUSE = "recuse"  # the name of every move by which an official withdraws from a matter (回避)
SUPERVISE = "supervise"  # the name of every move that puts a matter under supervision (督办): leaders see what is open of it


class Outcome(enum.StrEnum):
    """How a matter ended. "Closed" is never counted as "solved"."""

    SOLVED = "solved"  # 已解决
    EXPLAINED = "explained"  # 已解释: no legal basis, or not solvable
    REJECTED = "rejected"  # 不支持
    TRANSFERRED = "transferred"  # 已转其他途径
    WITHDRAWN = "withdrawn"  # 已撤回
    AGREED = "agreed"  # 达成一致


@dataclass(frozen=True, kw_only=True)
class Limit:
    """After so many returns a case goes to another stage, where an arbiter decides."""

    times: int
    to: str


@dataclass(frozen=True, kw_only=True)
class Move:
    """A way to carry a case on, open to some roles in some area.

    to           the stage or end it leads to; STAY keeps the stage
    told         what the person concerned reads in the timeline; empty = not shown to them
    says         what is written with the move is meant for that person; else it stays in the offices
    asks         answers that must be given
    reasons      closed list for the answer "reason"
    service      when set, only this use case of the domain makes the move
    assigns      the move names the responsible unit (answer "unit_id")
    names        the move says whom the matter complains of (answers "against_unit_id", "against_account_id")
    taken_back   where a case goes when whom it complains of is responsible for it, or is to settle the dispute
    hands_to     the matter goes on as a case of this other procedure, with what the use case hands along
    opens        each answer in "units" opens a mandatory child case of this procedure
    calls_off    mandatory child cases that are open end by this move of theirs; they need not be finished
    leaves       the unit of a child case has no more part in the matter
    outcomes     the answer "outcome" must be one of these and is kept on the case
    extends      of these the first that runs is extended, and the others with it while they are still open
    pauses, resumes     the clock on which the move works
    returned     the dispatch is refused and counted; after the limit an arbiter decides
    reopens      the outcome is set aside
    waits        refused while a mandatory child case is open; so is every move to an end
    not_by       who made one of these moves in this case may not make this one: a second pair of eyes
    """

    rule: Rule
    label: Words
    to: str = STAY
    told: Words = ""
    says: bool = False
    asks: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    service: str = ""
    assigns: bool = False
    names: bool = False
    taken_back: str = ""
    hands_to: str = ""
    opens: str = ""
    calls_off: str = ""
    leaves: bool = False
    outcomes: tuple[Outcome, ...] = ()
    extends: tuple[str, ...] = ()
    pauses: str = ""
    resumes: str = ""
    returned: Limit | None = None
    reopens: bool = False
    waits: bool = False
    not_by: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The word by which people and code call the move."""
        return self.rule.action


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A state in which someone is responsible. `progress` numbers the citizen's five steps from 1."""

    key: str
    label: Words
    responsible: Role
    moves: tuple[Move, ...]
    progress: int = 1

    @cached_property
    def by_key(self) -> dict[str, Move]:
        """The moves of the stage, by key."""
        return {move.key: move for move in self.moves}


@dataclass(frozen=True, kw_only=True)
class End:
    """A state in which nothing more is done."""

    key: str
    label: Words
    progress: int = 5


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A lawful path from a first stage to one of its ends. `region` is set on a regional variant."""

    key: str
    version: str
    label: Words
    basis: str
    stages: tuple[Stage, ...]
    ends: tuple[End, ...]
    clocks: tuple[Clock, ...] = ()
    region: str = ""

    @property
    def first(self) -> Stage:
        """Where every case begins."""
        return self.stages[0]

    @cached_property
    def stage_by_key(self) -> dict[str, Stage]:
        """The stages, by key."""
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def end_by_key(self) -> dict[str, End]:
        """The ends, by key."""
        return {end.key: end for end in self.ends}

    @cached_property
    def clock_by_key(self) -> dict[str, Clock]:
        """The clocks, by key."""
        return {clock.key: clock for clock in self.clocks}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every move of every stage."""
        return tuple(move for stage in self.stages for move in stage.moves)

    def label_of(self, state: str) -> Words:
        """Return the label of a stage or an end."""
        return (self.stage_by_key.get(state) or self.end_by_key[state]).label

    def faults(self) -> Iterator[str]:
        """Yield each way in which this declaration contradicts itself."""
        yield from faults_of(self)


def move(
    key: str, label: Words, *by: Role, to: str = STAY, within: Within = Within.UNIT, **more: Any
) -> Move:
    """Write a move as a sentence: move("accept", "签收", HANDLER, to="handling")."""
    return Move(rule=allow(key, *by, within=within), label=label, to=to, **more)
