"""What is written down beside the way of a petition: a major or urgent matter reported at once, and prohibited conduct."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.law import ACT, UNIT, by_office
from gongzhi.kernel.declare.clock import Reason
from gongzhi.kernel.declare.procedure import move
from gongzhi.kernel.people.actor import Role

#: What art. 26 forbids in petitioning, item by item, shortened from the text of 2022-02-25 that was read in full. What the
#: office owes then is persuasion, criticism or education (art. 47); an incident is never a reason not to accept, or to end,
#: the matter itself.
PROHIBITED: Final = (
    Reason(
        key="blocking",
        label=_("在办公场所周围、公共场所非法聚集，围堵、冲击机关、单位，拦截公务车辆，堵塞、阻断交通"),
        basis=f"{ACT}第二十六条第一项",
    ),
    Reason(key="dangerous", label=_("携带危险物品、管制器具"), basis=f"{ACT}第二十六条第二项"),
    Reason(
        key="violence",
        label=_("侮辱、殴打、威胁机关、单位工作人员，非法限制他人人身自由，毁坏财物"),
        basis=f"{ACT}第二十六条第三项",
    ),
    Reason(
        key="staying",
        label=_("在信访接待场所滞留、滋事，或者弃留生活不能自理的人"),
        basis=f"{ACT}第二十六条第四项",
    ),
    Reason(
        key="inciting",
        label=_("煽动、串联、胁迫、以财物诱使、幕后操纵他人信访，或者以信访为名借机敛财"),
        basis=f"{ACT}第二十六条第五项",
    ),
    Reason(
        key="other",
        label=_("其他扰乱公共秩序、妨害国家和公共安全的行为"),
        basis=f"{ACT}第二十六条第六项",
    ),
)
KEPT_ON: Final = _("接待场所登记了现场情况；您的事项照常办理")

URGENT = by_office(
    "report_urgent",
    _("重大紧急情况报告"),
    Role.DISPATCHER,
    Role.SUPERVISOR,
    asks=("note", "told"),
    service="report_urgent",
)
INCIDENT_AT_OFFICE = by_office(
    "record_incident",
    _("登记违规信访行为"),
    Role.DISPATCHER,
    Role.CALL_TAKER,
    told=KEPT_ON,
    asks=("note",),
    reasons=PROHIBITED,
    service="record_incident",
)
INCIDENT_IN_UNIT = move(
    "record_incident",
    _("登记违规信访行为"),
    *UNIT,
    told=KEPT_ON,
    asks=("note",),
    reasons=PROHIBITED,
    service="record_incident",
)
