"""What pages ask of a case: what may be done now, what has been done, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.kernel.access.decide import authorise, covers, reach
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.declare.clock import Kind
from gongzhi.kernel.declare.procedure import OPEN, Move, Procedure
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import domain
from gongzhi.kernel.registry.api import procedure as declared

NOT_FOUND = "没有找到这件事。请核对编号，或确认它在您的办理范围内。"
BESIDE = ("category", "unit", "opened_by")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a timeline: the step, the words for it, and whether what was written with it may be read too."""

    step: Step
    words: Words
    open: bool = True
    to: Unit | None = None  # the unit that the step gave the matter to

    @property
    def units(self) -> list[Unit]:
        """The unit that made the step, then the one that it gave the matter to."""
        return [unit for unit in (self.step.unit, self.to) if unit]

    @property
    def said(self) -> str:
        """What was written with the step; nothing when it stays in the offices."""
        if not self.open:
            return ""
        return str(self.step.answers.get("reply") or self.step.answers.get("note") or "")


def procedure_of(case: Case) -> Procedure:
    """Return the procedure in the version under which the case began."""
    return declared(case.procedure, case.version)


def cases_for(actor: Actor, action: str) -> QuerySet[Case]:
    """Return the cases that *action* opens to *actor*."""
    return Case.objects.filter(reach(actor, action))


def case_for(actor: Actor, action: str, case_id: int) -> Case:
    """Return one case, or refuse it in words that do not tell whether it exists elsewhere."""
    case = Case.objects.select_related(*BESIDE).filter(pk=case_id).first()
    if case is None:
        raise NotPossible(NOT_FOUND)
    try:
        authorise(actor, action, case)
    except NotAllowed as fault:
        raise NotPossible(NOT_FOUND) from fault
    return case


def successor_of(actor: Actor, case: Case) -> Case | None:
    """Return the case in which a matter went on, for the person whose it is."""
    if actor.person_id is None:
        return None
    return Case.objects.filter(handed_from_id=case.pk, opened_by_id=actor.person_id).first()


def action_of(case: Case, word: str) -> str:
    """Return the action *word* of the domain whose case it is, as "hotline.read"."""
    return f"{case.procedure.partition('.')[0]}.{word}"


def open_moves(actor: Actor, case: Case) -> list[Move]:
    """Return the moves that *actor* may make now, in the declared order."""
    stage = procedure_of(case).stage_by_key.get(case.stage)
    if stage is None:
        return []
    return [move for move in stage.moves if actor.role in move.rule.roles and covers(move.rule, actor, case)]


def moves_offered(actor: Actor, case: Case, now: datetime) -> list[Move]:
    """Return of the moves open to *actor* those that fit the case, as its domain declares: pages offer these."""
    moves, unfit = open_moves(actor, case), domain(case.procedure).unfit
    out = unfit(case, localdate(now)) if moves and unfit is not None else ()
    return [move for move in moves if move.key not in out]


def steps_of(case: Case) -> list[Told]:
    """Return every step with the official's word for it, newest first."""
    labels = _labels(procedure_of(case))
    steps, given = _steps(case)
    return [
        Told(step, labels.get((step.from_stage, step.move), step.move), to=given.get(step.pk))
        for step in steps
    ]


def told_to_person(case: Case) -> list[Told]:
    """Return the steps that the person concerned reads, newest first, in the words meant for them."""
    procedure = procedure_of(case)
    shown = {(s.key, m.key): (m.told, m.says) for s in procedure.stages for m in s.moves if m.told}
    shown["", OPEN] = (_("已登记"), False)
    steps, given = _steps(case)
    return [
        Told(step, *shown[key], to=given.get(step.pk))
        for step in steps
        if (key := (step.from_stage, step.move)) in shown
    ]


def _steps(case: Case) -> tuple[list[Step], dict[int, Unit]]:
    """Return the steps, newest first, and the unit that a step gave the matter to, by the key of the step."""
    steps = list(case.steps.select_related("unit").order_by("-number"))
    given = {step.pk: int(unit) for step in steps if (unit := step.answers.get("unit_id"))}
    units = Unit.objects.in_bulk(given.values()) if given else {}
    return steps, {step: units[unit] for step, unit in given.items() if unit in units}


def deadlines_of(case: Case) -> list[Deadline]:
    """Return every run of every clock of the case, the latest first."""
    return list(case.deadlines.select_related("unit").order_by("-id"))


def shown_deadline(deadlines: Iterable[Deadline]) -> Deadline | None:
    """Return the deadline a person is shown: of the promises that bind the office, the last to end (承诺时限)."""
    promises = (d for d in deadlines if d.kind == Kind.PROMISE and d.binds_office)
    return max(promises, key=lambda deadline: deadline.due_at, default=None)


def is_late(deadline: Deadline, now: datetime) -> bool:
    """Say whether a period was, or is being, overrun; a paused one is not."""
    return deadline.due_at < (deadline.stopped_at or deadline.paused_at or now)


def _labels(procedure: Procedure) -> dict[tuple[str, str], Words]:
    labels = {(s.key, m.key): m.label for s in procedure.stages for m in s.moves}
    labels["", OPEN] = _("登记")
    return labels
