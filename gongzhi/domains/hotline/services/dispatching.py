"""What the hotline centre does: dispatch, answer at once, show the right route, settle disputes, link, supervise."""

from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.utils.timezone import localdate

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.events import (
    RequestDispatched,
    RequestDiverted,
    RequestReplied,
    RequestUrged,
)
from gongzhi.domains.hotline.models import Kind, Request
from gongzhi.domains.hotline.services.alike import note_of_link
from gongzhi.domains.hotline.services.checking import asked_of
from gongzhi.domains.hotline.services.publishing import Clearing, Read
from gongzhi.domains.hotline.services.step import Step
from gongzhi.domains.hotline.services.suggesting import notes_of_dispatch
from gongzhi.insight.triage.reply_door import Reading
from gongzhi.kernel.access.decide import authorise, is_kept, may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.children import Handed, hold_parent
from gongzhi.kernel.cases.classifying import reclassify
from gongzhi.kernel.cases.complaints import refuse_mixed
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.models import Step as Passed
from gongzhi.kernel.cases.moves import take
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.cases.steps import carry
from gongzhi.kernel.organisations.categories import category_by_key
from gongzhi.kernel.organisations.models import MatterCategory
from gongzhi.kernel.organisations.responsibilities import Responsible, responsible_for
from gongzhi.kernel.people.actor import Actor

PLAIN_MOVES = {"accept", "send_back", "close", "join", "excuse", "contribute"}


def dispatch_request(
    *,
    actor: Actor,
    case_id: int,
    now: datetime,
    key: str,
    unit_id: int | None = None,
    note: str = "",
    category: str = "",
) -> Case:
    """Give a request to the responsible unit: the one the responsibility list names, or the one chosen.

    The arbiter of the list is kept on the case, for the day two units refuse it. `category` is the key of a better one
    than that under which it was registered; what was suggested is written down beside what was chosen.
    """
    authorise(actor, "hotline.dispatch")
    better = category_by_key(category)
    step = Step(
        move="dispatch",
        service="dispatch_request",
        answers={"unit_id": unit_id, "note": note} | ({"category": better.key} if better else {}),
        complete=lambda case: _settled(case, better, unit_id, now),
        fact=RequestDispatched,
        facts=lambda case: {"unit_id": case.unit_id},
        beside=lambda case: notes_of_dispatch(case, now),
    )
    return carry(actor, case_id, step, now, key)


def answer_directly(
    *,
    actor: Actor,
    case_id: int,
    reply: str,
    outcome: str,
    now: datetime,
    key: str,
    despite: str | None = None,
    **read: Unpack[Read],
) -> Case:
    """Answer what can be answered now, without dispatching it (安阳市政务服务条例 art. 49); it is read as `reply_to_request`."""
    authorise(actor, "hotline.answer")
    reading = Reading(reply, despite, asked_of)
    clearing = Clearing(actor, read.get("cleared", False), now)
    step = Step(
        move="answer",
        service="answer_directly",
        answers={
            "reply": reply,
            "outcome": outcome,
            **reading.reason,
            **clearing.answers,
        },
        complete=reading.read_through,
        changes={"reply": reply, "replied_at": now} | clearing.changes,
        fact=RequestReplied,
        facts=lambda case: {"outcome": outcome},
        beside=lambda case: (*reading.notes(case, now), *clearing.noted(case)),
    )
    return carry(actor, case_id, step, now, key)


def divert_request(
    *,
    actor: Actor,
    case_id: int,
    route: str,
    note: str,
    now: datetime,
    key: str,
    **read: Unpack[Read],
) -> Case:
    """Tell the person the right route for a matter that belongs elsewhere (安阳市政务服务条例 art. 49)."""
    authorise(actor, "hotline.divert")
    clearing = Clearing(actor, read.get("cleared", False), now)
    step = Step(
        move="divert",
        service="divert_request",
        answers={
            "reason": route,
            "note": note,
            "outcome": "transferred",
            **clearing.answers,
        },
        changes={"reply": note, "replied_at": now} | clearing.changes,
        fact=RequestDiverted,
        facts=lambda case: {"route": route},
        beside=clearing.noted,
    )
    return carry(actor, case_id, step, now, key)


def hand_to_petitions(*, actor: Actor, case_id: int, now: datetime, key: str) -> Case:
    """Hand what is a petition to the petition office with the person's words: nobody types it again (信访工作条例 art. 17).

    From then on it is not public: a petition is shown to nobody but those who handle it.
    """
    authorise(actor, "hotline.hand_to_petitions")
    step = Step(
        move="hand_to_petitions",
        service="hand_to_petitions",
        answers={"outcome": "transferred"},
        complete=_no_longer_public,
        fact=RequestDiverted,
        facts=lambda case: {"route": "petition"},
        handed=_for_petitions,
    )
    return carry(actor, case_id, step, now, key)


def _no_longer_public(case: Case) -> dict[str, Any]:
    """Have the step that is about to be made take the case out of public sight."""
    case.public = False
    return {}


