"""The moves of the unit that has a petition, each path to its answer."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.petitions.procedures.anytime import IN_UNIT, PROGRESS, RECUSE, WATCHED
from gongzhi.domains.petitions.procedures.law import (
    OPINIONS,
    UNIT,
)
from gongzhi.kernel.declare.procedure import Outcome, move
from gongzhi.kernel.people.actor import Role

HANDLING = (
    move(
        "draft_opinion",
        _("拟写处理意见"),
        *UNIT,
        to="approving",
        told=_("处理意见正在审签"),
        outcomes=OPINIONS,
        service="draft_opinion",
        waits=True,
    ),
    move(
        "mediate",
        _("调解、和解达成协议"),
        *UNIT,
        to="mediated",
        told=_("已达成协议"),
        asks=("note",),
        outcomes=(Outcome.AGREED,),
        service="record_agreement",
        says=True,
        waits=True,
    ),
    move(
        "extend",
        _("延长办理期限"),
        Role.HEAD,
        told=_("情况复杂，办理期限延长三十日"),
        asks=("note",),
        service="extend_petition",
        says=True,
        extends=("handle",),
    ),
    move(
        "hold_hearing", _("登记听证"), *UNIT, told=_("已举行听证"), asks=("note",), service="record_hearing"
    ),
    PROGRESS,
    move(
        "invite",
        _("请其他有权单位共同办理"),
        *UNIT,
        told=_("已请其他有权单位共同办理"),
        asks=("units",),
        service="invite_units",
        opens="petitions.cohandling",
    ),
    *IN_UNIT,
    *WATCHED,
)

APPROVING = (
    move(
        "issue_opinion",
        _("签发处理意见书"),
        Role.HEAD,
        to="issued",
        told=_("处理意见书已出具"),
        service="issue_opinion",
        not_by=("draft_opinion",),
        waits=True,
    ),
    move("send_back", _("退回修改"), Role.HEAD, to="handling", asks=("note",), service="send_back_opinion"),
    *IN_UNIT,
    *WATCHED,
)

PERFORMING = (
    move(
        "answer_duty",
        _("履职后答复"),
        *UNIT,
        to="performed",
        told=_("承办单位已履行职责或者答复"),
        asks=("reply",),
        outcomes=OPINIONS,
        service="answer_petition",
        says=True,
    ),
    PROGRESS,
    *IN_UNIT,
    *WATCHED,
)

STUDYING = (
    move(
        "answer_suggestion",
        _("答复建议"),
        *UNIT,
        to="answered",
        told=_("您的建议有了答复"),
        asks=("reply",),
        outcomes=(Outcome.SOLVED, Outcome.EXPLAINED),
        service="answer_petition",
        says=True,
    ),
    PROGRESS,
    *IN_UNIT,
    *WATCHED,
)

INVESTIGATING = (
    move(
        "conclude",
        _("告知处理结果"),
        *UNIT,
        to="concluded",
        told=_("有权机关已告知处理结果"),
        asks=("reply",),
        outcomes=OPINIONS,
        service="answer_petition",
        says=True,
    ),
    RECUSE,
    *WATCHED,
)
