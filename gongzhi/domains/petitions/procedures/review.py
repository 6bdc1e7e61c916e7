"""How a review (复查) and a re-review (复核) move: one level up each, thirty days, an opinion of their own."""

from django.utils.translation import gettext_lazy as _

from gongzhi.base.calendar import Counting
from gongzhi.domains.petitions.procedures.anytime import ADD, NAME_LATE, RECUSE, SUPERVISE
from gongzhi.domains.petitions.procedures.law import (
    ACT,
    OPINIONS,
    RECEIVE,
    SERVE,
    UNIT,
    WARNED,
    by_person,
    by_time,
    figure,
)
from gongzhi.kernel.declare.clock import Clock, Kind, Lapse, Reason
from gongzhi.kernel.declare.procedure import End, Move, Outcome, Procedure, Stage, move
from gongzhi.kernel.people.actor import Role

HEARING = Reason(key="hearing", label=_("听证"), basis=f"{ACT}第三十六条（听证所需时间不计算在内）")
WITHDRAW_REVIEW = by_person(
    "withdraw",
    _("撤回申请"),
    to="withdrawn",
    told=_("您撤回了申请"),
    outcomes=(Outcome.WITHDRAWN,),
    service="withdraw_petition",
)
HEARINGS = (
    move(
        "open_hearing",
        _("举行听证，中止计算"),
        *UNIT,
        told=_("举行听证，所需时间不计算在内"),
        asks=("reason",),
        service="open_hearing",
        pauses="answer",
    ),
    move(
        "close_hearing",
        _("听证结束，恢复计算"),
        *UNIT,
        told=_("听证结束，期限继续计算"),
        service="close_hearing",
        resumes="answer",
    ),
)


def _stages(*, again: bool) -> tuple[Stage, ...]:
    """Return the stages of a review, or of a re-review, which knows hearings and after which law gives no more."""
    drafting = move(
        "draft_opinion",
        _("拟写复核意见") if again else _("拟写复查意见"),
        *UNIT,
        to="approving",
        told=_("意见正在审签"),
        outcomes=OPINIONS,
        service="draft_opinion",
    )
    issuing = move(
        "issue_opinion",
        _("签发复核意见书") if again else _("签发复查意见书"),
        Role.HEAD,
        to="issued",
        told=_("复核意见书已出具") if again else _("复查意见书已出具"),
        service="issue_opinion",
        not_by=("draft_opinion",),
    )
    send_back = move(
        "send_back", _("退回修改"), Role.HEAD, to="requested", asks=("note",), service="send_back_opinion"
    )
    beside = (RECUSE, ADD, WITHDRAW_REVIEW, SUPERVISE, NAME_LATE)
    return (
        Stage(
            key="requested",
            label=_("复核中") if again else _("复查中"),
            responsible=Role.HANDLER,
            moves=(drafting, *(HEARINGS if again else ()), *beside),
            progress=2,
        ),
        Stage(
            key="approving",
            label=_("意见待签发"),
            responsible=Role.HEAD,
            moves=(issuing, send_back, *beside),
            progress=3,
        ),
        Stage(
            key="issued",
            label=_("意见书待送达"),
            responsible=Role.HANDLER,
            moves=(*(_finally(each) for each in (SERVE, RECEIVE)), ADD, NAME_LATE)
            if again
            else (SERVE, RECEIVE, ADD, NAME_LATE),
            progress=4,
        ),
    )


def _finally(served: Move) -> Move:
    """The service of a re-review opinion ends the matter: law gives no further step (art. 36)."""
    return Move(**{**vars(served), "to": "final"})


ASK_REREVIEW = by_person(
    "ask_rereview",
    _("申请复核"),
    to="rereviewed",
    told=_("您申请了复核"),
    asks=("note",),
    service="ask_rereview",
    hands_to="petitions.rereview",
)
CLOSE = by_time("close", _("办结"), "ended", _("申请复核的期限届满，已办结"))


def _answer(rule: str, article: str, pauses: tuple[Reason, ...] = ()) -> Clock:
    return Clock(
        key="answer",
        rule=rule,
        label=_("书面答复期限"),
        kind=Kind.STATUTE,
        amount=figure(30, article),
        counting=Counting.CALENDAR_DAYS,
        stages=("requested", "approving"),
        pauses=pauses,
        warnings=WARNED,
        lapse=Lapse.SUPERVISE,
        until_answer=True,
    )


REVIEW = Procedure(
    key="petitions.review",
    version="2026-11",
    label=_("信访复查"),
    basis=f"{ACT}第三十五条",
    stages=(
        *_stages(again=False),
        Stage(
            key="served",
            label=_("复查意见书已送达"),
            responsible=Role.CITIZEN,
            moves=(ASK_REREVIEW, CLOSE, NAME_LATE),
            progress=4,
        ),
    ),
    ends=(
        End(key="ended", label=_("已办结")),
        End(key="rereviewed", label=_("已申请复核")),
        End(key="withdrawn", label=_("已撤回")),
    ),
    clocks=(
        _answer("XF-10", "第三十五条"),
        Clock(
            key="ask_rereview",
            rule="XF-11",
            label=_("申请复核的期限"),
            kind=Kind.STATUTE,
            amount=figure(30, "第三十六条"),
            counting=Counting.CALENDAR_DAYS,
            stages=("served",),
            lapse=Lapse.RIGHT_LOST,
            bars=("ask_rereview",),
            lapse_move="close",
        ),
    ),
)

REREVIEW = Procedure(
    key="petitions.rereview",
    version="2026-11",
    label=_("信访复核"),
    basis=f"{ACT}第三十六条",
    stages=_stages(again=True),
    ends=(End(key="final", label=_("复核终结")), End(key="withdrawn", label=_("已撤回"))),
    clocks=(_answer("XF-12", "第三十六条", pauses=(HEARING,)),),
)
