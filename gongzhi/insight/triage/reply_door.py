"""The door every reply to a person goes through: it is read beside what was asked, and comes back once with what it lacks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from gongzhi.base.declined import NeedsReason, gettext_noop
from gongzhi.insight.triage.answers import model_in_use
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, noted
from gongzhi.insight.triage.reply_points import Found, Given, points_in
from gongzhi.insight.triage.reply_words import shown
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.prepared import Part

#: With so many of the office's latest replies a new one is compared.
COMPARED: Final = 100


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reply is read beside: the person's words, what else they gave, and the office's latest replies to others."""

    text: str
    title: str
    given: Given
    others: Sequence[str] = ()


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
        self.found = points_in(asked.text, self.reply, asked.given, asked.others, title=asked.title)
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
