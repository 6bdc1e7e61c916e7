"""The moves after the answer: rated, called back, contested, handled again, closed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.procedures.anytime import ADD, NAME_LATE
from gongzhi.domains.hotline.procedures.law import by_centre, by_person
from gongzhi.kernel.declare.procedure import Move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

CONTEST = by_person(
    "contest",
    _("提出异议"),
    to="contested",
    told=_("您对结果提出异议"),
    asks=("note",),
    service="contest_reply",
    says=True,
)

CLOSE = Move(
    rule=allow("close", Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True),
    label=_("办结"),
    to="closed",
    told=_("评价与异议期满，已办结"),
)

REPLIED = (
    by_person(
        "rate", _("评价"), to="rated", told=_("您已评价"), asks=("grade",), service="rate_request", says=True
    ),
    by_person(
        "rate_badly",
        _("差评"),
        to="dissatisfied",
        told=_("您已评价"),
        asks=("grade",),
        service="rate_request",
        says=True,
    ),
    by_centre(
        "call_back",
        _("回访评价"),
        Role.CALL_TAKER,
        to="rated",
        told=_("您在电话回访中评价"),
        asks=("grade",),
        service="record_call_back",
        says=True,
    ),
    by_centre(
        "call_back_badly",
        _("回访差评"),
        Role.CALL_TAKER,
        to="dissatisfied",
        told=_("您在电话回访中评价"),
        asks=("grade",),
        service="record_call_back",
        says=True,
    ),
    CONTEST,
    ADD,
    NAME_LATE,
    CLOSE,
)


def _again(key: str, label: Words, by: Role, **more: Any) -> Move:
    """A move that has a request handled again, by a unit that is named anew."""
    told = _("已重新派给承办单位")
    return by_centre(key, label, by, to="dispatched", told=told, assigns=True, reopens=True, **more)


DISSATISFIED = (
    by_centre(
        "revisit",
        _("回访核实"),
        Role.CALL_TAKER,
        Role.DISPATCHER,
        to="rated",
        told=_("热线中心已回访您"),
        asks=("note",),
        service="revisit_request",
        says=True,
    ),
    _again("rework", _("重新办理"), Role.DISPATCHER, service="rework_request"),
    CONTEST,
    ADD,
    NAME_LATE,
)

CONTESTED = (
    _again(
        "reopen",
        _("异议成立，重办"),
        Role.REVIEWER,
        service="reopen_request",
        says=True,
        asks=("note",),
        not_by=("dispatch", "answer", "approve", "reply"),
    ),
    by_centre(
        "uphold",
        _("维持答复"),
        Role.REVIEWER,
        to="closed",
        told=_("复核后维持答复"),
        asks=("note",),
        service="uphold_reply",
        says=True,
        not_by=("dispatch", "answer", "approve", "reply"),
    ),
    ADD,
    NAME_LATE,
)

RATED = (
    CLOSE,
    CONTEST,
    ADD,
    NAME_LATE,
)
