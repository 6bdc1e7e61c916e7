"""Pictures that followers sent in a talk become papers of its matter: fetched by the worker, so that no answer waits for it."""

import io
from datetime import datetime, timedelta
from typing import Final

from gongzhi.base.declined import Declined
from gongzhi.channels.talk.matters import attach
from gongzhi.channels.wechat.account import account_in_use
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.notices import incoming
from gongzhi.kernel.notices.models import Incoming
from gongzhi.kernel.notices.sms import NotTaken, Unavailable
from gongzhi.kernel.people.binding import person_of_follower
from gongzhi.web.errors import words_of

KEPT_BY_PLATFORM: Final = timedelta(days=3)
AT_ONCE: Final = 20
NAME: Final = "微信照片"
NOT_KEPT: Final = "照片没有存下：{why}"
GONE: Final = "没有取到，请再发一次。"


def keep_pictures_due(now: datetime) -> int:
    """Fetch the pictures whose matter is registered and keep them with it; return how many were kept.

    Size, type and what a picture tells beside itself are looked at as with every upload; whose picture was not kept is
    told why. What the platform does not hand over now is asked for again, for as long as the platform keeps it.
    """
    waiting = Incoming.objects.exclude(media_id="").order_by("moved_at", "id")[:AT_ONCE]
    return sum(_keep(row, now) for row in waiting)


def _keep(row: Incoming, now: datetime) -> bool:
    case = _case_of(row)
    theirs = {row.person_id, person_of_follower(row.person_id)} - {None}
    if case is None or case.opened_by_id is None or case.opened_by_id not in theirs:
        if row.received_at <= now - KEPT_BY_PLATFORM:
            _done(row)
        else:
            _later(row, now)
        return False
    try:
        content = account_in_use().picture(row.media_id)
    except Unavailable as fault:
        if isinstance(fault, NotTaken) and row.received_at <= now - KEPT_BY_PLATFORM:
            _done(row)
            incoming.reply(row, NOT_KEPT.format(why=GONE), now, by="picture")
        else:
            _later(row, now)
        return False
    try:
        attach(case, case.opened_by_id, name=NAME, content=io.BytesIO(content), now=now)
    except Declined as refusal:
        incoming.reply(row, NOT_KEPT.format(why=words_of(refusal)), now, by="picture")
        _done(row)
        return False
    _done(row)
    return True


def _case_of(row: Incoming) -> Case | None:
    """Return the matter of a picture: the one it was sent for, or what became of its talk, wherever it was handed since."""
    talk = Incoming.objects.filter(pk=row.talk).first() if row.talk else None
    case = Case.objects.filter(pk=row.case_id or (talk.case_id if talk else None) or 0).first()
    while case is not None and (after := Case.objects.filter(handed_from=case).first()):
        case = after
    return case


def _done(row: Incoming) -> None:
    Incoming.objects.filter(pk=row.pk).update(media_id="")


def _later(row: Incoming, now: datetime) -> None:
    """Let others go first."""
    Incoming.objects.filter(pk=row.pk).update(moved_at=now)
