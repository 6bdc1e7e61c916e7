"""The moves out of each stage of a petition, in the order in which officials meet them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.conduct import INCIDENT_AT_OFFICE, INCIDENT_IN_UNIT, URGENT
from gongzhi.domains.petitions.procedures.law import (
    NO_LONGER,
    NOT_ACCEPTED,
    OFFICE_ROUTES,
    OPINIONS,
    RECEIVE,
    ROUTES,
    SERVE,
    SUPERVISED,
    UNIT,
    by_office,
    by_person,
    by_time,
)
from gongzhi.kernel.declare.procedure import Move, Outcome, move
from gongzhi.kernel.declare.rule import Within
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

HANDLING = (
    move(
        "draft_opinion",
        _("拟写处理意见"),
        *UNIT,
        to="approving",
        told=_("处理意见正在审签"),
        outcomes=OPINIONS,
        service="draft_opinion",
        waits=True,
    ),
    move(
        "mediate",
        _("调解、和解达成协议"),
        *UNIT,
        to="mediated",
        told=_("已达成协议"),
        asks=("note",),
        outcomes=(Outcome.AGREED,),
        service="record_agreement",
        says=True,
        waits=True,
    ),
    move(
        "extend",
        _("延长办理期限"),
        Role.HEAD,
        told=_("情况复杂，办理期限延长三十日"),
        asks=("note",),
        service="extend_petition",
        says=True,
        extends=("handle",),
    ),
    move(
        "hold_hearing", _("登记听证"), *UNIT, told=_("已举行听证"), asks=("note",), service="record_hearing"
    ),
    PROGRESS,
    move(
        "invite",
        _("请其他有权单位共同办理"),
        *UNIT,
        told=_("已请其他有权单位共同办理"),
        asks=("units",),
        service="invite_units",
        opens="petitions.cohandling",
    ),
    *IN_UNIT,
    *WATCHED,
)

APPROVING = (
    move(
        "issue_opinion",
        _("签发处理意见书"),
        Role.HEAD,
        to="issued",
        told=_("处理意见书已出具"),
        service="issue_opinion",
        not_by=("draft_opinion",),
        waits=True,
    ),
    move("send_back", _("退回修改"), Role.HEAD, to="handling", asks=("note",), service="send_back_opinion"),
    *IN_UNIT,
    *WATCHED,
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

PERFORMING = (
    move(
        "answer_duty",
        _("履职后答复"),
        *UNIT,
        to="performed",
        told=_("承办单位已履行职责或者答复"),
        asks=("reply",),
        outcomes=OPINIONS,
        service="answer_petition",
        says=True,
    ),
    PROGRESS,
    *IN_UNIT,
    *WATCHED,
)

STUDYING = (
    move(
        "answer_suggestion",
        _("答复建议"),
        *UNIT,
        to="answered",
        told=_("您的建议有了答复"),
        asks=("reply",),
        outcomes=(Outcome.SOLVED, Outcome.EXPLAINED),
        service="answer_petition",
        says=True,
    ),
    PROGRESS,
    *IN_UNIT,
    *WATCHED,
)

ANSWERED = (RATE, by_time("close", _("办结"), "ended", _("评价期满，已办结")), NAME_LATE)

INVESTIGATING = (
    move(
        "conclude",
        _("告知处理结果"),
        *UNIT,
        to="concluded",
        told=_("有权机关已告知处理结果"),
        asks=("reply",),
        outcomes=OPINIONS,
        service="answer_petition",
        says=True,
    ),
    RECUSE,
    *WATCHED,
)
