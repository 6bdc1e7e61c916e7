"""The moves out of each stage of a letter, and who makes them: the office it is written to, the unit, the writer."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from gongzhi.kernel.declare.clock import Reason
from gongzhi.kernel.declare.procedure import Move, Outcome, move
from gongzhi.kernel.declare.rule import Within, allow
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Role

UNIT: Final = (Role.HANDLER, Role.HEAD)
ANSWERS: Final = (Outcome.SOLVED, Outcome.EXPLAINED, Outcome.REJECTED)
RETURNED: Final = (
    Reason(key="not_our_duty", label=_("不属于本单位职责")),
    Reason(key="not_our_place", label=_("不在本单位辖区")),
    Reason(key="unclear", label=_("内容不清，无法办理")),
)


def by_office(key: str, label: Words, *by: Role, to: str = "", **more: Any) -> Move:
    """A move of the staff of the office, and of the leader whose office it is, wherever the letter lies now."""
    return move(key, label, *(by or UNIT), to=to, within=Within.INVOLVED, **more)


def around(key: str, label: Words, *by: Role, to: str = "", **more: Any) -> Move:
    """A move of those who dispatch in the region: they have what must not reach the office."""
    rule = allow(key, *(by or (Role.DISPATCHER,)), within=Within.REGION, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, **more)


def by_person(key: str, label: Words, to: str = "", **more: Any) -> Move:
    """A move of the writer."""
    return Move(rule=allow(key, Role.CITIZEN, within=Within.OWN), label=label, to=to, says=True, **more)


def by_system(key: str, label: Words, to: str, told: Words, **more: Any) -> Move:
    """A move that nobody makes by hand."""
    rule = allow(key, Role.SYSTEM, within=Within.ANYWHERE, opens_sealed=True)
    return Move(rule=rule, label=label, to=to, told=told, **more)


ADD = by_person("add", _("补充情况"), told=_("您补充了情况"), asks=("note",), service="add_to_letter")
WITHDRAW = by_person(
    "withdraw",
    _("撤回"),
    to="withdrawn",
    told=_("您撤回了这封信"),
    outcomes=(Outcome.WITHDRAWN,),
    service="withdraw_letter",
)
SUPERVISE = around(
    "supervise",
    _("督办"),
    Role.SUPERVISOR,
    told=_("已列入督办"),
    asks=("note",),
    service="supervise_letter",
)
MARK = by_office(
    "mark", _("批示"), told=_("收信的领导已作批示"), asks=("note",), service="mark_letter"
)  # the words stay in the offices
EXPLAINED: Final[dict[str, Any]] = {
    "told": _("已答复您"),
    "asks": ("reply",),
    "outcomes": ANSWERS,
    "service": "answer_letter",
    "says": True,
}
_ASSIGN: Final[dict[str, Any]] = {
    "to": "handling",
    "told": _("已交给有关单位办理"),
    "service": "assign_letter",
    "assigns": True,
}
_HAND_OVER: Final[dict[str, Any]] = {"to": "handed_over", "outcomes": (Outcome.TRANSFERRED,)}
_PETITIONS: Final[dict[str, Any]] = {
    **_HAND_OVER,
    "told": _("属于信访事项，已转信访办理，不用再写一遍"),
    "service": "hand_to_petitions",
    "hands_to": "petitions.petition",
}
_HOTLINE: Final[dict[str, Any]] = {
    **_HAND_OVER,
    "told": _("属于热线受理的诉求，已转 12345 热线办理，不用再写一遍"),
    "service": "hand_to_hotline",
    "hands_to": "hotline.request",
}
_NAME: Final[dict[str, Any]] = {
    "told": _("已对您反映的单位和人保密"),
    "service": "name_complained_of",
    "names": True,
}
ON_THE_WAY = (ADD, WITHDRAW, SUPERVISE)
OF_OFFICE = (
    by_office("assign", _("交办"), **_ASSIGN),
    by_office("answer", _("直接答复"), to="answered", **EXPLAINED),
    MARK,
    by_office("hand_to_petitions", _("转信访"), **_PETITIONS),
    by_office("hand_to_hotline", _("转 12345 热线"), **_HOTLINE),
    by_office("name", _("登记被反映的单位或人"), taken_back="around", **_NAME),
    *ON_THE_WAY,
)
RECEIVED = (
    by_office("take_in", _("阅收"), to="reading", told=_("信箱已阅收您的来信"), service="take_in_letter"),
    *OF_OFFICE,
    by_system(
        "go_around",
        _("绕开收信单位"),
        to="around",
        told=_("您反映的是收信单位、它的上级或里面的人，这封信不经过它，由别的部门办理"),
        service="write_letter",
    ),
)
AROUND = (
    around("hand_to_petitions", _("转信访"), **_PETITIONS),
    around("assign", _("交办"), **_ASSIGN),
    around("hand_to_hotline", _("转 12345 热线"), **_HOTLINE),
    around("name", _("登记被反映的单位或人"), **_NAME),
    *ON_THE_WAY,
)
HANDLING = (
    move(
        "draft_answer",
        _("拟答复"),
        Role.HANDLER,
        to="approving",
        asks=("reply",),
        outcomes=ANSWERS,
        service="draft_answer",
    ),
    move("answer", _("答复"), Role.HEAD, to="answered", **EXPLAINED),
    move(
        "report_progress",
        _("告知进展"),
        *UNIT,
        told=_("承办单位告知进展"),
        asks=("note",),
        service="report_progress",
        says=True,
    ),
    move(
        "extend",
        _("延期"),
        Role.HEAD,
        told=_("办理期限已延长"),
        asks=("note",),
        service="extend_letter",
        extends=("answer",),
        says=True,
    ),
    move(
        "return",
        _("退回信箱"),
        *UNIT,
        to="reading",
        asks=("note",),
        reasons=RETURNED,
        service="return_letter",
    ),
    MARK,
    around("name", _("登记被反映的单位或人"), Role.SUPERVISOR, taken_back="around", **_NAME),
    *ON_THE_WAY,
)
APPROVING = (
    move(
        "approve_answer",
        _("审核通过并答复"),
        Role.HEAD,
        to="answered",
        told=_("已答复您"),
        service="approve_answer",
        not_by=("draft_answer",),
    ),
    move(
        "send_back",
        _("退回修改"),
        Role.HEAD,
        to="handling",
        asks=("note",),
        service="send_back_answer",
    ),
    *ON_THE_WAY,
)
ANSWERED = (
    by_person("rate", _("评价"), to="ended", told=_("您作了评价"), service="rate_letter"),
    by_system("close", _("办结"), to="ended", told=_("评价期满，已办结")),
    around("name", _("登记被反映的单位或人"), Role.SUPERVISOR, **_NAME),
)
