"""A small domain that exists only in tests: a permit with pauses, an extension, child cases and a deemed grant."""

from datetime import date

from gongzhi.base.calendar import Counting
from gongzhi.base.dated import Dated, Since
from gongzhi.kernel.declare.clock import Before, Clock, Extension, Kind, Lapse, Reason
from gongzhi.kernel.declare.domain import Domain
from gongzhi.kernel.declare.procedure import End, Limit, Move, Outcome, Procedure, Stage, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role


def term(amount, basis, since=date(2000, 1, 1)):
    return Dated((Since(day=since, value=amount, basis=basis),))


DECISION = Clock(
    key="decision",
    rule="GS-25",
    label="决定期限",
    kind=Kind.STATUTE,
    amount=term(20, "行政许可法第四十二条"),
    counting=Counting.WORKING_DAYS,
    stages=("accepted", "referred"),
    pauses=(Reason(key="hearing", label="听证", basis="行政许可法第四十五条"),),
    extension=Extension(
        amount=term(10, "行政许可法第四十二条"), counting=Counting.WORKING_DAYS, approver=Role.HEAD
    ),
    warnings=(Before(amount=3, counting=Counting.WORKING_DAYS),),
    lapse=Lapse.SUPERVISE,
)
RECEIPT = Clock(
    key="receipt",
    rule="GS-22",
    label="受理期限",
    kind=Kind.STATUTE,
    amount=term(5, "行政许可法第三十二条"),
    counting=Counting.WORKING_DAYS,
    stages=("received",),
    lapse=Lapse.DEEMED_ACCEPTED,
    lapse_move="deem_accepted",
)
PERMIT = Procedure(
    key="permits.permit",
    version="1",
    label="许可",
    basis="行政许可法",
    stages=(
        Stage(
            key="received",
            label="已收件",
            responsible=Role.HANDLER,
            moves=(
                move("accept", "受理", Role.HANDLER, to="accepted", told="已受理"),
                Move(
                    rule=allow("deem_accepted", Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True),
                    label="视为受理",
                    to="accepted",
                ),
                move("drop", "撤回申请", Role.CITIZEN, to="dropped", within=Within.OWN),
            ),
        ),
        Stage(
            key="accepted",
            label="审查中",
            responsible=Role.HANDLER,
            moves=(
                move("pause", "中止", Role.HANDLER, asks=("reason",), pauses="decision"),
                move("resume", "恢复", Role.HANDLER, resumes="decision"),
                move("extend", "延期", Role.HEAD, extends=("decision",)),
                move("consult", "征求意见", Role.HANDLER, opens="permits.opinion", asks=("units",)),
                move(
                    "refuse_duty",
                    "退回",
                    Role.HANDLER,
                    to="accepted",
                    returned=Limit(times=2, to="referred"),
                ),
                move(
                    "decide", "决定", Role.HANDLER, to="decided", outcomes=(Outcome.SOLVED, Outcome.REJECTED)
                ),
            ),
        ),
        Stage(
            key="referred",
            label="待裁定",
            responsible=Role.ARBITER,
            moves=(
                move("assign", "指定", Role.ARBITER, to="accepted", within=Within.ARBITER, assigns=True),
                move(
                    "pass_on",
                    "移交",
                    Role.ARBITER,
                    to="passed",
                    within=Within.ARBITER,
                    hands_to="permits.opinion",
                ),
            ),
        ),
    ),
    ends=(
        End(key="decided", label="已决定"),
        End(key="dropped", label="已撤回"),
        End(key="passed", label="已移交"),
    ),
    clocks=(RECEIPT, DECISION),
)
OPINION = Procedure(
    key="permits.opinion",
    version="1",
    label="意见",
    basis="测试",
    stages=(
        Stage(
            key="asked",
            label="待回复",
            responsible=Role.HANDLER,
            moves=(move("give", "回复", Role.HANDLER, to="given"),),
        ),
    ),
    ends=(End(key="given", label="已回复"),),
)
PERMITS = Domain(
    key="permits",
    label="许可（测试）",
    procedures=(PERMIT, OPINION),
    policies=(
        allow("read", Role.HANDLER, Role.HEAD, within=Within.UNIT),
        allow("read", Role.DISPATCHER, within=Within.REGION),
        allow("read", Role.CITIZEN, within=Within.OWN),
    ),
)
