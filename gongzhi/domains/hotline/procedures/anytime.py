"""What may happen to a request beside its way: words are added, it is urged, withdrawn, supervised, or names somebody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongzhi.domains.hotline.procedures.law import by_centre, by_person
from gongzhi.kernel.declare.procedure import Move, move
from gongzhi.kernel.people.actor import Role

ADD = by_person(
    "add", _("补充情况"), told=_("您补充了情况"), asks=("note",), service="add_to_request", says=True
)
URGE = by_person("urge", _("催办"), told=_("您催办了一次"), service="urge_request", says=True)
WITHDRAW = by_person(
    "withdraw",
    _("撤回"),
    to="withdrawn",
    told=_("您撤回了这件事"),
    service="withdraw_request",
    says=True,
    calls_off="call_off",
)
SUPERVISE = by_centre(
    "supervise",
    _("督办"),
    Role.SUPERVISOR,
    told=_("已列入督办"),
    asks=("note",),
    service="supervise_request",
)


def _name(**more: Any) -> Move:
    """Say whom the matter complains of, so that it never reaches them (信访工作条例 art. 30)."""
    return by_centre(
        "name",
        _("登记被反映的单位或人"),
        Role.DISPATCHER,
        Role.CALL_TAKER,
        Role.SUPERVISOR,
        told=_("已对您反映的单位和人保密"),
        service="name_complained_of",
        names=True,
        calls_off="call_off",
        **more,
    )


NAME = _name(taken_back="received")
NAME_LATE = _name()  # handled already: it is only hidden
WATCHED = (ADD, URGE, WITHDRAW, SUPERVISE, NAME)

RESPOND = move(
    "respond",
    _("已联系或到场"),
    Role.HANDLER,
    Role.HEAD,
    told=_("承办单位已联系您或到场"),
    asks=("note",),
    service="respond_at_once",
    says=True,
)
