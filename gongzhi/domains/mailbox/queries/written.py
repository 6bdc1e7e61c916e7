"""The answer to a letter as a notice in writing, and the same in plain words."""

from gongzhi.domains.mailbox.models import Letter
from gongzhi.web.written import Written, answer_of, last_day


def written_answer(letter: Letter) -> Written | None:
    """Return the answer once it was given: a draft is not the writer's yet.

    No text that we have read gives a way to contest the answer of a mailbox; a petition is the way (信访工作条例 art. 17).
    """
    if letter.replied_at is None:
        return None
    voice = letter.case.deadlines.filter(clock="voice", stopped_at=None).order_by("-pk").first()
    day = last_day(voice)
    rate, plain_rate = (f"可以在 {day} 前评价。", f"{day}前可以评价。") if day else ("", "")
    return answer_of(
        letter.case,
        title=f"{letter.office.title}来信答复",
        reply=letter.reply,
        replied_at=letter.replied_at,
        remedy=f"{rate}不同意答复的，可以依法提出信访（信访工作条例第十七条）。",
        plain_remedy=f"{plain_rate}{_disagree(letter)}，由信访部门登记，转给该办的单位。",
    )


def _disagree(letter: Letter) -> str:
    """Return in plain words what who does not agree may do: from the own page, without writing it again."""
    if letter.by_post:
        return "不同意的话，可以写信或到信访接待场所提出来"
    return "不同意的话，在查进度的页面点「不同意答复」，可以提出信访，不用重新写"
