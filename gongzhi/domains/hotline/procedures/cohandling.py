"""The small case of a unit that helps another to answer a request."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.domains.hotline.procedures.law import figure
from gongzhi.kernel.declare.clock import Before, Clock, Kind, Lapse
from gongzhi.kernel.declare.procedure import End, Move, Procedure, Stage, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.people.actor import Role

CALL_OFF = Move(
    rule=allow("call_off", Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True),
    label=_("不再需要协办"),
    to="called_off",
    leaves=True,
)

COHANDLING = Procedure(
    key="hotline.cohandling",
    version="2026-11",
    label=_("热线协办"),
    basis="国办发〔2020〕53号（多部门事项协同办理）",
    stages=(
        Stage(
            key="asked",
            label=_("待协办"),
            responsible=Role.HANDLER,
            moves=(
                move("join", _("接受协办"), Role.HANDLER, Role.HEAD, to="working"),
                move(
                    "excuse",
                    _("说明无关"),
                    Role.HANDLER,
                    Role.HEAD,
                    to="excused",
                    asks=("note",),
                    leaves=True,
                ),
                CALL_OFF,
            ),
            progress=2,
        ),
        Stage(
            key="working",
            label=_("协办中"),
            responsible=Role.HANDLER,
            moves=(
                move("contribute", _("反馈协办意见"), Role.HANDLER, Role.HEAD, to="done", asks=("note",)),
                CALL_OFF,
            ),
            progress=3,
        ),
    ),
    ends=(
        End(key="done", label=_("协办完成")),
        End(key="excused", label=_("与协办单位无关")),
        End(key="called_off", label=_("不再需要协办")),
    ),
    clocks=(
        Clock(
            key="contribute",
            rule="GZ-02",
            label=_("协办期限"),
            kind=Kind.PROMISE,
            amount=figure(3, "协办期限（法规未定，属各市配置）", "configuration"),
            counting=Counting.WORKING_DAYS,
            stages=("asked", "working"),
            warnings=(Before(amount=1, counting=Counting.WORKING_DAYS),),
            lapse=Lapse.ESCALATE,
            local=True,
        ),
    ),
)
