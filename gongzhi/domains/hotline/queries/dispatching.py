"""What the centre asks before it dispatches: whom the list names, whom one may choose, what waits."""

from collections.abc import Sequence
from datetime import date

from gongzhi.kernel.access.decide import reach, units_kept_out
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.organisations.responsibilities import Responsible, responsible_for
from gongzhi.kernel.people.actor import Actor


def proposed_unit(case: Case, on: date) -> tuple[Unit, Responsible] | None:
    """Return the unit that the responsibility list names, with the line that names it; never the one complained of."""
    listed = responsible_for(case.category_id, case.region_code, on) if case.category_id else None
    if listed is None:
        return None
    if listed.lead_unit_id in units_kept_out(case):
        return None
    return Unit.objects.get(pk=listed.lead_unit_id), listed


def received_requests(actor: Actor, case_ids: Sequence[int]) -> Sequence[Case]:
    """Return those of the cases that the actor may dispatch, in the order they are due."""
    mine = Case.objects.filter(reach(actor, "hotline.dispatch"), pk__in=case_ids, stage="received")
    return list(mine.select_related("category", "unit").order_by("due_at", "pk"))
