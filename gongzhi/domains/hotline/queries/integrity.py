"""What the checks of the hotline's figures found, as far as the actor may see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline.queries.scorecard import moments_of
from gongzhi.insight.integrity.deciding import NOT_FOUND, findings_for, open_cases
from gongzhi.insight.integrity.models import Finding
from gongzhi.kernel.access.decide import authorise, reach
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.people.actor import Actor

#: So many matters of a finding are shown with it; the rest is counted.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding with those of its matters that the actor may open, and how many there are in all."""

    finding: Finding
    cases: Sequence[Case]
    number: int


def findings(actor: Actor) -> QuerySet[Finding]:
    """Return the findings in the actor's reach, the latest first."""
    authorise(actor, "hotline.see_findings")
    return findings_for(actor, "hotline")


def finding_in(actor: Actor, finding_id: int) -> Seen:
    """Return one finding, with links to the matters for those who may read them."""
    authorise(actor, "hotline.see_findings")
    found = findings_for(actor, "hotline").filter(pk=finding_id).first()
    if found is None:
        raise NotPossible(NOT_FOUND)
    cases = Case.objects.filter(reach(actor, "hotline.read"), pk__in=found.cases).order_by("pk")[:SHOWN]
    return Seen(found, list(cases), len(found.cases))


def to_be_checked(actor: Actor, unit_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Return for each unit how many of its requests of a period an undecided finding rests on."""
    authorise(actor, "hotline.see_scorecard")
    begun, ended_before = moments_of(start, end)
    asked = reach(actor, "hotline.see_scorecard")
    found = {}
    for unit_id, cases in open_cases("hotline", list(unit_ids)).items():
        of_period = Case.objects.filter(asked, pk__in=cases, opened_at__gte=begun, opened_at__lt=ended_before)
        found[unit_id] = of_period.count()
    return found
