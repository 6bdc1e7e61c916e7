"""What may happen to a petition beside its way: words are added, it is withdrawn, supervised, reported on, or names somebody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.conduct import INCIDENT_IN_UNIT, URGENT
from gongzhi.domains.petitions.procedures.law import (
    SUPERVISED,
    UNIT,
    by_office,
    by_person,
)
from gongzhi.kernel.declare.procedure import Move, Outcome, move
from gongzhi.kernel.people.actor import Role

ADD = by_person("add", _("补充情况"), told=_("您补充了情况"), asks=("note",), service="add_to_petition")
WITHDRAW = by_person(
    "withdraw",
    _("撤回"),
    to="withdrawn",
    told=_("您撤回了这件信访"),
    outcomes=(Outcome.WITHDRAWN,),
    service="withdraw_petition",
    calls_off="call_off",
)
SUPERVISE = by_office(
    "supervise",
    _("督办"),
    Role.SUPERVISOR,
    told=_("已列入督办"),
    asks=("note",),
    reasons=SUPERVISED,
    service="supervise_petition",
)
RECOMMEND = by_office(
    "recommend", _("提出建议"), Role.SUPERVISOR, asks=("note",), service="recommend_to_unit"
)
ANSWER_RECOMMENDATION = move(
    "answer_recommendation", _("书面答复建议"), *UNIT, asks=("note",), service="answer_recommendation"
)
RECUSE = move("recuse", _("回避"), *UNIT, asks=("note",), service="recuse_official")
REPORT_BACK = move(
    "report_back",
    _("向交办机关报结"),
    *UNIT,
    asks=("note",),
    service="report_back",
    told=_("已向交办机关报告结果"),
)
PROGRESS = move(
    "report_progress",
    _("告知进展"),
    *UNIT,
    told=_("承办单位告知进展"),
    asks=("note",),
    service="report_progress",
    says=True,
)


def _name(**more: Any) -> Move:
    """Say whom the matter complains of, so that it never reaches them (art. 30)."""
    return by_office(
        "name",
        _("登记被反映的单位或人"),
        *(Role.DISPATCHER, Role.CALL_TAKER, Role.SUPERVISOR),
        told=_("已对您反映的单位和人保密"),
        service="name_complained_of",
        names=True,
        calls_off="call_off",
        **more,
    )


NAME, NAME_LATE = _name(taken_back="registered"), _name()
WATCHED = (ADD, WITHDRAW, SUPERVISE, URGENT, NAME)
IN_UNIT = (RECUSE, RECOMMEND, ANSWER_RECOMMENDATION, REPORT_BACK, INCIDENT_IN_UNIT)
