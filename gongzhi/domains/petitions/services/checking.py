"""What an answer to a petitioner is read beside before it goes out."""

from gongzhi.domains.petitions.models import Petition
from gongzhi.insight.triage.reply_door import COMPARED, Asked
from gongzhi.insight.triage.reply_points import Given
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return facts and demand, what the person gave beside, and the latest answers of the same unit to others."""
    petition = Petition.objects.filter(pk=case.pk).first()
    if petition is None:
        return None
    answered = Petition.objects.filter(case__unit=case.unit, replied_at__isnull=False).exclude(pk=petition.pk)
    others = answered.order_by("-replied_at").values_list("reply", flat=True)[:COMPARED]
    given = Given(phone=case.opened_by_id is not None, place=bool(petition.place))
    text = f"{petition.facts}\n{petition.demand}"
    return Asked(text=text, title=case.title, given=given, others=list(others))
