"""The small case of another competent unit that handles a petition together with the one in charge (art. 24)."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.domains.petitions.procedures.law import ACT, UNIT, WARNED, configured
from gongzhi.kernel.declare.clock import Clock, Kind, Lapse
from gongzhi.kernel.declare.procedure import End, Move, Procedure, Stage, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

CALL_OFF = Move(
    rule=allow("call_off", Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True),
    label=_("不再需要共同办理"),
    to="called_off",
    leaves=True,
)

COHANDLING = Procedure(
    key="petitions.cohandling",
    version="2026-11",
    label=_("信访共同办理"),
    basis=f"{ACT}第二十四条",
    stages=(
        Stage(
            key="asked",
            label=_("待提出意见"),
            responsible=Role.HANDLER,
            moves=(
                move(
                    "contribute",
                    _("提出意见"),
                    *UNIT,
                    to="done",
                    asks=("note",),
                    service="contribute_opinion",
                ),
                CALL_OFF,
            ),
            progress=3,
        ),
    ),
    ends=(
        End(key="done", label=_("已提出意见")),
        End(key="called_off", label=_("不再需要共同办理")),
    ),
    clocks=(
        Clock(
            key="contribute",
            rule="XF-24",
            label=_("共同办理期限"),
            kind=Kind.PROMISE,
            amount=configured(15, "共同办理的内部期限，条例未定，属各地配置"),
            counting=Counting.CALENDAR_DAYS,
            stages=("asked",),
            warnings=WARNED,
            lapse=Lapse.ESCALATE,
            local=True,
        ),
    ),
)
