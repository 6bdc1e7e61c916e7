"""How a petition moves: registered, forwarded or assigned, accepted by its path, handled, answered in writing, served."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.domains.petitions.procedures.answered import ANSWERED, ISSUED, SERVED
from gongzhi.domains.petitions.procedures.arriving import OBJECTED, REGISTERED, SENT
from gongzhi.domains.petitions.procedures.handling import (
    APPROVING,
    HANDLING,
    INVESTIGATING,
    PERFORMING,
    STUDYING,
)
from gongzhi.domains.petitions.procedures.law import ACT, WARNED, configured, figure
from gongzhi.kernel.declare.clock import Clock, Extension, Kind, Lapse
from gongzhi.kernel.declare.procedure import End, Procedure, Stage
from gongzhi.kernel.people.actor import Role

DIRECT = "direct"  # flag of a matter that a person put directly to the unit that handles it (art. 23)

#: Flags of a matter by the level of the office that registered it; set only where a region has turned the split on.
TIERS = {"province": ("at_province", 3), "city": ("at_city", 3), "county": ("at_county", 4)}


def _tier(level: str) -> Clock:
    """Write one part of the split 5/3/3/4 inside the fifteen days (XF-06)."""
    flag, amount = TIERS[level]
    basis = "分级转送的内部期限，国信发〔2014〕16号第六条；后续文件是否沿用未经核实，属各地配置"
    return Clock(
        key=f"tier_{level}",
        rule="XF-06",
        label=_("分级转送期限（内部）"),
        kind=Kind.PROMISE,
        amount=configured(amount, basis),
        counting=Counting.CALENDAR_DAYS,
        stages=("registered",),
        lapse=Lapse.DUTY_STAYS,
        only_for=flag,
        local=True,
    )


CLOCKS = (
    Clock(
        key="forward",
        rule="XF-02",
        label=_("转送、交办期限"),
        kind=Kind.STATUTE,
        amount=figure(15, "第二十二条"),
        counting=Counting.CALENDAR_DAYS,
        stages=("registered",),
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        not_for=DIRECT,
    ),
    Clock(
        key="notify",
        rule="XF-03",
        label=_("是否受理的告知期限"),
        kind=Kind.STATUTE,
        amount=figure(15, "第二十三条第二款"),
        counting=Counting.CALENDAR_DAYS,
        stages=("registered", "sent"),
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        only_for=DIRECT,
    ),
    *(_tier(level) for level in TIERS),
    Clock(
        key="receipt",
        rule="XF-04",
        label=_("告知接收情况、途径和程序的期限"),
        kind=Kind.STATUTE,
        amount=figure(15, "第二十三条第三款"),
        counting=Counting.CALENDAR_DAYS,
        stages=("sent", "objected"),
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        not_for=DIRECT,
    ),
    Clock(
        key="object",
        rule="XF-05",
        label=_("提出异议的期限"),
        kind=Kind.STATUTE,
        amount=figure(5, "第二十三条第三款"),
        counting=Counting.WORKING_DAYS,
        stages=("sent",),
        lapse=Lapse.DUTY_STAYS,
        bars=("object",),
        not_for=DIRECT,
    ),
    Clock(
        key="report_back",
        rule="XF-14",
        label=_("报结期限"),
        kind=Kind.STATUTE,
        amount=figure(1, "第二十二条第一款第三项（日期由交办机关确定）"),
        counting=Counting.UNTIL,
        stages=("sent", "objected", "handling", "approving", "performing", "studying"),
        starts=("assign",),
        stops=("report_back",),
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        named_by="report_by",
    ),
    Clock(
        key="handle",
        rule="XF-07",
        label=_("办理期限"),
        kind=Kind.STATUTE,
        amount=figure(60, "第三十四条"),
        counting=Counting.CALENDAR_DAYS,
        stages=("handling", "approving"),
        extension=Extension(
            amount=figure(30, "第三十四条（情况复杂，经本机关、单位负责人批准）"),
            counting=Counting.CALENDAR_DAYS,
            approver=Role.HEAD,
        ),
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        until_answer=True,
    ),
    Clock(
        key="ask_review",
        rule="XF-09",
        label=_("申请复查的期限"),
        kind=Kind.STATUTE,
        amount=figure(30, "第三十五条"),
        counting=Counting.CALENDAR_DAYS,
        stages=("served",),
        lapse=Lapse.RIGHT_LOST,
        bars=("ask_review",),
        lapse_move="close",
    ),
    Clock(
        key="voice",
        rule="XF-31",
        label=_("评价期"),
        kind=Kind.PROMISE,
        amount=configured(15, "满意度评价的期限未经核实，属各地配置"),
        counting=Counting.CALENDAR_DAYS,
        stages=("answered",),
        lapse=Lapse.RIGHT_LOST,
        bars=("rate",),
        lapse_move="close",
        local=True,
    ),
)

PETITION = Procedure(
    key="petitions.petition",
    version="2026-11",
    label=_("信访事项"),
    basis=f"{ACT}第十七条至第四十条",
    stages=(
        Stage(key="registered", label=_("待转送"), responsible=Role.DISPATCHER, moves=REGISTERED, progress=1),
        Stage(key="sent", label=_("待受理"), responsible=Role.HANDLER, moves=SENT, progress=2),
        Stage(key="objected", label=_("异议待核实"), responsible=Role.DISPATCHER, moves=OBJECTED, progress=2),
        Stage(key="handling", label=_("办理中"), responsible=Role.HANDLER, moves=HANDLING, progress=3),
        Stage(key="approving", label=_("意见待签发"), responsible=Role.HEAD, moves=APPROVING, progress=3),
        Stage(key="issued", label=_("意见书待送达"), responsible=Role.HANDLER, moves=ISSUED, progress=4),
        Stage(key="served", label=_("意见书已送达"), responsible=Role.CITIZEN, moves=SERVED, progress=4),
        Stage(
            key="performing", label=_("依法履职中"), responsible=Role.HANDLER, moves=PERFORMING, progress=3
        ),
        Stage(key="studying", label=_("建议研究中"), responsible=Role.HANDLER, moves=STUDYING, progress=3),
        Stage(key="answered", label=_("建议已答复"), responsible=Role.CITIZEN, moves=ANSWERED, progress=4),
        Stage(
            key="investigating",
            label=_("检举控告办理中"),
            responsible=Role.HANDLER,
            moves=INVESTIGATING,
            progress=3,
        ),
    ),
    ends=(
        End(key="ended", label=_("已办结")),
        End(key="reviewed", label=_("已申请复查")),
        End(key="diverted", label=_("已告知法定途径")),
        End(key="not_accepted", label=_("不予受理")),
        End(key="no_longer_accepted", label=_("不再受理")),
        End(key="mediated", label=_("已达成协议")),
        End(key="performed", label=_("已履职答复")),
        End(key="concluded", label=_("检举控告已告知结果")),
        End(key="handed_over", label=_("已转热线")),
        End(key="withdrawn", label=_("已撤回")),
    ),
    clocks=CLOCKS,
)
