"""The words in which it is declared how long a kind of record is kept, by which article, and what happens then."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gongzhi.base.calendar import Counting, official
from gongzhi.kernel.declare.words import Words

SHORTEST = _("个人信息保护法第十九条：保存期限应为实现处理目的所必要的最短时间；具体年限由本平台设定")


class Fate(enum.StrEnum):
    """What happens when the period is over."""

    DELETE = "delete"  # 删除
    ANONYMISE = "anonymise"  # 匿名化: the row stays for counting, nobody can be told from it
    KEEP = "keep"  # 保留: as long as it is in use, or goes with another kind


class Source(enum.StrEnum):
    """How sure the figure is."""

    CONFIRMED = "F"  # read in the full text of the law
    IN_PART = "P"  # read in part, or told by a second source
    CONFIGURATION = "C"  # the law names no figure: ours, which an installation may replace


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in calendar days, months or years."""

    amount: int
    counting: Counting

    def before(self, now: datetime) -> datetime:
        """Return the moment this long before *now*: what ended before it has been kept long enough."""
        return official().subtract(now, self.amount, self.counting)


def days(amount: int) -> Span:
    """Return so many calendar days."""
    return Span(amount, Counting.CALENDAR_DAYS)


def months(amount: int) -> Span:
    """Return so many months."""
    return Span(amount, Counting.MONTHS)


def years(amount: int) -> Span:
    """Return so many years."""
    return Span(amount, Counting.YEARS)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """One kind of record: how long it is kept, counted from when, and what happens then.

    model        as "people.Person"; empty when the record lies outside the database
    basis        the article, and `source` how sure the figure is: ours, where nothing else is said
    period       none when it goes with another kind (`goes_with`) or is kept while in use
    least        the shortest period the law allows; no installation may go below it
    blanks       for a domain's rows of a case: the columns that are emptied once its closed case is old enough
    case         for rows of a case: the column that names it
    person       for rows about a person, of whatever case: the lookup that names them
    copied       what the person gets of such rows when they ask for a copy (个人信息保护法 art. 45)
    once         of those, columns that are given only once another one is set: (column, the other)
    withheld     why they get nothing of it, where that is so
    """

    kind: str
    label: Words
    model: str
    counted_from: Words
    fate: Fate
    basis: Words = SHORTEST
    source: Source = Source.CONFIGURATION
    period: Span | None = None
    least: Span | None = None
    goes_with: str = ""
    blanks: tuple[str, ...] = ()
    case: str = ""
    person: str = ""
    copied: tuple[str, ...] = ()
    once: tuple[tuple[str, str], ...] = ()
    withheld: Words = ""


def kept_with_case(model: str, label: Words, period: Span, **more: Any) -> Keeping:
    """Return how long a domain keeps what it wrote with a case, counted from its end: a year at least.

    *model* is the domain's, as "mailbox.Letter"; *more* is whatever else a `Keeping` says, first of all `blanks`.
    """
    told: dict[str, Any] = {
        "kind": model.lower(),
        "counted_from": pgettext_lazy("counted from", "办结"),
        "fate": Fate.ANONYMISE,
        "least": years(1),
        "case": "case_id",
    }
    return Keeping(**{**told, "model": model, "label": label, "period": period, **more})
