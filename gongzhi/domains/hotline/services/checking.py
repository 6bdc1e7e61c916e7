"""Reads a reply through before it goes out: what it leaves open, and why it went out all the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from gongzhi.base.declined import NotPossible, gettext_noop
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.queries.suggested import model_in_use
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, noted
from gongzhi.insight.triage.reply_points import Found, Given, points_in
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.prepared import Part

#: With so many of the unit's latest replies a new one is compared.
COMPARED: Final = 100


class ReplyLacks(NotPossible):
    """A reply leaves something open; `found` says what. It can be sent with a reason."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(
            gettext_noop("答复还没有发出：请看下面列出的几点，改好后再发；确需按原文发出的，写明理由。")
        )
        self.found = found


@dataclass
class Checking:
    """One reading of a reply: None for `despite` reads nothing; empty refuses; a reason lets it out and is kept."""

    reply: str
    despite: str | None
    found: Sequence[Found] = field(default_factory=tuple)
    is_read: bool = False

    def read_through(self, case: Case) -> Mapping[str, Any]:
        """Raise ReplyLacks where something is left open without a reason; return what the step keeps of it."""
        if self.despite is None or model_in_use() is None:
            return {}
        asked = Request.objects.filter(pk=case.parent_id or case.pk).first()
        if asked is None:
            return {}
        given = Given(phone=case.opened_by_id is not None, place=bool(asked.place))
        self.found = points_in(asked.text, self.reply, given, _others(case, asked))
        self.is_read = True
        if self.found and not self.despite.strip() and not settings.TRIAGE_REPLY_SHADOW:
            raise ReplyLacks(self.found)
        return {"despite": self.despite.strip()} if self.found else {}

    def notes(self, case: Case, now: datetime) -> Iterator[Part]:
        """Yield the row of a reply that was read: which points were found, and the reason it went out with them."""
        if not self.is_read:
            return
        note = Note(
            kind=Kind.REPLY,
            suggested=" ".join(sorted({one.point.value for one in self.found})),
            chosen="sent" if self.found else "passed",
            shadow=settings.TRIAGE_REPLY_SHADOW,
            reason=(self.despite or "").strip() if self.found else "",
        )
        yield noted(note, region_code=case.region_code, now=now)


def _others(case: Case, asked: Request) -> list[str]:
    """Return the latest replies of the unit to other matters; those linked to this one are answered alike on purpose."""
    main = asked.duplicate_of_id or asked.pk
    replies = Request.objects.filter(case__unit=case.unit, replied_at__isnull=False)
    replies = replies.exclude(pk=asked.pk).exclude(pk=main).exclude(duplicate_of_id=main)
    return list(replies.order_by("-replied_at").values_list("reply", flat=True)[:COMPARED])
