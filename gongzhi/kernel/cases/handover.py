"""Hand over a whole desk when a person changes post: one offers, the other accepts, and everything moves at once."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.kernel.access.models import UNDECIDED
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.approval import asked_before, decide, needs_post
from gongzhi.kernel.cases.inhand import OF_AN_AREA, Desk, desk_of
from gongzhi.kernel.cases.keys import one_at_a_time
from gongzhi.kernel.cases.models import Case, Charge, HandOver
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.kernel.people.models import Post

GONE = "这个岗位还在任，由本人交接；离任以后才由单位负责人代为交接。"
TWO = "移交人和接收人要是两个人，而且在同一单位、同一岗位类别、管同一地区。请重新选择接收人。"


@transaction.atomic
def offer_desk(
    *, actor: Actor, from_post_id: int, to_post_id: int, words: str, now: datetime, key: str
) -> HandOver:
    """Offer a desk to a colleague: one's own, or as head of the unit that of somebody whose post has ended.

    Nothing moves until the colleague accepts. Raises NotAllowed for another's desk, NotPossible for a colleague of
    another unit or role or where an offer waits already.
    """
    account, post = needs_post(actor)
    body = {"from": from_post_id, "to": to_post_id, "words": words}
    number, mark, before = asked_before(HandOver, actor, key, body)
    if before is not None:
        return before
    leaver = Post.objects.filter(pk=from_post_id).first()
    comer = Post.objects.select_related("account").filter(pk=to_post_id).first()
    if leaver is None or comer is None:
        raise NotPossible(NOT_FOUND)
    _refuse_offer(actor, leaver, localdate(now))
    _refuse_pair(leaver, comer, account, localdate(now))
    if HandOver.objects.filter(from_post=leaver, decision=UNDECIDED).exists():
        raise NotPossible("这个岗位已有一份交接在等对方接收。请等对方处理后再提出。")
    made = HandOver.objects.create(
        key=number,
        mark=mark,
        purpose="desk",
        words=words.strip()[:200],
        unit_id=leaver.unit_id,
        region_code=leaver.region_code,
        asked_by_id=account,
        asked_in_id=post,
        asked_at=now,
        from_post=leaver,
        to_post=comer,
    )
    record(actor=actor, action="desk.offered", now=now, subject=f"handover:{made.pk}", purpose=made.words)
    return made


@transaction.atomic
def decide_desk(
    *, actor: Actor, handover_id: int, accept: bool, words: str, now: datetime, key: str
) -> HandOver:
    """Accept or refuse a desk as the one to whom it is offered: all of it moves in this transaction, or nothing.

    Clocks keep their day: a change of person never moves a deadline.
    """
    made = HandOver.objects.filter(pk=handover_id).first()
    if made is None or actor.post_id != made.to_post_id:
        raise NotPossible(NOT_FOUND)
    made = (
        HandOver.objects.select_for_update(of=("self",))
        .select_related("from_post__account", "to_post__account")
        .get(pk=handover_id)
    )
    if not decide(made, actor=actor, approve=accept, words=words, now=now, key=key):
        return made
    if accept:
        _move(actor, made, now)
    made.save(force_update=True)
    action = "desk.accepted" if accept else "desk.refused"
    counts = {
        "cases": len(made.cases),
        "deadlines": made.deadlines,
        "drafts": made.drafts,
        "sheet": made.sheet,
    }
    record(
        actor=actor, action=action, now=now, subject=f"handover:{made.pk}", purpose=made.words, details=counts
    )
    return made


def handovers_for(actor: Actor) -> QuerySet[HandOver]:
    """Return the hand-overs in which the actor has a part, newest first."""
    mine = Q(asked_by_id=actor.account_id or 0) | Q(to_post_id=actor.post_id or 0)
    found = HandOver.objects.filter(mine | Q(from_post_id=actor.post_id or 0))
    return found.select_related("from_post__account", "to_post__account", "asked_by").order_by("-asked_at")


def unanswered_for(actor: Actor) -> int:
    """Return how many hand-overs have something new for the actor: offered to them, or answered and not yet read."""
    if actor.post_id is None:
        return 0
    offered = Q(decision=UNDECIDED, to_post_id=actor.post_id)
    return HandOver.objects.filter(offered | _answered_to(actor)).count()


def mark_answers_read(actor: Actor, now: datetime) -> int:
    """Note that the one who offered has read what became of it; return of how many."""
    return HandOver.objects.filter(_answered_to(actor)).update(answer_read_at=now)


def _answered_to(actor: Actor) -> Q:
    return Q(decided_at__isnull=False, asked_in_id=actor.post_id or 0, answer_read_at=None)


def desks_to_offer(actor: Actor, on: date) -> list[Post]:
    """Return the posts whose desk the actor may offer: the own, and for a head those of the unit that have ended."""
    if actor.post_id is None or actor.unit_id is None:
        return []
    may = Q(pk=actor.post_id)
    if actor.role is Role.HEAD:
        may |= Q(unit_id=actor.unit_id, valid_to__lt=on)
    return list(Post.objects.filter(may).select_related("account").order_by("pk"))


def colleagues_of(posts: list[Post], on: date) -> list[Post]:
    """Return who may take over one of these desks: in the same unit, in a post of the same kind held on the day.

    Where matters wait for a role in an area, it is the same area as well.
    """
    pairs = Q(pk__in=())
    for one in posts:
        pairs |= Q(unit_id=one.unit_id, role=one.role, **_same_area(one)) & ~Q(account_id=one.account_id)
    held = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))
    return list(Post.objects.filter(pairs & held).select_related("account").order_by("account__name", "pk"))


def _refuse_offer(actor: Actor, leaver: Post, on: date) -> None:
    if actor.post_id == leaver.pk:
        return
    if actor.role is not Role.HEAD or actor.unit_id is None or actor.unit_id != leaver.unit_id:
        raise NotAllowed("只能交接自己的岗位；已离任的，由所在单位负责人代为交接。")
    if leaver.valid_to is None or leaver.valid_to >= on:
        raise NotPossible(GONE)


def _same_area(leaver: Post) -> dict[str, str]:
    return {"region_code": leaver.region_code} if Role(leaver.role) in OF_AN_AREA else {}


def _refuse_pair(leaver: Post, comer: Post, asked_by: int, on: date) -> None:
    same = comer.unit_id == leaver.unit_id and comer.role == leaver.role and leaver.unit_id is not None
    same = same and all(getattr(comer, name) == value for name, value in _same_area(leaver).items())
    if not same or comer.account_id in {leaver.account_id, asked_by} or not comer.is_in_force(on):
        raise NotPossible(TWO)


def _move(actor: Actor, made: HandOver, now: datetime) -> None:
    """Put every matter of the desk into the hand of who accepted it, each with a line in the audit record."""
    one_at_a_time(made.key)
    if not made.to_post.is_in_force(localdate(now)):
        raise Conflict("您的岗位已经离任，不能接收。请由在任的同事接收。")
    desk = desk_of(made.from_post, seen_by=made.to_post)
    ids = [case.pk for case in desk.cases]
    list(Case.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    charges = [Charge(case_id=pk, post=made.to_post, since=now) for pk in ids]
    Charge.objects.bulk_create(
        charges, update_conflicts=True, unique_fields=["case"], update_fields=["post", "since"]
    )
    for pk in ids:
        record(actor=actor, action="desk.moved", now=now, case_id=pk, subject=f"handover:{made.pk}")
    made.cases, made.deadlines, made.drafts = ids, len(desk.deadlines), desk.drafts
    made.sheet = hashlib.sha256(sheet_of(desk).encode()).hexdigest()


def sheet_of(desk: Desk) -> str:
    """Return the list that both sign: a line for each matter, with its stage and the days of its clocks."""
    days: dict[int, list[str]] = {}
    for one in desk.deadlines:
        days.setdefault(one.case_id, []).append(f"{one.clock} {one.due_at:%Y-%m-%d %H:%M%z}")
    return "\n".join(
        " ".join((case.number, case.procedure, case.stage, *days.get(case.pk, ()))) for case in desk.cases
    )
