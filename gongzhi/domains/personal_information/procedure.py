"""How a person's request about their own data moves: to a unit, proved, granted by a second official or refused."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.base.dated import Dated, Since
from gongzhi.kernel.declare.clock import Before, Clock, Kind, Lapse, Reason
from gongzhi.kernel.declare.procedure import End, Outcome, Procedure, Stage, move
from gongzhi.kernel.declare.rule import Within
from gongzhi.kernel.people.actor import Role

PROOFS = (
    Reason(key="counter", label=_("本人到窗口出示证件")),
    Reason(key="call_back", label=_("回拨登记的电话，本人答出所办事项的经过")),
    Reason(key="letter", label=_("书面材料和证件复印件")),
)

#: Why a request may be refused, each with its article (个人信息保护法).
REFUSALS = (
    Reason(key="not_proved", label=_("无法核实是本人提出（第五十条：拒绝的应当说明理由）")),
    Reason(key="secret", label=_("应当保密，或告知会妨碍履行法定职责（第十八条、第三十五条、第四十五条）")),
    Reason(key="accurate", label=_("核实后信息准确、完整，不需要更正（第四十六条）")),
    Reason(key="needed", label=_("仍有事项在办理，处理目的尚未实现（第四十七条第一款）")),
    Reason(key="period", label=_("法律、行政法规规定的保存期限未届满（第四十七条第二款）")),
    Reason(key="held", label=_("依法保全的证据（第四十七条第二款，刑事诉讼法第五十四条、监察法第十八条）")),
)

WITHDRAW = move(
    "withdraw",
    _("撤回"),
    Role.CITIZEN,
    to="withdrawn",
    within=Within.OWN,
    told=_("您撤回了申请"),
    service="withdraw_rights_request",
)
REFUSE = move(
    "refuse",
    _("不予支持"),
    Role.HEAD,
    to="refused",
    told=_("没有支持您的申请"),
    asks=("reply",),
    reasons=REFUSALS,
    outcomes=(Outcome.REJECTED,),
    service="refuse_rights_request",
    says=True,
)

RIGHTS_REQUEST = Procedure(
    key="personal_information.rights_request",
    version="2026-11",
    label=_("个人信息申请"),
    basis="个人信息保护法第四十四条至第五十条",
    stages=(
        Stage(
            key="received",
            label=_("待交办"),
            responsible=Role.DISPATCHER,
            moves=(
                move(
                    "assign",
                    _("交办"),
                    Role.DISPATCHER,
                    to="proving",
                    within=Within.REGION,
                    told=_("已交给承办单位，接着核实是您本人"),
                    service="assign_rights_request",
                    assigns=True,
                ),
                WITHDRAW,
            ),
            progress=1,
        ),
        Stage(
            key="proving",
            label=_("待核实本人"),
            responsible=Role.HANDLER,
            moves=(
                move(
                    "prove",
                    _("已核实本人"),
                    Role.HANDLER,
                    Role.HEAD,
                    to="handling",
                    told=_("已核实是您本人"),
                    asks=("note",),
                    reasons=PROOFS,
                    service="prove_rights_request",
                ),
                REFUSE,
                WITHDRAW,
            ),
            progress=2,
        ),
        Stage(
            key="handling",
            label=_("待决定"),
            responsible=Role.HEAD,
            moves=(
                move(
                    "grant",
                    _("同意"),
                    Role.HEAD,
                    to="granted",
                    told=_("已同意您的申请"),
                    outcomes=(Outcome.SOLVED,),
                    service="grant_rights_request",
                    not_by=("prove",),
                ),
                REFUSE,
                WITHDRAW,
            ),
            progress=3,
        ),
    ),
    ends=(
        End(key="granted", label=_("已同意")),
        End(key="refused", label=_("不予支持")),
        End(key="withdrawn", label=_("已撤回")),
    ),
    clocks=(
        Clock(
            key="answer",
            rule="PI-13",
            label=_("答复期限"),
            kind=Kind.PROMISE,
            amount=Dated(
                (
                    Since(
                        day=date(2000, 1, 1),
                        value=15,
                        basis="个人信息保护法第五十条只说便捷、及时，天数属各市配置",
                        source="configuration",
                    ),
                )
            ),
            counting=Counting.WORKING_DAYS,
            stages=("received", "proving", "handling"),
            warnings=(Before(amount=3, counting=Counting.WORKING_DAYS),),
            lapse=Lapse.ESCALATE,
            local=True,
            until_answer=True,
        ),
    ),
)
