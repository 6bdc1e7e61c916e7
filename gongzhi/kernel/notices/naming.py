"""What follows when it was named whom a case complains of: what they were told is hidden, and it is said who lost it."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from gongzhi.kernel.cases.complaints import family_of
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import Result
from gongzhi.kernel.events.publish import Event, publish
from gongzhi.kernel.notices.inbox import keep_messages_from


@transaction.atomic
def keep_from_named(
    *, case_id: int, name: Callable[[], Result], taken_back: type[Event], now: datetime
) -> Case:
    """Name whom a case complains of by the step *name*, and keep from them what they were told of it (信访工作条例 art. 30).

    Where they had it in hand, the fact *taken_back* is published: it lies elsewhere now.
    """
    before = Case.objects.filter(pk=case_id).values_list("stage", flat=True).first()
    done = name()
    case = done.case
    keep_messages_from(family_of(case.pk), unit_id=case.against_unit_id, account_id=case.against_account_id)
    if not done.replayed and before != case.stage:
        publish(taken_back(case_id=case.pk, region_code=case.region_code), now=now)
    return case
