"""Cases that grow from a case: those of co-handling units, and the one of another procedure that takes over."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.base.declined import NotPossible
from gongzhi.kernel import prepared
from gongzhi.kernel.cases import statements
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY, Opening, Result, open_case
from gongzhi.kernel.documents.handed import hand_on_papers
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import domain
from gongzhi.kernel.registry.api import procedure as declared


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What goes along to the case that takes over: the unit that receives it, else the same one, and the words.

    With `to_centre` no unit receives it but those who dispatch in the region. The words stay out of the step: they are
    the person's, and the domain that takes over keeps them.
    """

    unit_id: int | None = None
    to_centre: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)


def require_children_closed(case: Case) -> None:
    """Raise NotPossible while a co-handling unit has not finished: the late party is named."""
    if not case.involved_units:
        return
    if late := _names(_helping(case)):
        raise NotPossible("协办单位还没有办完：%(late)s。请先催办，或等它们反馈。", late=late)


def refuse_invited_twice(case: Case, units: Iterable[int]) -> None:
    """Raise NotPossible when one of the units is asked to help already and has not finished: it is named."""
    if again := _names(_helping(case) & {int(unit) for unit in units}):
        raise NotPossible("已经邀请过：%(again)s，正在协办。请去掉它们再提交，或等它们反馈。", again=again)


def hold_parent(case_id: int) -> None:
    """Lock the case to which a child belongs before the child: whoever locks both goes from parent to child."""
    parent_id = Case.objects.filter(pk=case_id).values_list("parent_id", flat=True).first()
    if parent_id is not None:
        Case.objects.select_for_update().filter(pk=parent_id).first()


def _helping(case: Case) -> frozenset[int]:
    """Return the units whose case is still open, also when whoever acts does not see those cases."""
    if not case.involved_units:
        return frozenset()
    return frozenset(int(row[1]) for row in prepared.run(statements.OPEN_CHILDREN, (case.pk,)))


def _names(unit_ids: frozenset[int]) -> str:
    """Return the short names of units, as one sentence holds them."""
    units = Unit.objects.filter(pk__in=unit_ids).order_by("pk") if unit_ids else ()
    return "、".join(str(unit.short_name or unit.name) for unit in units)


def open_children(
    *, actor: Actor, parent: Case, procedure: str, units: Iterable[int], now: datetime, key: uuid.UUID
) -> list[Result]:
    """Open one mandatory case for each co-handling unit."""
    return [
        open_case(
            actor=actor,
            opening=Opening(
                procedure=procedure,
                title=parent.title,
                region_code=parent.region_code,
                channel=parent.channel,
                category_id=parent.category_id,
                unit_id=int(unit),
                against_unit_id=parent.against_unit_id,
                against_account_id=parent.against_account_id,
                sealed=parent.sealed,
                parent_id=parent.pk,
            ),
            body={"parent": parent.pk, "unit": int(unit)},
            now=now,
            key=str(uuid.uuid5(key, f"child:{unit}")),
        )
        for unit in units
    ]


def _still_named(case: Case, handed: Handed) -> str:
    """Return whom the person names; nobody once somebody has looked into it."""
    looked = [move.key for move in declared(case.procedure, case.version).moves if move.names]
    words = str(handed.words.get("complained_of", "")).strip()
    return "" if words and case.steps.filter(move__in=looked).exists() else words


def open_successor(
    *, actor: Actor, case: Case, procedure: str, handed: Handed, now: datetime, key: uuid.UUID
) -> Result:
    """Open the case that goes on where this one ends, with its papers; the person is not asked again.

    Whom it names, it still names: what nobody has registered yet stays as carefully kept as before, and what is about those
    who read first where it goes lies with the level above (art. 30).
    """
    takes_over = domain(procedure).taken_over
    opened = open_case(
        actor=actor,
        opening=Opening(
            procedure=procedure,
            title=case.title,
            region_code=case.region_code,
            channel=case.channel,
            opened_by_id=case.opened_by_id,
            category_id=case.category_id,
            unit_id=None if handed.to_centre else handed.unit_id or case.unit_id,
            against_unit_id=case.against_unit_id,
            against_account_id=case.against_account_id,
            flags=tuple(flag for flag in case.flags if flag == NAMES_SOMEBODY),
            sealed=case.sealed,
            handed_from_id=case.pk,
            complained_of=_still_named(case, handed),
        ),
        body={"from": case.pk, "to": procedure},
        now=now,
        key=str(uuid.uuid5(key, "successor")),
        along=tuple(takes_over(procedure, case.region_code, now, handed.words)) if takes_over else (),
    )
    if not opened.replayed:
        hand_on_papers(actor=actor, from_case=case.pk, to_case=opened.case.pk, now=now)
    return opened
