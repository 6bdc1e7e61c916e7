"""What waits for an actor, read from the declared procedures: the stages with a move of theirs, within its area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Expression,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.decide import NOTHING, area
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import Procedure, Stage
from gongzhi.kernel.declare.rule import Rule
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS

ALL, SOON, LATE = "all", "soon", "late"
#: How far tabs count: who answers for a whole province wants to know that it is very much, and not to wait for how much.
MOST = 499


@dataclass(frozen=True, slots=True)
class Group:
    """One tab of the inbox: its name in the address, its words, which cases it holds, and how alarming it is.

    `filter` is asked of what waits for the actor; `alone`, where there is one, says the same without anything else that waits.
    """

    key: str
    label: Words
    filter: Q
    tone: str = ""
    alone: Q | None = None


def waiting_for(actor: Actor) -> QuerySet[Case]:
    """Return the open cases in a stage with a move that *actor* may make, each checked by the rule of that move."""
    parts = [part for procedure in _procedures() for part in _parts(actor, procedure, procedure.stages)]
    return _open().filter(_any(parts))


def groups_for(actor: Actor, now: datetime) -> list[Group]:
    """Return the tabs of an actor: everything, a tab for each stage, co-handling, what is due soon or late."""
    stages: dict[str, Group] = {}
    for procedure in _procedures():
        helps = procedure.key in _opened_by_moves()
        for stage in procedure.stages:
            if not _rules(actor, stage):
                continue
            key, label = (procedure.key, procedure.label) if helps else (stage.key, stage.label)
            if key in stages and stages[key].label != label:
                key = f"{procedure.key}.{stage.key}"  # two procedures call different things by the same word
            mine = Q(procedure=procedure.key) if helps else Q(procedure=procedure.key, stage=stage.key)
            before = stages[key] if key in stages else Group(key, label, NOTHING, alone=NOTHING)
            alone = (before.alone or NOTHING) | _any(_parts(actor, procedure, [stage]))
            stages[key] = Group(key, label, before.filter | mine, alone=alone)
    return [
        Group(ALL, _("全部待办"), Q()),
        *stages.values(),
        Group(SOON, _("即将超期"), Q(due_at__gte=now, warn_at__lte=now), "warn"),
        Group(LATE, _("已超期"), Q(due_at__lt=now), "bad"),
    ]


def counted(cases: QuerySet[Case], groups: Sequence[Group]) -> dict[str, int]:
    """Count every group in one query, no further than `MOST` + 1; only where so much waits in all, each by itself."""
    flags = {f"n{place}": _flag(group.filter) for place, group in enumerate(groups)}
    some = cases.order_by().annotate(**flags)[: MOST + 1]
    found = some.aggregate(
        all=Count("pk"), **{f"of_{name}": Count("pk", filter=Q(**{name: True})) for name in flags}
    )
    if (most := found["all"]) > MOST:
        return {group.key: _counted_alone(cases, group) if group.filter else most for group in groups}
    return {group.key: found[f"of_n{place}"] for place, group in enumerate(groups)}


def _counted_alone(cases: QuerySet[Case], group: Group) -> int:
    held = cases.filter(group.filter) if group.alone is None else _open().filter(group.alone)
    return held.order_by()[: MOST + 1].count()


def in_figures(count: int) -> int | str:
    """Return a count as it is shown: beyond `MOST` it was not counted any more."""
    return f"{MOST}+" if count > MOST else count


def _flag(fits: Q) -> Expression:
    return ExpressionWrapper(fits if fits else Q(pk__isnull=False), BooleanField())


def with_township(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Add what a line of the list shows: unit, category and the name of the township, in the same query."""
    township = Region.objects.filter(code=Left(OuterRef("region_code"), 9)).values("name")[:1]
    return cases.select_related("unit", "category").annotate(
        township=Subquery(township, output_field=CharField())
    )


def _open() -> QuerySet[Case]:
    return Case.objects.filter(closed_at__isnull=True)


def _procedures() -> list[Procedure]:
    return [procedure for domain in DOMAINS.values() for procedure in domain.procedures]


def _opened_by_moves() -> frozenset[str]:
    """The procedures that are opened for units that help: the tab names the procedure and not each stage."""
    return frozenset(move.opens for procedure in _procedures() for move in procedure.moves if move.opens)


def _rules(actor: Actor, stage: Stage) -> list[Rule]:
    """The rules of the moves for which a case waits; nothing waits for being told whom it complains of."""
    return [move.rule for move in stage.moves if actor.role in move.rule.roles and not move.names]


def _parts(actor: Actor, procedure: Procedure, within: Sequence[Stage]) -> list[Q]:
    """One condition for each area, with all of some stages in which it opens something."""
    stages: dict[tuple[str, bool], tuple[Rule, list[str]]] = {}
    for stage in within:
        for rule in _rules(actor, stage):
            kept = stages.setdefault((rule.within, rule.opens_sealed), (rule, []))
            kept[1].append(stage.key)
    this = Q(procedure=procedure.key, version=procedure.version)
    return [this & Q(stage__in=sorted(set(keys))) & area(rule, actor) for rule, keys in stages.values()]


def _any(parts: list[Q]) -> Q:
    return reduce(or_, parts) if parts else NOTHING
