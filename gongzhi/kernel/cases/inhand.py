"""Which open matters an official has in hand: what they worked on last in their unit, and what was handed to them."""

from dataclasses import dataclass

from django.db.models import CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery

from gongzhi.base.regioncodes import prefix_range
from gongzhi.kernel.access.decide import told_to
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.reading import procedure_of
from gongzhi.kernel.declare.procedure import RECUSE
from gongzhi.kernel.people.accounts import actor_for
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.models import Post
from gongzhi.kernel.registry.api import DOMAINS

#: Whose signature a draft waits for.
SIGNING = frozenset({Role.HEAD, Role.REVIEWER})
#: Whose inbox is an area: what nobody has put a hand to is the area's, and no desk's.
BY_AREA = frozenset({Role.CALL_TAKER, Role.DISPATCHER})
#: Whose successor must serve the same area: a reviewer has in hand what they sent back in their unit, and objections of the
#: area wait for whoever reviews there (each leaves that stage with the reviewer's own step, so none is a desk's).
OF_AN_AREA = BY_AREA | {Role.REVIEWER}


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on a desk: the open matters, how many clocks run on them, how many wait for another's signature."""

    cases: tuple[Case, ...]
    deadlines: tuple[Deadline, ...]
    drafts: int


def in_hand(post: Post) -> QuerySet[Case]:
    """Return the open matters of the unit of *post* that its holder has in hand; a complaint about them never is.

    In hand is what they, and no colleague of the same role after them, last made a step in, and what a hand-over gave
    them. What nobody has touched is the unit's and shows in the inbox of each. Where the inbox is an area (`BY_AREA`)
    it is what waits for that role in the area, and came to wait there, or stayed, by their own step.
    """
    if post.unit_id is None:
        return Case.objects.none()
    actor, by_area = actor_for(post), Role(post.role) in BY_AREA
    by_unit = Step.objects.filter(
        case=OuterRef("pk"), unit_id=post.unit_id, role=post.role, post_id__isnull=False
    ).order_by("-number")
    here = _waits_in_area(post) if by_area else Q(unit_id=post.unit_id)
    last = Case.objects.filter(here, told_to(actor), closed_at__isnull=True).annotate(
        last_post=Subquery(by_unit.values("post_id")[:1]),
        last_to=Subquery(by_unit.values("to_stage")[:1], output_field=CharField()),
        last_at=Subquery(by_unit.values("at")[:1], output_field=DateTimeField()),
    )
    handed = Q(charge__post=post) & (Q(last_at=None) | Q(last_at__lte=F("charge__since")))
    worked_on = Q(last_post=post.pk) & (Q(charge=None) | Q(last_at__gt=F("charge__since")))
    if by_area:
        worked_on &= Q(last_to=F("stage"))
    return last.filter(handed | worked_on).order_by("pk")


def _waits_in_area(post: Post) -> Q:
    """Return what waits in the area of *post* in a stage for which its role is responsible."""
    if not post.region_code:
        return Q(pk__in=())
    low, high = prefix_range(post.region_code)
    stages = Q(pk__in=())
    for procedure in (each for domain in DOMAINS.values() for each in domain.procedures):
        theirs = [stage.key for stage in procedure.stages if stage.responsible == post.role]
        if theirs:
            stages |= Q(procedure=procedure.key, version=procedure.version, stage__in=theirs)
    return stages & Q(region_code__gte=low, region_code__lt=high)


def desk_of(post: Post, *, seen_by: Post | None = None) -> Desk:
    """Return what lies on a desk; with *seen_by* only what that official may take over.

    They take over no complaint about themselves or their unit (信访工作条例 art. 30) and nothing from which they have
    withdrawn (art. 28).
    """
    found = in_hand(post)
    if seen_by is not None:
        withdrawn = Step.objects.filter(case=OuterRef("pk"), move=RECUSE, account_id=seen_by.account_id)
        found = found.filter(told_to(actor_for(seen_by))).exclude(
            Q(pk__in=Subquery(withdrawn.values("case")))
        )
    cases = tuple(found)
    running = Deadline.objects.filter(case__in=[case.pk for case in cases], stopped_at=None)
    waiting = [case for case in cases if procedure_of(case).stage_by_key[case.stage].responsible in SIGNING]
    return Desk(cases, tuple(running.order_by("case", "pk")), len(waiting))
