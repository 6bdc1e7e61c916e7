"""Cases that grow from a case: those of co-handling units, and the one of another procedure that takes over."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from gongzhi.base.declined import NotPossible
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import Opening, Result, open_case
from gongzhi.kernel.people.actor import Actor


def require_children_closed(case: Case) -> None:
    """Raise NotPossible while a co-handling unit has not finished: the late party is named."""
    if not case.involved_units:
        return
    waiting = case.children.filter(closed_at__isnull=True).select_related("unit")
    if late := [str(child.unit.short_name or child.unit.name) for child in waiting if child.unit]:
        raise NotPossible(f"协办单位还没有办完：{'、'.join(late)}。请先催办，或等它们反馈。")


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
                sealed=parent.sealed,
                parent_id=parent.pk,
            ),
            body={"parent": parent.pk, "unit": int(unit)},
            now=now,
            key=str(uuid.uuid5(key, f"child:{unit}")),
        )
        for unit in units
    ]


def open_successor(*, actor: Actor, case: Case, procedure: str, now: datetime, key: uuid.UUID) -> Result:
    """Open the case that goes on where this one ends; the person is not asked again."""
    return open_case(
        actor=actor,
        opening=Opening(
            procedure=procedure,
            title=case.title,
            region_code=case.region_code,
            channel=case.channel,
            opened_by_id=case.opened_by_id,
            category_id=case.category_id,
            unit_id=case.unit_id,
            against_unit_id=case.against_unit_id,
            sealed=case.sealed,
            handed_from_id=case.pk,
        ),
        body={"from": case.pk, "to": procedure},
        now=now,
        key=str(uuid.uuid5(key, "successor")),
    )
