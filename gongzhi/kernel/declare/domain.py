"""What one domain package tells the kernel about itself."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongzhi.kernel.declare.keeping import Keeping
from gongzhi.kernel.declare.notice import Notice
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.declare.purpose import Purpose
from gongzhi.kernel.declare.rule import Rule
from gongzhi.kernel.declare.words import Words


@dataclass(frozen=True, kw_only=True)
class Domain:
    """The manifest of a domain package. Of several versions of a procedure the newest comes first.

    purposes    what personal data of its cases may be looked at for, besides the officer's own words
    case_page   URL name of the page of one case for staff, e.g. "hotline:case"
    person_page URL name of the page of one case for the person concerned
    taken_over  what it writes of its own with a case that another procedure hands to it: from the procedure, its region,
                the moment and the words handed over; parts of one statement (`kernel.prepared.Part`)
    unfit       of a case on a day, the steps that its pages do not offer although they are open to somebody: of two ways to
                answer the other one, what is not of its class
    to_post     of which row of a case something waits to be posted to who left no phone: the model, as "mailbox.Letter", and
                the filter over it; until it is posted the address is read, also when the case is closed; the page `<key>:to-post`
                lists it
    """

    key: str
    label: Words
    procedures: tuple[Procedure, ...]
    policies: tuple[Rule, ...] = ()
    notices: tuple[Notice, ...] = ()
    retention: tuple[Keeping, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    case_page: str = ""
    person_page: str = ""
    taken_over: Callable[[str, str, datetime, Mapping[str, Any]], Iterable[Any]] | None = None
    unfit: Callable[[Any, date], Set[str]] | None = None
    to_post: tuple[str, Any] | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every permission of the domain: its policies and those of its moves."""
        moves = (move for procedure in self.procedures for move in procedure.moves)
        return self.policies + tuple(move.rule for move in moves)
