"""What an answer to a letter is read beside before it goes out."""

from gongzhi.domains.mailbox.models import Letter
from gongzhi.insight.triage.reply_door import COMPARED, Asked
from gongzhi.insight.triage.reply_points import Given
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return the letter, what its writer gave beside, and the latest answers of the same unit or office to others."""
    letter = Letter.objects.filter(pk=case.parent_id or case.pk).first()
    if letter is None:
        return None
    answered = Letter.objects.filter(case__unit=case.unit, replied_at__isnull=False).exclude(pk=letter.pk)
    others = answered.order_by("-replied_at").values_list("reply", flat=True)[:COMPARED]
    given = Given(phone=case.opened_by_id is not None, place=bool(letter.place))
    return Asked(text=letter.text, title=case.title, given=given, others=list(others))
