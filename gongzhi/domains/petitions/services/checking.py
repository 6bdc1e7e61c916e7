"""What an answer to a petitioner is read beside before it goes out."""

from gongzhi.domains.petitions.models import Petition
from gongzhi.insight.triage.reply_door import COMPARED, Asked, open_in_unit
from gongzhi.insight.triage.reply_points import Given, Office
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return facts and demand, what the person gave beside, and the unit's answers to others.

    What others petition for is not laid beside it: not everyone in the unit may read that.
    """
    petition = Petition.objects.filter(pk=case.pk).first()
    if petition is None:
        return None
    replied = open_in_unit(Petition.objects.filter(replied_at__isnull=False), case)
    office = Office(replies=list(replied.values_list("reply", flat=True)[:COMPARED]))
    given = Given(phone=case.opened_by_id is not None, place=bool(petition.place))
    text = f"{petition.facts}\n{petition.demand}"
    return Asked(text=text, title=case.title, given=given, office=office)
