"""The words in which a domain declares a period of law: its length, its pauses, its lapse."""

import enum
from dataclasses import dataclass

from gongzhi.base.calendar import Counting
from gongzhi.base.dated import Dated
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role


class Kind(enum.StrEnum):
    """Whose period it is: citizens are shown the promise, only the statute can be breached."""

    PROMISE = "promise"  # 承诺时限
    STATUTE = "statute"  # 法定时限


class Lapse(enum.StrEnum):
    """What the law attaches to the end of a period."""

    SUPERVISE = "supervise"  # 督办
    DEEMED_ACCEPTED = "deemed_accepted"  # 视为受理
    DEEMED_WITHDRAWN = "deemed_withdrawn"  # 视为撤回
    DEEMED_GRANTED = "deemed_granted"  # 视为准予
    DEEMED_CONSENT = "deemed_consent"  # 视为同意
    RIGHT_LOST = "right_lost"  # 权利消灭
    DUTY_STAYS = "duty_stays"  # 职责不转移
    ESCALATE = "escalate"  # 提级
    MINIMUM_PERIOD = "minimum_period"  # 最短期间


#: Where the law attaches something to the end that concerns the person, who owes nothing by it.
FOR_THE_PERSON = frozenset({Lapse.RIGHT_LOST, Lapse.DEEMED_WITHDRAWN, Lapse.MINIMUM_PERIOD})


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One entry of a closed list: why a clock may pause, why a dispatch may be refused."""

    key: str
    label: Words
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Extension:
    """By how much a period may be extended, by whom, and how often."""

    amount: Dated
    counting: Counting
    approver: Role
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Before:
    """How long before the raw last day those responsible are warned."""

    amount: int
    counting: Counting


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A period that runs while a case stands in some stages.

    It starts on entering one of its stages, or by a move in `starts` where any is named; it stops on
    leaving them, or by a move in `stops`. `only_for` names a flag of the case without which it never
    runs, `not_for` one with which it never runs. After its lapse the moves in `bars` can no longer be made. `local` says that the figure is local policy, which a city may replace; statute is never local. `until_answer` says that it runs until the person
    is answered: by these clocks statistics tell what was answered in time. `named_by` names the answer of a move in
    `starts` that gives the last day (as in an assignment with report-back); without that answer the clock does not run.
    """

    key: str
    rule: str
    label: Words
    kind: Kind
    amount: Dated
    counting: Counting
    stages: tuple[str, ...]
    lapse: Lapse
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    pauses: tuple[Reason, ...] = ()
    extension: Extension | None = None
    warnings: tuple[Before, ...] = ()
    bars: tuple[str, ...] = ()
    lapse_move: str = ""
    only_for: str = ""
    not_for: str = ""
    local: bool = False
    until_answer: bool = False
    named_by: str = ""

    @property
    def is_of_person(self) -> bool:
        """Whether its end concerns the person: the last day of a right of theirs, or of a wait."""
        return self.lapse in FOR_THE_PERSON

    @property
    def binds_office(self) -> bool:
        """Whether the office owes something by its end; where only a right ends, of the unit too, nothing is ever late."""
        return not self.is_of_person and not self.bars
