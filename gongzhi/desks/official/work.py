"""What waits for an actor, read from the declared procedures: the stages with a move of theirs, within its area."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.decide import NOTHING, area
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import Procedure, Stage
from gongzhi.kernel.declare.rule import Rule, Within
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS

ALL, SOON, LATE = "all", "soon", "late"
#: How far tabs count: who answers for a whole province wants to know that it is very much, and not to wait for how much.
MOST = 499
#: So many cases are read to count them all (some 0.8 ms a thousand); beyond, each stage is counted by itself.
AT_ONCE = 10_000
#: What the indexes of cases by unit and by day hold.
OPEN = Q(closed_at__isnull=True)
#: The columns of a case that say in which stage of which procedure it is.
STAGE_OF = ("procedure", "version", "stage")


@dataclass(frozen=True, slots=True)
class Place:
    """Where cases wait for an actor: one stage of a procedure, and the area in which it opens something."""

    procedure: str
    version: str
    stage: str
    within: Q


@dataclass(frozen=True, slots=True)
class Group:
    """One tab of the inbox: its name in the address, its words, which cases it holds, and how alarming it is.

    `filter` is asked of what waits for the actor; `places`, where there are any, say the same stage by stage.
    """

    key: str
    label: Words
    filter: Q
    tone: str = ""
    places: tuple[Place, ...] = ()


def waiting_for(actor: Actor) -> QuerySet[Case]:
    """Return the open cases in a stage with a move that *actor* may make, each checked by the rule of that move.

    In a region nothing is asked but stage and place: a case in a stage is open. Asked for open cases too, the planner reads the
    index of all there are in the province and keeps what is also in the region.
    """
    return Case.objects.filter(
        _any([part for procedure in _procedures() for part in _parts(actor, procedure)])
    )


def along_days(waiting: QuerySet[Case]) -> QuerySet[Case]:
    """Return the same cases, to be read along the days on which open cases fall due until there are enough."""
    return waiting.filter(OPEN)


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
            before = stages[key] if key in stages else Group(key, label, NOTHING)
            within = _any([_within(rule, actor) for rule in _rules(actor, stage)])
            here = Place(procedure.key, procedure.version, stage.key, within)
            stages[key] = Group(key, label, before.filter | mine, places=(*before.places, here))
    return [
        Group(ALL, _("全部待办"), Q()),
        *stages.values(),
        Group(SOON, _("即将超期"), Q(due_at__gte=now, warn_at__lte=now), "warn"),
        Group(LATE, _("已超期"), Q(due_at__lt=now), "bad"),
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each tab holds, no further than `MOST` + 1, and the numbers of those that the list begins with.

    `first` is None where so much waits that it was not all read: then the list is read along the days.
    """

    of: dict[str, int]
    first: list[int] | None


def counted(waiting: QuerySet[Case], groups: Sequence[Group], shown: Group, lines: int) -> Counts:
    """Count every group of what waits and find the first *lines* of *shown* by due day: in one look, or stage by stage."""
    alarms = {f"n{number}": group for number, group in enumerate(groups) if group.filter and not group.places}
    places = [place for group in groups for place in group.places]
    looked = _looked_at(waiting, alarms, shown, lines)
    if looked is None:
        of_stages, soon = _counted_by_stage(places), along_days(waiting)
        raised = {group.key: _at_most(soon.filter(group.filter)).count() for group in alarms.values()}
        everything = MOST + 1
    else:
        of_stages = {place: looked.there[place.procedure, place.version, place.stage] for place in places}
        raised = {group.key: looked.raised[name] for name, group in alarms.items()}
        everything = looked.there.total()
    of_tabs = {group.key: sum(map(of_stages.__getitem__, group.places)) for group in groups if group.places}
    counts = {key: min(MOST + 1, count) for key, count in {ALL: everything, **of_tabs, **raised}.items()}
    return Counts(counts, looked.first if looked else None)


@dataclass(slots=True)
class Looked:
    """How many cases wait in each stage of each procedure and version, how many raise each alarm, and the first to be shown."""

    there: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    raised: Counter[str] = field(default_factory=Counter)
    first: list[int] = field(default_factory=list)


