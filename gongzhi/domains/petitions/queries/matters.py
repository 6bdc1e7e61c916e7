"""One petition, review or part of a unit that joins, with what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongzhi.domains.petitions.models import (
    JointPetitioner,
    Opinion,
    Petition,
    Recommendation,
    Review,
)
from gongzhi.kernel.access.decide import reach
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.personfile import may_see_requester
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.people.actor import Actor

#: So many open petitions of one person are looked through, and so many of them shown.
LOOKED_THROUGH, SHOWN = 50, 10


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A case of this domain with what is written about it.

    `petition` and `review` are those of the case itself, or of the petition which a unit joins in handling; `opinion`
    is that of the case, also while it is a draft.
    """

    case: Case
    petition: Petition | None
    review: Review | None
    opinion: Opinion | None

    @property
    def issued(self) -> Opinion | None:
        """The opinion once it is issued: a draft is nobody's yet."""
        return self.opinion if self.opinion is not None and self.opinion.issued_at is not None else None


def matter_for(actor: Actor, case_id: int) -> Matter:
    """Return one matter, if *actor* may read it."""
    case = case_for(actor, "petitions.read", case_id)
    of = case.parent_id or case.pk
    return Matter(
        case=case,
        petition=Petition.objects.select_related("live__case").filter(pk=of).first(),
        review=Review.objects.filter(pk=of).first(),
        opinion=Opinion.objects.select_related("unit").filter(pk=case.pk).first(),
    )


def looked_at(*, actor: Actor, case_id: int, now: datetime) -> Matter:
    """Return one matter to an official and write down that they looked."""
    found = matter_for(actor, case_id)
    record(actor=actor, action="case.read", now=now, case_id=case_id, purpose="办理")
    return found


def live_duplicates(actor: Actor, case: Case) -> Sequence[Case]:
    """Return other open petitions of the same person that *actor* may read: one may be the same matter (art. 19 para. 3).

    Nothing is linked or deleted by itself: whether it is the same matter, a person decides. That two are of one person tells
    who wrote the confidential one of them: only who may know that in both is shown both (art. 30).
    """
    if case.opened_by_id is None or not may_see_requester(actor, case):
        return []
    mine = Case.objects.filter(
        reach(actor, "petitions.read"),
        opened_by_id=case.opened_by_id,
        procedure="petitions.petition",
        closed_at=None,
    )
    found = mine.exclude(pk=case.pk).select_related("unit").order_by("opened_at")[:LOOKED_THROUGH]
    return [one for one in found if may_see_requester(actor, one)][:SHOWN]


def joint_of(actor: Actor, case: Case) -> Sequence[JointPetitioner]:
    """Return who joins a petition, to whoever may know who wrote it."""
    if not may_see_requester(actor, case):
        return []
    return list(JointPetitioner.objects.filter(case_id=case.pk).order_by("-represents", "pk"))


def recommendations_of(case: Case) -> Sequence[Recommendation]:
    """Return what was recommended to the unit, and its answers."""
    return list(Recommendation.objects.select_related("unit").filter(case_id=case.pk).order_by("pk"))
