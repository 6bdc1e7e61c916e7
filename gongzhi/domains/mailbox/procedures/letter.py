"""How a letter moves: received by the office, read and marked, assigned to a unit, answered; or around the office."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.base.dated import Dated, Since, Source
from gongzhi.domains.mailbox.procedures.moves import (
    ANSWERED,
    APPROVING,
    AROUND,
    HANDLING,
    OF_OFFICE,
    RECEIVED,
)
from gongzhi.kernel.declare.clock import Before, Clock, Extension, Kind, Lapse
from gongzhi.kernel.declare.procedure import End, Procedure, Stage
from gongzhi.kernel.people.actor import Role

SINCE: Final = date(2016, 1, 1)


def figure(amount: int, basis: str, source: Source = "configuration") -> Dated:
    """Write one figure: no text that we have read in full gives any for letters to leaders, so none is statute."""
    return Dated((Since(day=SINCE, value=amount, basis=basis, source=source),))


CLOCKS = (
    Clock(
        key="respond",
        rule="HL-05",
        label=_("信箱响应期限"),
        kind=Kind.PROMISE,
        amount=figure(24, "GB/T 33358-2016 信箱响应时限", "P"),
        counting=Counting.HOURS,
        stages=("received", "around"),
        warnings=(Before(amount=4, counting=Counting.HOURS),),
        lapse=Lapse.SUPERVISE,
        local=True,
    ),
    Clock(
        key="answer",
        rule="HL-05",
        label=_("承诺答复期限"),
        kind=Kind.PROMISE,
        amount=figure(15, "领导信箱的答复期限未见统一规定，属各地配置"),
        counting=Counting.WORKING_DAYS,
        stages=("received", "around", "reading", "handling", "approving"),
        extension=Extension(
            amount=figure(10, "领导信箱的延期未见统一规定，属各地配置（单位负责人批准）"),
            counting=Counting.WORKING_DAYS,
            approver=Role.HEAD,
        ),
        warnings=(Before(amount=3, counting=Counting.WORKING_DAYS),),
        lapse=Lapse.SUPERVISE,
        local=True,
        until_answer=True,
    ),
    Clock(
        key="voice",
        rule="HL-05",
        label=_("评价期"),
        kind=Kind.PROMISE,
        amount=figure(15, "领导信箱的评价期限属各地配置"),
        counting=Counting.CALENDAR_DAYS,
        stages=("answered",),
        lapse=Lapse.RIGHT_LOST,
        bars=("rate",),
        lapse_move="close",
        local=True,
    ),
)

LETTER = Procedure(
    key="mailbox.letter",
    version="2026-11",
    label=_("领导信箱来信"),
    basis="信访工作条例（2022）第二十一条；GB/T 33358-2016",
    stages=(
        Stage(key="received", label=_("待阅收"), responsible=Role.HANDLER, moves=RECEIVED, progress=1),
        Stage(key="reading", label=_("待批办"), responsible=Role.HANDLER, moves=OF_OFFICE, progress=2),
        Stage(key="around", label=_("待另行交办"), responsible=Role.DISPATCHER, moves=AROUND, progress=2),
        Stage(key="handling", label=_("办理中"), responsible=Role.HANDLER, moves=HANDLING, progress=3),
        Stage(key="approving", label=_("答复待审核"), responsible=Role.HEAD, moves=APPROVING, progress=3),
        Stage(key="answered", label=_("已答复"), responsible=Role.CITIZEN, moves=ANSWERED, progress=4),
    ),
    ends=(
        End(key="ended", label=_("已办结")),
        End(key="handed_over", label=_("已转办")),
        End(key="withdrawn", label=_("已撤回")),
    ),
    clocks=CLOCKS,
)
