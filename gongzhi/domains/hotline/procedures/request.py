"""How a request moves: received, dispatched, handled, answered, rated, closed.

Local limits are those of 安阳市政务服务条例 (2021) until a city enters its own.
"""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.domains.hotline.procedures.answered import CONTESTED, DISSATISFIED, RATED, REPLIED
from gongzhi.domains.hotline.procedures.arriving import DISPATCHED, DISPUTED, RECEIVED
from gongzhi.domains.hotline.procedures.handling import HANDLING, REVIEW
from gongzhi.domains.hotline.procedures.law import ANYANG, BUSINESS, figure
from gongzhi.kernel.declare.clock import Before, Clock, Extension, Kind, Lapse
from gongzhi.kernel.declare.procedure import End, Procedure, Stage
from gongzhi.kernel.people.actor import Role

OFFICE = ("dispatched", "disputed", "handling", "review")
ONE_DAY_BEFORE = (Before(amount=1, counting=Counting.WORKING_DAYS),)
FIVE_DAYS_MORE = Extension(
    amount=figure(5, f"{ANYANG}第五十条（特别复杂，单位负责人批准）", "F"),
    counting=Counting.WORKING_DAYS,
    approver=Role.HEAD,
)
THIRTY_DAYS_MORE = Extension(
    amount=figure(30, f"{BUSINESS}（情况复杂，经负责人批准）", "F"),
    counting=Counting.CALENDAR_DAYS,
    approver=Role.HEAD,
)

CLOCKS = (
    Clock(
        key="dispatch",
        rule="HL-05",
        label=_("派发期限"),
        kind=Kind.PROMISE,
        amount=figure(24, "GB/T 33358-2016 信箱响应时限", "P"),
        counting=Counting.HOURS,
        stages=("received",),
        warnings=(Before(amount=4, counting=Counting.HOURS),),
        lapse=Lapse.SUPERVISE,
        local=True,
    ),
    Clock(
        key="promise",
        rule="HL-08",
        label=_("承诺答复期限"),
        kind=Kind.PROMISE,
        amount=figure(5, f"{ANYANG}第五十条，自登记起算的承诺", "configuration"),
        counting=Counting.WORKING_DAYS,
        stages=("received", *OFFICE),
        extension=FIVE_DAYS_MORE,
        warnings=ONE_DAY_BEFORE,
        lapse=Lapse.ESCALATE,
        not_for="business",
        local=True,
        until_answer=True,
    ),
    Clock(
        key="business_promise",
        rule="HL-16",
        label=_("营商环境投诉承诺期限"),
        kind=Kind.PROMISE,
        amount=figure(30, BUSINESS, "F"),
        counting=Counting.CALENDAR_DAYS,
        stages=("received", *OFFICE),
        extension=THIRTY_DAYS_MORE,
        warnings=ONE_DAY_BEFORE,
        lapse=Lapse.ESCALATE,
        only_for="business",
        local=True,
        until_answer=True,
    ),
    Clock(
        key="business",
        rule="HL-16",
        label=_("营商环境投诉办理期限"),
        kind=Kind.STATUTE,
        amount=figure(30, BUSINESS, "F"),
        counting=Counting.CALENDAR_DAYS,
        stages=OFFICE,
        extension=THIRTY_DAYS_MORE,
        warnings=ONE_DAY_BEFORE,
        lapse=Lapse.SUPERVISE,
        only_for="business",
    ),
    Clock(
        key="answer",
        rule="HL-08",
        label=_("答复期限"),
        kind=Kind.STATUTE,
        amount=figure(5, f"{ANYANG}第五十条", "F"),
        counting=Counting.WORKING_DAYS,
        stages=OFFICE,
        extension=FIVE_DAYS_MORE,
        warnings=ONE_DAY_BEFORE,
        lapse=Lapse.ESCALATE,
        not_for="business",
        local=True,
    ),
    Clock(
        key="return",
        rule="HL-10",
        label=_("退单期限"),
        kind=Kind.STATUTE,
        amount=figure(24, f"{ANYANG}第五十条", "F"),
        counting=Counting.HOURS,
        stages=("dispatched",),
        warnings=(Before(amount=4, counting=Counting.HOURS),),
        lapse=Lapse.DUTY_STAYS,
        bars=("return",),
        local=True,
    ),
    Clock(
        key="respond",
        rule="HL-14",
        label=_("即办响应期限"),
        kind=Kind.PROMISE,
        amount=figure(120, "郑州市 2017 年热线办理规定（30 分钟至 2 小时，取上限）", "P"),
        counting=Counting.MINUTES,
        stages=OFFICE,
        starts=("dispatch", "assign"),
        stops=("respond",),
        warnings=(Before(amount=30, counting=Counting.MINUTES),),
        lapse=Lapse.ESCALATE,
        only_for="instant",
        local=True,
    ),
    Clock(
        key="voice",
        rule="GZ-01",
        label=_("评价与异议期"),
        kind=Kind.PROMISE,
        amount=figure(15, "评价与异议期（法规未定，属各市配置）", "configuration"),
        counting=Counting.CALENDAR_DAYS,
        stages=("replied", "rated"),
        lapse=Lapse.RIGHT_LOST,
        bars=("contest", "rate", "rate_badly"),
        lapse_move="close",
        local=True,
    ),
    Clock(
        key="revisit",
        rule="GS-61",
        label=_("差评回访期限"),
        kind=Kind.STATUTE,
        amount=figure(1, f"{ANYANG}第五十二条", "F"),
        counting=Counting.WORKING_DAYS,
        stages=("dissatisfied",),
        lapse=Lapse.ESCALATE,
        local=True,
    ),
)

REQUEST = Procedure(
    key="hotline.request",
    version="2026-11",
    label=_("12345 热线诉求"),
    basis=f"{ANYANG}第四十五条至第五十二条；国办发〔2020〕53号；GB/T 33358-2016",
    stages=(
        Stage(key="received", label=_("待派发"), responsible=Role.DISPATCHER, moves=RECEIVED, progress=1),
        Stage(key="dispatched", label=_("待签收"), responsible=Role.HANDLER, moves=DISPATCHED, progress=2),
        Stage(key="disputed", label=_("待裁定"), responsible=Role.ARBITER, moves=DISPUTED, progress=2),
        Stage(key="handling", label=_("办理中"), responsible=Role.HANDLER, moves=HANDLING, progress=3),
        Stage(key="review", label=_("待审核"), responsible=Role.HEAD, moves=REVIEW, progress=3),
        Stage(key="replied", label=_("已答复"), responsible=Role.CITIZEN, moves=REPLIED, progress=4),
        Stage(
            key="dissatisfied",
            label=_("差评待回访"),
            responsible=Role.CALL_TAKER,
            moves=DISSATISFIED,
            progress=5,
        ),
        Stage(key="contested", label=_("异议待复核"), responsible=Role.REVIEWER, moves=CONTESTED, progress=4),
        Stage(key="rated", label=_("已评价"), responsible=Role.SYSTEM, moves=RATED, progress=5),
    ),
    ends=(
        End(key="closed", label=_("已办结")),
        End(key="diverted", label=_("已告知途径")),
        End(key="withdrawn", label=_("已撤回")),
    ),
    clocks=CLOCKS,
)
