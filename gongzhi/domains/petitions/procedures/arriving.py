"""The moves by which a petition finds its unit and its path: forwarded, accepted or refused, objected to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.anytime import IN_UNIT, WATCHED
from gongzhi.domains.petitions.procedures.conduct import INCIDENT_AT_OFFICE
from gongzhi.domains.petitions.procedures.law import (
    NO_LONGER,
    NOT_ACCEPTED,
    OFFICE_ROUTES,
    ROUTES,
    UNIT,
    by_office,
)
from gongzhi.kernel.declare.procedure import Move, Outcome, move
from gongzhi.kernel.declare.rule import Within
from gongzhi.kernel.people.actor import Role


def _divert(*, office: bool) -> Move:
    more: dict[str, Any] = {
        "to": "diverted",
        "told": _("已告知您应走的法定途径"),
        "asks": ("note",),
        "reasons": OFFICE_ROUTES if office else ROUTES,
        "outcomes": (Outcome.TRANSFERRED,),
        "service": "divert_petition",
        "says": True,
    }
    if office:
        return by_office("divert", _("告知法定途径（诉访分离）"), Role.DISPATCHER, **more)
    return move("divert", _("告知法定途径"), *UNIT, **more)


def _not_accept(*, office: bool) -> Move:
    more: dict[str, Any] = {
        "to": "not_accepted",
        "told": _("不予受理"),
        "asks": ("note",),
        "reasons": NOT_ACCEPTED,
        "outcomes": (Outcome.REJECTED,),
        "service": "refuse_acceptance",
        "says": True,
    }
    if office:
        return by_office("not_accept", _("不予受理"), Role.DISPATCHER, **more)
    return move("not_accept", _("不予受理"), *UNIT, **more)


REGISTERED = (
    by_office(
        "forward",
        _("转送"),
        Role.DISPATCHER,
        to="sent",
        told=_("已转送有权处理的机关、单位"),
        service="forward_petition",
        assigns=True,
    ),
    by_office(
        "assign",
        _("交办"),
        Role.DISPATCHER,
        to="sent",
        told=_("已交办，承办单位要按期报告结果"),
        asks=("report_by",),
        service="assign_petition",
        assigns=True,
    ),
    by_office(
        "pass_accusation",
        _("转送纪检监察或有权机关"),
        Role.DISPATCHER,
        to="investigating",
        told=_("检举控告已按管理权限转送有权机关"),
        service="pass_accusation",
        assigns=True,
    ),
    move("take_up", _("本单位直接办理"), *UNIT, to="sent", told=_("收到的单位直接办理"), service="take_up"),
    _divert(office=True),
    _not_accept(office=True),
    by_office(
        "no_longer_accept",
        _("不再受理"),
        Role.DISPATCHER,
        to="no_longer_accepted",
        told=_("不再受理"),
        asks=("note",),
        reasons=NO_LONGER,
        outcomes=(Outcome.REJECTED,),
        service="accept_no_longer",
        says=True,
    ),
    by_office("classify", _("更正类别"), Role.DISPATCHER, asks=("kind",), service="classify_petition"),
    by_office(
        "hand_to_hotline",
        _("转为热线诉求"),
        Role.DISPATCHER,
        to="handed_over",
        told=_("已转 12345 热线办理，不用再写一遍"),
        outcomes=(Outcome.TRANSFERRED,),
        service="hand_to_hotline",
        hands_to="hotline.request",
    ),
    INCIDENT_AT_OFFICE,
    *WATCHED,
)

SENT = (
    move(
        "accept",
        _("受理（第六种途径）"),
        *UNIT,
        to="handling",
        told=_("已受理，六十日内书面答复您"),
        service="accept_petition",
    ),
    move(
        "perform",
        _("依法履职（第五种途径）"),
        *UNIT,
        to="performing",
        told=_("承办单位依法履行职责或者答复"),
        service="perform_duty",
    ),
    move(
        "study", _("研究建议"), *UNIT, to="studying", told=_("您的建议正在研究"), service="study_suggestion"
    ),
    _divert(office=False),
    _not_accept(office=False),
    move(
        "object",
        _("提出异议（不属本单位）"),
        *UNIT,
        to="objected",
        told=_("承办单位提出异议，等转送机关核实"),
        asks=("note",),
        service="object_to_petition",
    ),
    *IN_UNIT,
    *WATCHED,
)

OBJECTED = (
    by_office(
        "agree",
        _("核实同意，退回"),
        Role.DISPATCHER,
        to="registered",
        told=_("异议成立，正在重新转送"),
        asks=("note",),
        service="agree_to_objection",
    ),
    by_office(
        "refuse_objection",
        _("异议不成立"),
        Role.DISPATCHER,
        to="sent",
        told=_("异议不成立，仍由原单位办理"),
        asks=("note",),
        service="refuse_objection",
    ),
    move(
        "settle",
        _("共同上级指定"),
        Role.ARBITER,
        to="sent",
        within=Within.ARBITER,
        told=_("共同的上级机关已指定办理单位"),
        asks=("note",),
        service="settle_competence",
        assigns=True,
    ),
    INCIDENT_AT_OFFICE,
    *WATCHED,
)
