"""The door every reply to a person goes through: it is read beside what was asked, and comes back once with what it lacks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import F, Model, QuerySet

from gongzhi.base.declined import NeedsReason, gettext_noop
from gongzhi.insight.triage.answers import model_in_use
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, noted
from gongzhi.insight.triage.reply_points import Found, Given, Office, points_in
from gongzhi.insight.triage.reply_words import shown
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.prepared import Part

Matter = TypeVar("Matter", bound=Model)

#: With so many of the office's latest replies, and of its latest messages, a new reply is compared.
COMPARED: Final = 60


def open_in_unit(rows: QuerySet[Matter], case: Case) -> QuerySet[Matter]:
    """Return the rows of other open matters of the unit that has the case, those due last first: few, and found by its inbox.

    Nothing where no unit has it yet.
    """
    if case.unit_id is None:
        return rows.none()
    of_unit = rows.filter(case__unit_id=case.unit_id, case__closed_at__isnull=True).exclude(
        pk=case.parent_id or case.pk
    )
    return of_unit.order_by(F("case__due_at").desc(nulls_first=True), "-case_id")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reply is read beside: the person's words, what else they gave, and what the office has before it."""

    text: str
    title: str
    given: Given
    office: Office = Office()


@dataclass
class Reading:
    """One reading of a reply: None for `despite` reads nothing; empty refuses; a reason lets it out and is kept.

    `asked` finds what the reply is read beside; None where there is nothing to read it beside. Used once, for one step.
    """

    reply: str
    despite: str | None
    asked: Callable[[Case], Asked | None]
    found: Sequence[Found] = field(default_factory=tuple)
    is_read: bool = False

    @property
    def reason(self) -> dict[str, str]:
        """What the step keeps: the reason, where one was given. It is part of what was sent: another one is another step."""
        given = (self.despite or "").strip()
        return {"despite": given} if given else {}

    @property
    def stopping(self) -> list[Found]:
        """The points for which the reply comes back; the others are advice."""
        return [one for one in self.found if one.stops]

    def read_through(self, case: Case) -> Mapping[str, Any]:
        """Raise NeedsReason where something is left open without a reason; return nothing to be kept beside."""
        if self.despite is None or model_in_use() is None:
            return {}
        asked = self.asked(case)
        if asked is None:
            return {}
        self.found = points_in(asked.text, self.reply, asked.given, asked.office, title=asked.title)
        self.is_read = True
        if self.stopping and not self.reason and not settings.TRIAGE_REPLY_SHADOW:
            raise NeedsReason(
                gettext_noop("答复还没有发出：请看下面列出的几点，改好后再发；确需按原文发出的，写明理由。"),
                shown(self.found),
            )
        return {}

    def notes(self, case: Case, now: datetime) -> Iterator[Part]:
        """Yield the row of a reply that was read: for which points it came back, and the reason it went out with them."""
        if not self.is_read:
            return
        stopping = self.stopping
        note = Note(
            kind=Kind.REPLY,
            suggested=" ".join(sorted({one.point.value for one in stopping})),
            chosen="sent" if stopping else "passed",
            shadow=settings.TRIAGE_REPLY_SHADOW,
            reason=self.reason.get("despite", "") if stopping else "",
        )
        yield noted(note, region_code=case.region_code, now=now)
