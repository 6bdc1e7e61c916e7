"""The answer to a request as a notice in writing, and the same in plain words."""

from gongzhi.domains.hotline.models import Request
from gongzhi.web.written import Written, answer_of, last_day


def written_answer(request: Request) -> Written | None:
    """Return the answer as it stands; None while there is none, or while it is looked at again."""
    if request.replied_at is None:
        return None
    voice = request.case.deadlines.filter(clock="voice", stopped_at=None).order_by("-pk").first()
    day = last_day(voice)
    return answer_of(
        request.case,
        title="12345 热线答复单",
        reply=request.reply,
        replied_at=request.replied_at,
        remedy=f"可以在 {day} 前评价，或者申请重新办理，由没有经手过的人员复核。"
        if day
        else "评价和申请重新办理的期限已过，或者这件事不经评价。有新情况请另行反映，也可以依法信访。",
        plain_remedy=f"没解决的话，{day}前点「申请重新办理」，或者打 12345 说一声，换人再看一遍。"
        if day
        else "又有新情况，打 12345 再说一次就行。",
    )
