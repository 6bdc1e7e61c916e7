"""Which of the steps open to an official do not fit a request, so that no page offers them."""

from collections.abc import Set
from datetime import date

from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.numbers import county_of_case
from gongzhi.kernel.organisations.local_values import local_value

REPLY_REVIEW = "hotline.reply_review"  # a local value: a second person checks every reply


def is_reply_reviewed(case_id: int, on: date) -> bool:
    """Say whether the county where a case arose has a second person check every reply."""
    switch = local_value(county_of_case(case_id), REPLY_REVIEW, on)
    return bool(switch and switch.value)


def unfit(case: Case, today: date) -> Set[str]:
    """Return one of the two replies, for the county asks for one; and the bad call back, which the page of the call records."""
    return {"reply" if is_reply_reviewed(case.pk, today) else "submit_reply", "call_back_badly"}