def _looked_at(waiting: QuerySet[Case], alarms: dict[str, Group], shown: Group, lines: int) -> Looked | None:
    """Count all that waits and find what is shown first, by one query; None where more than `AT_ONCE` cases wait."""
    flags = {name: ExpressionWrapper(group.filter, BooleanField()) for name, group in alarms.items()}
    is_shown = ExpressionWrapper(shown.filter or Q(pk__isnull=False), BooleanField())
    looked = Looked()
    try:
        query = waiting.order_by().annotate(**flags, is_shown=is_shown)
        read = query.values("id", "due_at", "is_shown", *STAGE_OF, *flags)[: AT_ONCE + 1].query
        sql, given = read.sql_with_params()
    except EmptyResultSet:  # nothing at all can wait
        return looked
    sums = "".join(f", count(*) FILTER (WHERE {name})" for name in flags)
    columns = ", ".join(STAGE_OF)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH waiting AS MATERIALIZED ({sql}) SELECT {columns}, count(*),"
            f" ARRAY(SELECT id FROM waiting WHERE is_shown ORDER BY due_at, id LIMIT %s){sums}"
            f" FROM waiting GROUP BY {columns}",
            (*given, lines),
        )
        for procedure, version, stage, count, first, *raised in cursor.fetchall():
            looked.there[procedure, version, stage] = count
            looked.raised.update(dict(zip(flags, raised, strict=True)))
            looked.first = first  # the same in every row
    return looked if looked.there.total() <= AT_ONCE else None


def counted_waiting(actor: Actor) -> int:
    """Count what waits for an actor, no further than `MOST` + 1."""
    return _at_most(waiting_for(actor)).count()


def _at_most(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return so many of *cases* as are counted."""
    return cases.order_by()[: MOST + 1]


def _counted_by_stage(places: Sequence[Place]) -> dict[Place, int]:
    """Count what waits in each place, no further than `MOST` + 1: one query for all stages that open the same area."""
    alike: dict[Q, list[Place]] = defaultdict(list)
    for place in places:
        alike[place.within].append(place)
    counts = dict.fromkeys(places, 0)
    for within, together in alike.items():
        asked = {name: RawSQL(f"place.{name}", ()) for name in STAGE_OF}  # noqa: S611 - columns named above
        try:
            sql, given = _at_most(Case.objects.filter(within, **asked)).values("pk").query.sql_with_params()
        except EmptyResultSet:  # nothing at all lies within
            continue
        rows = ", ".join(["(%s::int, %s::text, %s::text, %s::text)"] * len(together))
        named = [
            value
            for number, place in enumerate(together)
            for value in (number, place.procedure, place.version, place.stage)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT number, (SELECT count(*) FROM ({sql}) AS waiting)"
                f" FROM (VALUES {rows}) AS place (number, {', '.join(STAGE_OF)})",
                (*given, *named),
            )
            counts |= {together[number]: count for number, count in cursor.fetchall()}
    return counts


def in_figures(count: int) -> int | str:
    """Return a count as it is shown: beyond `MOST` it was not counted any more."""
    return f"{MOST}+" if count > MOST else count


def _procedures() -> list[Procedure]:
    return [procedure for domain in DOMAINS.values() for procedure in domain.procedures]


def _opened_by_moves() -> frozenset[str]:
    """The procedures that are opened for units that help: the tab names the procedure and not each stage."""
    return frozenset(move.opens for procedure in _procedures() for move in procedure.moves if move.opens)


def _rules(actor: Actor, stage: Stage) -> list[Rule]:
    """The rules of the moves for which a case waits; nothing waits for being told whom it complains of."""
    return [move.rule for move in stage.moves if actor.role in move.rule.roles and not move.names]


def _parts(actor: Actor, procedure: Procedure) -> list[Q]:
    """One condition for each area, with all stages in which it opens something."""
    stages: dict[tuple[str, bool], tuple[Rule, list[str]]] = {}
    for stage in procedure.stages:
        for rule in _rules(actor, stage):
            kept = stages.setdefault((rule.within, rule.opens_sealed), (rule, []))
            kept[1].append(stage.key)
    this = Q(procedure=procedure.key, version=procedure.version)
    return [this & Q(stage__in=sorted(set(keys))) & _within(rule, actor) for rule, keys in stages.values()]


def _within(rule: Rule, actor: Actor) -> Q:
    """Return the area of a rule, with what finds it: a region's cases lie together by stage, a unit's open ones by unit."""
    return area(rule, actor) if rule.within is Within.REGION else OPEN & area(rule, actor)


def _any(parts: list[Q]) -> Q:
    return reduce(or_, parts) if parts else NOTHING
