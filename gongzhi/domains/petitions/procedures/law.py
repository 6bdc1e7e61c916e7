"""The words of the regulation that its procedures share: figures with their article, classes, paths, reasons."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.base.dated import Dated, Since, Source
from gongzhi.kernel.declare.clock import Before, Reason
from gongzhi.kernel.declare.procedure import Move, Outcome, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

ACT: Final = "信访工作条例（2022）"
IN_FORCE: Final = date(2022, 5, 1)
UNIT: Final = (Role.HANDLER, Role.HEAD)
WARNED: Final = (
    Before(amount=10, counting=Counting.CALENDAR_DAYS),
    Before(amount=3, counting=Counting.CALENDAR_DAYS),
)

#: The three outcomes of an opinion (art. 32), in the kernel's words.
OPINIONS: Final = (Outcome.SOLVED, Outcome.EXPLAINED, Outcome.REJECTED)

#: The paths of art. 31 on which the sixty days do not run. Path 5 is a duty that the unit itself performs or answers.
ROUTES: Final = (
    Reason(
        key="justice",
        label=_("诉讼、行政复议、刑事立案、法律监督、公安程序，或未依法终结的涉法涉诉事项"),
        basis=f"{ACT}第三十一条第一项",
    ),
    Reason(key="arbitration", label=_("仲裁"), basis=f"{ACT}第三十一条第二项"),
    Reason(key="party", label=_("党员申诉、申请复审"), basis=f"{ACT}第三十一条第三项"),
    Reason(
        key="administrative",
        label=_("行政复议、裁决、确认、许可、处罚等行政程序"),
        basis=f"{ACT}第三十一条第四项",
    ),
)
OFFICE_ROUTES: Final = (
    *ROUTES,
    Reason(
        key="congress",
        label=_("属于人大、监察、法院、检察院职权，诉访分离后转送"),
        basis=f"{ACT}第二十二条第二款",
    ),
)
NOT_ACCEPTED: Final = (
    Reason(
        key="live",
        label=_("同一事项已经受理或正在办理，期限内又向上级提出"),
        basis=f"{ACT}第十九条第三款",
    ),
    Reason(key="wrong_level", label=_("走访应到有权处理的本级或上一级"), basis=f"{ACT}第二十条第一款"),
)
NO_LONGER: Final = (
    Reason(key="finished", label=_("复核后仍以同一事实和理由提出"), basis=f"{ACT}第三十六条第三款"),
)
SUPERVISED: Final = (
    Reason(key="not_accepted", label=_("未按规定受理"), basis=f"{ACT}第四十条"),
    Reason(key="not_handled", label=_("未按规定程序、期限办理"), basis=f"{ACT}第四十条"),
    Reason(key="shirking", label=_("推诿、敷衍、拖延"), basis=f"{ACT}第四十条"),
    Reason(key="falsified", label=_("弄虚作假"), basis=f"{ACT}第四十条"),
    Reason(key="not_carried_out", label=_("拒不执行处理意见"), basis=f"{ACT}第四十条"),
)


def figure(amount: int, article: str, source: Source = "F") -> Dated:
    """Write one figure of the regulation with its article, in force since 2022-05-01."""
    return Dated((Since(day=IN_FORCE, value=amount, basis=f"{ACT}{article}", source=source),))


def configured(amount: int, basis: str) -> Dated:
    """Write one figure that no text confirms: each place sets its own."""
    return Dated((Since(day=IN_FORCE, value=amount, basis=basis, source="configuration"),))


def by_office(key: str, label: Words, *by: Role, to: str = "", **more: Any) -> Move:
    """A move of the petition office in its region; it reaches confidential matters, which it has to forward."""
    rule = allow(key, *by, within=Within.REGION, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, **more)


def by_person(key: str, label: Words, to: str = "", **more: Any) -> Move:
    """A move of the person whose matter it is."""
    return Move(rule=allow(key, Role.CITIZEN, within=Within.OWN), label=label, to=to, says=True, **more)


def by_time(key: str, label: Words, to: str, told: Words) -> Move:
    """A move that a period makes when it is over."""
    rule = allow(key, Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, told=told)


SERVE = move(
    "serve",
    _("登记送达"),
    *UNIT,
    to="served",
    told=_("意见书已送达您"),
    asks=("note",),
    service="serve_opinion",
)
RECEIVE = by_person(
    "receive", _("确认收到意见书"), to="served", told=_("您确认收到意见书"), service="receive_opinion"
)
