"""The moves of the unit that has a request, and of the second person who checks its reply."""

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.procedures.anytime import ADD, NAME, RESPOND, SUPERVISE, URGE, WATCHED
from gongzhi.domains.hotline.procedures.law import ANSWERS
from gongzhi.kernel.declare.procedure import move
from gongzhi.kernel.people.actor import Role

HANDLING = (
    move(
        "reply",
        _("答复"),
        Role.HANDLER,
        Role.HEAD,
        to="replied",
        told=_("承办单位已答复"),
        asks=("reply",),
        outcomes=ANSWERS,
        service="reply_to_request",
        says=True,
        waits=True,
    ),
    move(
        "submit_reply",
        _("答复送审"),
        Role.HANDLER,
        Role.HEAD,
        to="review",
        told=_("答复正在审核"),
        asks=("reply",),
        outcomes=ANSWERS,
        service="reply_to_request",
        waits=True,
    ),
    move(
        "extend",
        _("延期"),
        Role.HEAD,
        told=_("办理期限已延长"),
        asks=("note",),
        service="extend_request",
        says=True,
        extends=("answer", "business", "promise", "business_promise"),
    ),
    move(
        "report_progress",
        _("告知进展"),
        Role.HANDLER,
        Role.HEAD,
        told=_("承办单位告知进展"),
        asks=("note",),
        service="report_progress",
        says=True,
    ),
    move(
        "invite",
        _("邀请协办"),
        Role.HANDLER,
        Role.HEAD,
        told=_("已请其他单位协办"),
        asks=("units",),
        service="invite_units",
        opens="hotline.cohandling",
    ),
    RESPOND,
    *WATCHED,
)

REVIEW = (
    move(
        "approve",
        _("审核通过"),
        Role.HEAD,
        Role.REVIEWER,
        to="replied",
        told=_("承办单位已答复"),
        service="approve_reply",
        says=True,
        not_by=("submit_reply",),
    ),
    move(
        "send_back",
        _("退回修改"),
        Role.HEAD,
        Role.REVIEWER,
        to="handling",
        asks=("note",),
        not_by=("submit_reply",),
    ),
    ADD,
    URGE,
    SUPERVISE,
    NAME,
)
