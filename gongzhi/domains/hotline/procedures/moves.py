"""The moves out of each stage of a request, in the order in which officials meet them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.clock import Reason
from gongzhi.kernel.declare.procedure import Limit, Move, Outcome, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

ANSWERS = (Outcome.SOLVED, Outcome.EXPLAINED, Outcome.REJECTED)

RETURN_REASONS = (
    Reason(key="not_our_duty", label=_("不属于本单位职责")),
    Reason(key="not_our_place", label=_("不在本辖区")),
    Reason(key="several_units", label=_("需要其他单位牵头")),
    Reason(key="duplicate", label=_("与在办事项重复")),
)

ROUTES = (
    Reason(key="litigation", label=_("已进入或应当通过诉讼解决")),
    Reason(key="arbitration", label=_("已进入或应当通过仲裁解决")),
    Reason(key="reconsideration", label=_("已进入或应当通过行政复议解决")),
    Reason(key="petition", label=_("信访事项正在办理或已经终结")),
    Reason(key="discipline", label=_("检举控告，请向纪检监察机关反映")),
    Reason(key="emergency", label=_("紧急警情、火情、急救，请拨打 110、119、120")),
    Reason(key="elsewhere", label=_("发生在外省市，请联系当地 12345")),
    Reason(key="secret", label=_("涉及国家秘密，请勿在网上填写")),
)


def _region(key: str, label: Words, *by: Role, to: str = "", **more: Any) -> Move:
    """A move within the actor's region that also reaches sealed matters: the hotline centre's own work."""
    rule = allow(key, *by, within=Within.REGION, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, **more)


def _own(key: str, label: Words, to: str = "", **more: Any) -> Move:
    return Move(rule=allow(key, Role.CITIZEN, within=Within.OWN), label=label, to=to, **more)


ADD = _own("add", _("补充情况"), told=_("您补充了情况"), asks=("note",), service="add_to_request", says=True)
URGE = _own("urge", _("催办"), told=_("您催办了一次"), service="urge_request", says=True)
WITHDRAW = _own(
    "withdraw",
    _("撤回"),
    to="withdrawn",
    told=_("您撤回了这件事"),
    service="withdraw_request",
    says=True,
    calls_off="call_off",
)
SUPERVISE = _region(
    "supervise",
    _("督办"),
    Role.SUPERVISOR,
    told=_("已列入督办"),
    asks=("note",),
    service="supervise_request",
)


def _name(**more: Any) -> Move:
    """Say whom the matter complains of, so that it never reaches them (信访工作条例 art. 30)."""
    return _region(
        "name",
        _("登记被反映的单位或人"),
        Role.DISPATCHER,
        Role.CALL_TAKER,
        Role.SUPERVISOR,
        told=_("已对您反映的单位和人保密"),
        service="name_complained_of",
        names=True,
        calls_off="call_off",
        **more,
    )


NAME = _name(taken_back="received")
NAME_LATE = _name()  # handled already: it is only hidden
WATCHED = (ADD, URGE, WITHDRAW, SUPERVISE, NAME)

RECEIVED = (
    _region(
        "dispatch",
        _("派发"),
        Role.DISPATCHER,
        to="dispatched",
        told=_("已派给承办单位"),
        service="dispatch_request",
        assigns=True,
    ),
    _region(
        "answer",
        _("直接答复"),
        Role.DISPATCHER,
        Role.CALL_TAKER,
        to="replied",
        told=_("热线中心已答复"),
        asks=("reply",),
        outcomes=ANSWERS,
        service="answer_directly",
        says=True,
    ),
    _region(
        "divert",
        _("告知正确途径"),
        Role.DISPATCHER,
        to="diverted",
        told=_("已告知您应走的途径"),
        asks=("note",),
        reasons=ROUTES,
        outcomes=(Outcome.TRANSFERRED,),
        service="divert_request",
        says=True,
    ),
    _region(
        "hand_to_petitions",
        _("转为信访事项"),
        Role.DISPATCHER,
        Role.CALL_TAKER,
        to="diverted",
        told=_("已转信访部门登记，不用再写一遍；信访的查询码另发给您"),
        outcomes=(Outcome.TRANSFERRED,),
        service="hand_to_petitions",
        hands_to="petitions.petition",
    ),
    *WATCHED,
)

RESPOND = move(
    "respond",
    _("已联系或到场"),
    Role.HANDLER,
    Role.HEAD,
    told=_("承办单位已联系您或到场"),
    asks=("note",),
    service="respond_at_once",
    says=True,
)

DISPATCHED = (
    move("accept", _("签收"), Role.HANDLER, Role.HEAD, to="handling", told=_("承办单位已签收")),
    move(
        "return",
        _("退回"),
        Role.HANDLER,
        Role.HEAD,
        to="received",
        told=_("承办单位退回，正在重新派发"),
        asks=("reason", "note"),
        reasons=RETURN_REASONS,
        service="return_request",
        returned=Limit(times=2, to="disputed"),
    ),
    RESPOND,
    *WATCHED,
)

DISPUTED = (
    move(
        "assign",
        _("裁定承办单位"),
        Role.ARBITER,
        to="handling",
        within=Within.ARBITER,
        told=_("已裁定由承办单位办理"),
        asks=("note",),
        service="settle_dispute",
        assigns=True,
    ),
    *WATCHED,
)

HANDLING = (
    move(
        "reply",
        _("答复"),
        Role.HANDLER,
        Role.HEAD,
        to="replied",
        told=_("承办单位已答复"),
        asks=("reply",),
        outcomes=ANSWERS,
        service="reply_to_request",
        says=True,
        waits=True,
    ),
    move(
        "submit_reply",
        _("答复送审"),
        Role.HANDLER,
        Role.HEAD,
        to="review",
        told=_("答复正在审核"),
        asks=("reply",),
        outcomes=ANSWERS,
        service="reply_to_request",
        waits=True,
    ),
    move(
        "extend",
        _("延期"),
        Role.HEAD,
        told=_("办理期限已延长"),
        asks=("note",),
        service="extend_request",
        says=True,
        extends=("answer", "business", "promise", "business_promise"),
    ),
    move(
        "report_progress",
        _("告知进展"),
        Role.HANDLER,
        Role.HEAD,
        told=_("承办单位告知进展"),
        asks=("note",),
        service="report_progress",
        says=True,
    ),
    move(
        "invite",
        _("邀请协办"),
        Role.HANDLER,
        Role.HEAD,
        told=_("已请其他单位协办"),
        asks=("units",),
        service="invite_units",
        opens="hotline.cohandling",
    ),
    RESPOND,
    *WATCHED,
)

REVIEW = (
    move(
        "approve",
        _("审核通过"),
        Role.HEAD,
        Role.REVIEWER,
        to="replied",
        told=_("承办单位已答复"),
        service="approve_reply",
        says=True,
        not_by=("submit_reply",),
    ),
    move(
        "send_back",
        _("退回修改"),
        Role.HEAD,
        Role.REVIEWER,
        to="handling",
        asks=("note",),
        not_by=("submit_reply",),
    ),
    ADD,
    URGE,
    SUPERVISE,
    NAME,
)

CONTEST = _own(
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
    _own(
        "rate", _("评价"), to="rated", told=_("您已评价"), asks=("grade",), service="rate_request", says=True
    ),
    _own(
        "rate_badly",
        _("差评"),
        to="dissatisfied",
        told=_("您已评价"),
        asks=("grade",),
        service="rate_request",
        says=True,
    ),
    _region(
        "call_back",
        _("回访评价"),
        Role.CALL_TAKER,
        to="rated",
        told=_("您在电话回访中评价"),
        asks=("grade",),
        service="record_call_back",
        says=True,
    ),
    _region(
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
    return _region(key, label, by, to="dispatched", told=told, assigns=True, reopens=True, **more)


DISSATISFIED = (
    _region(
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
    _region(
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
