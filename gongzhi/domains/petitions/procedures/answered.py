"""The moves after the answer: an opinion is served, the person rates, asks for a review, or lets the period pass."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.anytime import ADD, NAME_LATE
from gongzhi.domains.petitions.procedures.law import (
    RECEIVE,
    SERVE,
    by_person,
    by_time,
)

ISSUED = (SERVE, RECEIVE, ADD, NAME_LATE)

RATE = by_person("rate", _("评价"), told=_("您已评价"), service="rate_petition")
SERVED = (
    by_person(
        "ask_review",
        _("申请复查"),
        to="reviewed",
        told=_("您申请了复查"),
        asks=("note",),
        service="ask_review",
        hands_to="petitions.review",
    ),
    RATE,
    by_time("close", _("办结"), "ended", _("申请复查的期限届满，已办结")),
    NAME_LATE,
)

ANSWERED = (RATE, by_time("close", _("办结"), "ended", _("评价期满，已办结")), NAME_LATE)
