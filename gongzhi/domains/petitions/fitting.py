"""Which of the steps open to an official do not fit a matter, so that no page offers them."""

from collections.abc import Set
from datetime import date
from typing import Final

from gongzhi.domains.petitions.models import Kind, Petition, Recommendation
from gongzhi.kernel.cases.models import Case

#: Of which classes a step is; a step that is not named here is of all.
OF_CLASS: Final = {
    "forward": (Kind.APPEAL, Kind.SUGGESTION),
    "assign": (Kind.APPEAL, Kind.SUGGESTION),
    "pass_accusation": (Kind.ACCUSATION,),
    "hand_to_hotline": (Kind.APPEAL, Kind.SUGGESTION),
    "divert": (Kind.APPEAL,),
    "accept": (Kind.APPEAL,),
    "perform": (Kind.APPEAL,),
    "study": (Kind.SUGGESTION,),
}


def unfit(case: Case, today: date) -> Set[str]:
    """Return what does not fit the class of the matter, or what has gone before: the use cases would refuse it."""
    del today
    kind = Petition.objects.filter(pk=case.parent_id or case.pk).values_list("kind", flat=True).first()
    out = {step for step, of in OF_CLASS.items() if kind is not None and kind not in of}
    if not Recommendation.objects.filter(case_id=case.pk, answered_at=None).exists():
        out.add("answer_recommendation")
    if not case.steps.filter(move="assign").exists():
        out.add("report_back")
    return out
