"""The progress of one request in a person's words: where it stands, how long it took, what was done, what is open."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gongzhi.base.timeleft import in_words
from gongzhi.kernel.cases.models import Case, Deadline
from gongzhi.kernel.cases.reading import (
    Told,
    deadlines_of,
    is_late,
    open_moves,
    procedure_of,
    shown_deadline,
    told_to_person,
)
from gongzhi.kernel.declare.procedure import Procedure
from gongzhi.kernel.people.actor import Actor, Role

STAGES: Final = (pgettext_lazy("stage", "提交"), _("受理"), _("处理"), _("答复"), _("评价"))
RATED: Final = 5
LEFT_EARLY: Final = ("withdrawn", "diverted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a request stands: the word for it, and the place on the line of five."""

    label: str | Promise
    tone: str
    symbol: str
    stages: tuple[str | Promise, ...]
    at: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Stand):
    """Everything the page shows beside the request itself."""

    entries: list[dict[str, Any]]
    promise: Deadline | None
    late: bool
    took: timedelta | None
    spare_days: int
    voice: Deadline | None
    open: frozenset[str]

    @property
    def took_words(self) -> str:
        """How long the answer took, by its two largest units."""
        return in_words(self.took, get_language() or "zh-hans") if self.took is not None else ""


def progress_of(actor: Actor, case: Case, *, replied: bool, now: datetime) -> Progress:
    """Gather the progress of a request as the person may see it."""
    deadlines = deadlines_of(case)
    promise = shown_deadline(deadlines)
    stopped = promise.stopped_at if promise else None
    stand = stand_of(procedure_of(case), case.stage, well=case.is_closed or replied)
    return Progress(
        **{field.name: getattr(stand, field.name) for field in fields(stand)},
        entries=_entries(told_to_person(case)),
        promise=promise,
        late=promise is not None and is_late(promise, now),
        took=stopped - case.opened_at if stopped and replied else None,
        spare_days=max(0, (promise.due_at - stopped).days) if promise and stopped else 0,
        voice=next((one for one in deadlines if one.clock == "voice" and one.stopped_at is None), None),
        open=frozenset(move.key for move in open_moves(actor, case)),
    )


def stand_of(procedure: Procedure, stage: str, *, well: bool) -> Stand:
    """Say where a request stands; *well* once it was answered or is closed."""
    at, finished, left_early = _place(procedure, stage)
    return Stand(
        label=procedure.label_of(stage),
        tone="ok" if well else "info",
        symbol="circle-check" if well else "clock-3",
        stages=() if left_early else STAGES,
        at=at,
        finished=finished,
    )


def _place(procedure: Procedure, key: str) -> tuple[int, bool, bool]:
    """Where on the line of five the case stands, whether the line is run through, whether it was left early."""
    stage = procedure.stage_by_key.get(key)
    if stage is None:
        return RATED - 1, True, key in LEFT_EARLY
    if stage.responsible is Role.CITIZEN:
        return RATED - 1, False, False
    place = {1: 1, 2: 1, 3: 2, 4: 3}.get(stage.progress, RATED - 1)
    return place, stage.progress >= RATED, False


def _entries(told: list[Told]) -> list[dict[str, Any]]:
    """The timeline, newest first; a reply under review is shown only from the step that approves it."""
    entries, under_review = [], ""
    for one in reversed(told):
        step = one.step
        reply = str(step.answers.get("reply", ""))
        if step.move == "submit_reply":
            reply, under_review = "", reply
        elif step.move == "approve":
            reply = under_review
        note = str(step.answers.get("note") or step.answers.get("words") or "") if one.open else ""
        entries.append(
            {
                "title": one.words,
                "at": step.at,
                "who": " → ".join(unit.name for unit in one.units),
                "text": note,
                "quote": reply,
            }
        )
    return entries[::-1]
