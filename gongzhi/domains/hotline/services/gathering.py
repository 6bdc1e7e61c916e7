"""Gathers what many people of a county wrote about lately, for those who answer for the county."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongzhi.base.regioncodes import prefix_range
from gongzhi.domains.hotline.queries.gathered import speaking_of_nobody
from gongzhi.insight.triage.accuracy import count_suggestions
from gongzhi.insight.triage.issues import LOOK_BACK, MOST_MESSAGES, claim, keep_issues
from gongzhi.insight.triage.wording import Message
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.people.actor import Actor


@transaction.atomic
def gather_county(*, actor: Actor, region_code: str, now: datetime) -> int:
    """Gather the hot issues of a county anew, once an hour; return how many there are. Suggestions for matters of every domain
    are counted with it.

    Left out are confidential requests and all that complain of a unit or an official or name somebody (信访工作条例 art. 30).
    Who wrote is counted and no more. With suggestions switched off nothing is gathered, and nothing old is kept.
    """
    authorise(actor, "hotline.gather")
    if not claim("hotline", region_code, now):
        return 0
    kept = keep_issues("hotline", region_code, _messages(region_code, now), now)
    count_suggestions(region_code, now)
    return kept


def _messages(region_code: str, now: datetime) -> list[tuple[Message, str]]:
    if not settings.TRIAGE_SUGGESTIONS:
        return []
    low, high = prefix_range(region_code)
    asked = speaking_of_nobody().filter(
        case__region_code__gte=low,
        case__region_code__lt=high,
        case__opened_at__gte=now - LOOK_BACK,
        case__opened_at__lte=now,
    )
    columns = ("pk", "case__title", "text", "case__opened_at", "case__opened_by_id", "case__region_code")
    rows = asked.order_by("-case__opened_at").values_list(*columns)
    return [
        (Message(str(pk), title, text, at, sender=str(writer or "")), code)
        for pk, title, text, at, writer, code in rows[:MOST_MESSAGES]
    ]
