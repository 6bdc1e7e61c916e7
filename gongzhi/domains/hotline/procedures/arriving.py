"""The moves by which a request finds its unit: dispatched or answered at once, accepted or returned, decided by an arbiter."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.procedures.anytime import RESPOND, WATCHED
from gongzhi.domains.hotline.procedures.law import ANSWERS, RETURN_REASONS, ROUTES, by_centre
from gongzhi.kernel.declare.procedure import Limit, Outcome, move
from gongzhi.kernel.declare.rule import Within
from gongzhi.kernel.people.actor import Role

RECEIVED = (
    by_centre(
        "dispatch",
        _("派发"),
        Role.DISPATCHER,
        to="dispatched",
        told=_("已派给承办单位"),
        service="dispatch_request",
        assigns=True,
    ),
    by_centre(
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
    by_centre(
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
    by_centre(
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
    by_centre(
        "split",
        _("拆成两件"),
        Role.DISPATCHER,
        Role.CALL_TAKER,
        told=_("您说的另一件事已单独登记，编号和查询码另发给您"),
        asks=("note",),
        service="split_request",
    ),
    *WATCHED,
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