def _for_petitions(case: Case) -> Handed:
    said = Request.objects.get(pk=case.pk)
    return Handed(
        words={
            "text": said.text,
            "place": said.place,
            "complained_of": said.complained_of,
            "by_post": said.by_post,
            "kind": "suggestion" if said.kind == Kind.SUGGESTION else "appeal",
        }
    )


def settle_dispute(*, actor: Actor, case_id: int, unit_id: int, note: str, now: datetime, key: str) -> Case:
    """Decide who handles a request that two units have refused; the clock has kept running."""
    authorise(actor, "hotline.assign")
    step = Step(
        move="assign",
        service="settle_dispute",
        answers={"unit_id": unit_id, "note": note},
        fact=RequestDispatched,
        facts=lambda case: {"unit_id": unit_id},
    )
    return carry(actor, case_id, step, now, key)


def supervise_request(*, actor: Actor, case_id: int, note: str, now: datetime, key: str) -> Case:
    """Put a request under supervision (督办): the unit must answer to the supervisor."""
    authorise(actor, "hotline.supervise")
    step = Step(
        move="supervise",
        service="supervise_request",
        answers={"note": note},
        changes={"supervised_at": now},
        fact=RequestUrged,
        facts=lambda case: {"supervised": True},
    )
    return carry(actor, case_id, step, now, key)


@transaction.atomic
def link_duplicate(*, actor: Actor, case_id: int, main_id: int, now: datetime) -> Request:
    """Link a request to the earlier one about the same matter. Both keep their own clock and their own reply.

    Where duplicates were suggested it is written down whether this was one of them.
    """
    authorise(actor, "hotline.link")
    request = (
        Request.objects.select_for_update(of=("self",)).select_related("case").filter(pk=case_id).first()
    )
    main = Request.objects.select_related("case", "duplicate_of__case").filter(pk=main_id).first()
    if request is None or main is None or is_kept(actor, request.case) or is_kept(actor, main.case):
        raise NotPossible(NOT_FOUND)
    main = main.duplicate_of or main
    if main.pk == request.pk:
        raise NotPossible("不能把一件事关联到它自己。请选择另一件。")
    if not (may(actor, "hotline.link", request.case) and may(actor, "hotline.link", main.case)):
        raise NotPossible("只能关联本辖区内的两件事。请核对编号。")
    refuse_mixed(request.case, main.case)
    if request.duplicate_of_id != main.pk:
        note_of_link(actor=actor, request=request, main=main, picked=main_id, now=now)
        request.duplicate_of = main
        request.save(update_fields=["duplicate_of"])
        Request.objects.filter(duplicate_of=request).update(duplicate_of=main)
        record(
            actor=actor,
            action="hotline.link",
            now=now,
            case_id=case_id,
            details={"main": main.pk},
        )
    return request


def move_request(*, actor: Actor, case_id: int, move: str, now: datetime, key: str, note: str = "") -> Case:
    """Make a plain move: accept a dispatch, send a reply back, join or finish co-handling."""
    authorise(actor, f"hotline.{move}")
    if move not in PLAIN_MOVES:
        raise NotPossible("没有这一步。请刷新页面后再试。")
    answers = {"note": note} if note else {}
    if move != "excuse":
        return take(actor=actor, case_id=case_id, move=move, now=now, key=key, **answers).case
    with transaction.atomic():
        hold_parent(case_id)
        return take(actor=actor, case_id=case_id, move=move, now=now, key=key, **answers).case


def _settled(case: Case, better: MatterCategory | None, chosen: int | None, now: datetime) -> dict[str, Any]:
    """Put the case into the better category where one was given, and find the unit for it."""
    if better is not None:
        reclassify(case, better)
    return _route(case, chosen, now)


def _route(case: Case, chosen: int | None, now: datetime) -> dict[str, Any]:
    """Return the unit that a request goes to, the arbiter, and whether both are those of the responsibility list."""
    _refuse_unexamined(case)
    listed = _listed(case, now)
    unit_id = chosen or (listed.lead_unit_id if listed else None)
    if unit_id is None:
        raise NotPossible("职责清单里没有这个类别和地区的承办单位。请选择一个单位，并告知管理员补充清单。")
    return {
        "unit_id": unit_id,
        "arbiter_unit_id": listed.arbiter_unit_id if listed else None,
        "listed": listed is not None and unit_id == listed.lead_unit_id,
    }


def _refuse_unexamined(case: Case) -> None:
    """Refuse to dispatch what names somebody in the person's own words until the centre has looked into it."""
    if NAMES_SOMEBODY not in case.flags or Passed.objects.filter(case_id=case.pk, move="name").exists():
        return
    said = Request.objects.get(pk=case.pk)
    raise NotPossible(
        "反映人写明了反映的对象：%(words)s。请先在事项页「登记被反映的单位或人」，再派发，以免转到被反映的一方。",
        words=said.complained_of,
    )


def _listed(case: Case, now: datetime) -> Responsible | None:
    if case.category_id is None:
        return None
    return responsible_for(case.category_id, case.region_code, localdate(now))
