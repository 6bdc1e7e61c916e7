"""What an answer to a letter is read beside before it goes out."""

from gongzhi.domains.mailbox.models import Letter
from gongzhi.insight.triage.reply_door import COMPARED, Asked, open_in_unit
from gongzhi.insight.triage.reply_points import Given, Office
from gongzhi.kernel.cases.models import Case


def asked_of(case: Case) -> Asked | None:
    """Return the letter, what its writer gave beside, and what else its unit or office has before it."""
    letter = Letter.objects.filter(pk=case.parent_id or case.pk).first()
    if letter is None:
        return None
    replied, waiting = (
        open_in_unit(Letter.objects.filter(replied_at__isnull=not answered), case)
        for answered in (True, False)
    )
    of_nobody = waiting.filter(
        case__sealed=False, case__against_unit=None, case__against_account=None, complained_of=""
    )
    office = Office(
        replies=list(replied.values_list("reply", flat=True)[:COMPARED]),
        messages=[
            f"{title} {text}" for title, text in of_nobody.values_list("case__title", "text")[:COMPARED]
        ],
    )
    given = Given(phone=case.opened_by_id is not None, place=bool(letter.place))
    return Asked(text=letter.text, title=case.title, given=given, office=office)
