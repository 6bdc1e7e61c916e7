"""What waits for an actor, read from the declared procedures: the stages with a move of theirs, within its area."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BooleanField,
    CharField,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.access.decide import NOTHING, area
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import Procedure, Stage
from gongzhi.kernel.declare.rule import Rule, Within
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS

ALL, SOON, LATE = "all", "soon", "late"
#: How far tabs count: who answers for a whole province wants to know that it is very much, and not to wait for how much.
MOST = 499
#: So many cases are read to count them all (some 0.8 ms a thousand); beyond, each stage is counted by itself.
AT_ONCE = 10_000
#: The columns of a case that say in which stage of which procedure it is.
STAGE_OF = ("procedure", "version", "stage")


@dataclass(frozen=True, slots=True)
class Place:
    """Where cases wait for an actor: one stage of a procedure, and the area in which it opens something.

    `of_region` says that the area is a region, whose cases lie together by stage (`case_here`).
    """

    procedure: str
    version: str
    stage: str
    within: Q
    of_region: bool


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
    """Return the open cases in a stage with a move that *actor* may make, each checked by the rule of that move."""
    parts = [part for procedure in _procedures() for part in _parts(actor, procedure)]
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
            before = stages[key] if key in stages else Group(key, label, NOTHING)
            rules = _rules(actor, stage)
            within = _any([area(rule, actor) for rule in rules])
            of_region = all(rule.within is Within.REGION for rule in rules)
            here = Place(procedure.key, procedure.version, stage.key, within, of_region)
            stages[key] = Group(key, label, before.filter | mine, places=(*before.places, here))
    return [
        Group(ALL, _("全部待办"), Q()),
        *stages.values(),
        Group(SOON, _("即将超期"), Q(due_at__gte=now, warn_at__lte=now), "warn"),
        Group(LATE, _("已超期"), Q(due_at__lt=now), "bad"),
    ]


def counted(waiting: QuerySet[Case], groups: Sequence[Group]) -> dict[str, int]:
    """Count every group of what waits, as far as `MOST` + 1: in one look where it is not too much, else stage by stage."""
    alarms = {f"n{number}": group for number, group in enumerate(groups) if group.filter and not group.places}
    places = [place for group in groups for place in group.places]
    looked = _counted_at_once(waiting, alarms)
    if looked is None:
        of_stages = _counted_by_stage(places)
        raised = {group.key: _at_most(waiting.filter(group.filter)).count() for group in alarms.values()}
        everything = MOST + 1
    else:
        of_stages = {place: looked.there[place.procedure, place.version, place.stage] for place in places}
        raised = {group.key: looked.raised[name] for name, group in alarms.items()}
        everything = looked.there.total()
    of_tabs = {group.key: sum(map(of_stages.__getitem__, group.places)) for group in groups if group.places}
    return {key: min(MOST + 1, count) for key, count in {ALL: everything, **of_tabs, **raised}.items()}


@dataclass(frozen=True, slots=True)
class Looked:
    """How many cases wait in each stage of each procedure and version, and how many raise each alarm."""

    there: Counter[tuple[str, str, str]]
    raised: Counter[str]


def _counted_at_once(waiting: QuerySet[Case], alarms: dict[str, Group]) -> Looked | None:
    """Count all that waits by one query; None where more than `AT_ONCE` cases do."""
    flags = {name: ExpressionWrapper(group.filter, BooleanField()) for name, group in alarms.items()}
    looked = Looked(Counter(), Counter())
    try:
        query = waiting.order_by().annotate(**flags).values(*STAGE_OF, *flags)[: AT_ONCE + 1].query
        sql, given = query.sql_with_params()
    except EmptyResultSet:  # nothing at all can wait
        return looked
    sums = "".join(f", count(*) FILTER (WHERE {name})" for name in flags)
    columns = ", ".join(STAGE_OF)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, count(*){sums} FROM ({sql}) AS waiting GROUP BY {columns}", given)
        for procedure, version, stage, count, *raised in cursor.fetchall():
            looked.there[procedure, version, stage] = count
            looked.raised.update(dict(zip(flags, raised, strict=True)))
    return looked if looked.there.total() <= AT_ONCE else None


def counted_waiting(actor: Actor) -> int:
    """Count what waits for an actor, no further than `MOST` + 1."""
    return _at_most(waiting_for(actor)).count()


def _at_most(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return so many of *cases* as are counted."""
    return cases.order_by()[: MOST + 1]


def _counted_by_stage(places: Sequence[Place]) -> dict[Place, int]:
    """Count what waits in each place, no further than `MOST` + 1: one query for all stages that open the same area.

    In a region nothing is asked but stage and place: a case in a stage is open. Asked for open cases too, the planner reads all
    of them for each stage, since their indexes are small.
    """
    alike: dict[tuple[Q, bool], list[Place]] = defaultdict(list)
    for place in places:
        alike[place.within, place.of_region].append(place)
    counts = dict.fromkeys(places, 0)
    for (within, of_region), together in alike.items():
        there = Case.objects.all() if of_region else _open()
        asked = {name: RawSQL(f"place.{name}", ()) for name in STAGE_OF}  # noqa: S611 - columns named above
        try:
            sql, given = _at_most(there.filter(within, **asked)).values("pk").query.sql_with_params()
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


def _parts(actor: Actor, procedure: Procedure) -> list[Q]:
    """One condition for each area, with all stages in which it opens something."""
    stages: dict[tuple[str, bool], tuple[Rule, list[str]]] = {}
    for stage in procedure.stages:
        for rule in _rules(actor, stage):
            kept = stages.setdefault((rule.within, rule.opens_sealed), (rule, []))
            kept[1].append(stage.key)
    this = Q(procedure=procedure.key, version=procedure.version)
    return [this & Q(stage__in=sorted(set(keys))) & area(rule, actor) for rule, keys in stages.values()]


def _any(parts: list[Q]) -> Q:
    return reduce(or_, parts) if parts else NOTHING
