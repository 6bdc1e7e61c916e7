"""The words of the rules that the hotline's procedures share: figures with their article, reasons, who makes a move."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.base.dated import Dated, Since, Source
from gongzhi.kernel.declare.clock import Reason
from gongzhi.kernel.declare.procedure import Move, Outcome
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

IN_FORCE = date(2000, 1, 1)
ANYANG = "安阳市政务服务条例（2021）"
BUSINESS = "河南省优化营商环境条例（2020）第七十八条"

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


def figure(amount: int, basis: str, source: Source) -> Dated:
    """Write one figure with where it stands; older cases keep counting by it too."""
    return Dated((Since(day=IN_FORCE, value=amount, basis=basis, source=source),))


def by_centre(key: str, label: Words, *by: Role, to: str = "", **more: Any) -> Move:
    """A move within the actor's region that also reaches sealed matters: the hotline centre's own work."""
    rule = allow(key, *by, within=Within.REGION, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, **more)


def by_person(key: str, label: Words, to: str = "", **more: Any) -> Move:
    """A move of the person whose matter it is."""
    return Move(rule=allow(key, Role.CITIZEN, within=Within.OWN), label=label, to=to, **more)
