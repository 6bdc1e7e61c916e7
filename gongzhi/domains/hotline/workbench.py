"""What the officials' pages read beside the request itself: proposals, kin, papers, lookers, samples."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db.models import Q, QuerySet

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.models import Draw, Drawn, Request
from gongzhi.domains.hotline.queries import PAGE
from gongzhi.kernel.access.decide import authorise, may, reach
from gongzhi.kernel.audit.record import entries_of_case, record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.models import Document
from gongzhi.kernel.documents.uploads import document_of, documents_of, open_document
from gongzhi.kernel.organisations.local_values import local_value
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.responsibilities import Responsible, responsible_for
from gongzhi.kernel.organisations.units import units_under
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.people.models import Account


def look_at(*, actor: Actor, case: Case, now: datetime) -> Request:
    """Return what a case is about and write down that an official looked; helpers read the request they help with."""
    request = Request.objects.select_related("duplicate_of__case").get(pk=case.parent_id or case.pk)
    record(actor=actor, action="case.read", now=now, case_id=case.pk, purpose="办理")
    return request


def units_to_choose(case: Case, on: date) -> Sequence[Unit]:
    """Return the units a case may be given to, those of its county first.

    The unit complained of and everything under it are left out (信访工作条例 art. 30).
    """
    low, high = prefix_range(case.region_code[:4])
    county = case.region_code[:6]
    found = Unit.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), region_id__gte=low, region_id__lt=high
    )
    if case.against_unit_id is not None:
        found = found.exclude(pk__in=units_under(case.against_unit_id))
    return sorted(found, key=lambda unit: (not unit.region_id.startswith(county), unit.name))


def proposed_unit(case: Case, on: date) -> tuple[Unit, Responsible] | None:
    """Return the unit that the responsibility list names, with the line that names it; never the one complained of."""
    listed = responsible_for(case.category_id, case.region_code, on) if case.category_id else None
    if listed is None:
        return None
    if case.against_unit_id is not None and listed.lead_unit_id in units_under(case.against_unit_id):
        return None
    return Unit.objects.get(pk=listed.lead_unit_id), listed


def received_requests(actor: Actor, case_ids: Sequence[int]) -> Sequence[Case]:
    """Return those of the cases that the actor may dispatch, in the order they are due."""
    mine = Case.objects.filter(reach(actor, "hotline.dispatch"), pk__in=case_ids, stage="received")
    return list(mine.select_related("category", "unit").order_by("due_at", "pk"))


def related_requests(actor: Actor, request: Request) -> dict[str, Sequence[Any]]:
    """Return what hangs together with a request, as far as the actor may read it: linked, helping, earlier."""
    main = request.duplicate_of or request
    linked = Request.objects.filter(Q(duplicate_of=main) | Q(pk=main.pk)).exclude(pk=request.pk)
    case = request.case
    earlier = Request.objects.filter(case__opened_by_id=case.opened_by_id).exclude(pk=request.pk)
    can_know = case.opened_by_id is not None and not case.sealed
    return {
        "linked": _readable(actor, linked),
        "children": list(case.children.select_related("unit").order_by("pk")),
        "earlier": _readable(actor, earlier) if can_know else [],
    }


def _readable(actor: Actor, found: QuerySet[Request], most: int = PAGE) -> list[Request]:
    rows = found.select_related("case__unit", "case__category").order_by("-case__opened_at")[:most]
    return [one for one in rows if may(actor, "hotline.read", one.case) and not one.case.sealed]


def lookers(actor: Actor, case: Case) -> Sequence[dict[str, Any]]:
    """Return who read or changed a case, newest first, with the names of the accounts and units."""
    authorise(actor, "hotline.read", case)
    entries = list(entries_of_case(case.pk)[:100])
    names = dict(
        Account.objects.filter(pk__in={e.account_id for e in entries if e.account_id}).values_list(
            "pk", "name"
        )
    )
    units = Unit.objects.in_bulk({e.unit_id for e in entries if e.unit_id})
    return [
        {
            "entry": entry,
            "who": names.get(entry.account_id or 0, ""),
            "unit": units.get(entry.unit_id or 0, ""),
        }
        for entry in entries
    ]


def same_in_unit(actor: Actor, case: Case) -> Sequence[Request]:
    """Return linked requests that the actor's unit handles too and that are still to be answered."""
    request = Request.objects.filter(pk=case.pk).first()
    if request is None or actor.unit_id is None:
        return []
    main_id = request.duplicate_of_id or request.pk
    linked = Request.objects.filter(Q(duplicate_of_id=main_id) | Q(pk=main_id), case__stage=case.stage)
    return list(linked.exclude(pk=case.pk).filter(case__unit_id=actor.unit_id).select_related("case"))


def is_reply_reviewed(case: Case, on: date) -> bool:
    """Say whether the county has a second person check every reply."""
    switch = local_value(case.region_code[:6], "hotline.reply_review", on)
    return bool(switch and switch.value)


def drawn_in(actor: Actor, draw_id: int) -> tuple[Draw, Sequence[Drawn]]:
    """Return one call-back sample of the actor's area and the lots in the order of the draw."""
    if not (may(actor, "hotline.draw") or may(actor, "hotline.call_back")) or not actor.region_code:
        raise NotAllowed("您的岗位不能查看回访抽样。请换用热线中心岗位。")
    low, high = prefix_range(actor.region_code)
    draw = Draw.objects.filter(region_code__gte=low, region_code__lt=high, pk=draw_id).first()
    if draw is None:
        raise NotPossible("没有找到这次抽样。请从抽样列表打开。")
    return draw, list(draw.drawn.select_related("case__unit").order_by("position"))


def papers_of(actor: Actor, case: Case) -> Sequence[Document]:
    """Return the papers of a case that the actor may open."""
    return [one for one in documents_of(case.pk) if may_open_paper(actor, case, one)]


def read_case(actor: Actor, case_id: int) -> Case:
    """Return a case of the hotline that *actor* may read: a request, or the part of a unit that helps."""
    case = case_for(actor, "hotline.read", case_id)
    if not case.procedure.startswith("hotline."):
        raise NotPossible("没有找到这件事。请核对编号。")
    return case


def may_see_requester(actor: Actor, case: Case) -> bool:
    """Say whether the contact may be shown at all; the purpose is asked for then (GB/T 33358-2016 on sealed ones)."""
    return may(actor, "hotline.see_sealed_requester" if case.sealed else "hotline.see_requester", case)


def open_paper(*, actor: Actor, case_id: int, document_id: int, now: datetime) -> tuple[Document, BinaryIO]:
    """Return a paper and its content to those who may read the case, and write down that it was opened."""
    case = read_case(actor, case_id)
    paper = document_of(case.pk, document_id)
    if not may_open_paper(actor, case, paper):
        raise NotAllowed("这份材料涉及反映人身份，您的岗位不能打开。请联系热线中心。")
    record(
        actor=actor,
        action="document.read",
        now=now,
        case_id=case.pk,
        subject=f"document:{paper.pk}",
        purpose="办理",
    )
    return paper, open_document(paper)


def may_open_paper(actor: Actor, case: Case, paper: Document) -> bool:
    """What the person sent with a sealed request may show who they are: only who may know them opens it."""
    from_person = not paper.from_office
    return may_see_requester(actor, case) if case.sealed and from_person else may(actor, "hotline.read", case)
