"""How far a matter has come, in one text: the answer itself only to the phone that asked for it."""

from collections.abc import Collection
from typing import Final

from django.utils.timezone import localtime

from gongzhi.base.declined import NotPossible
from gongzhi.channels.talk import answers
from gongzhi.channels.talk.matters import Matter, asks_of, matters_of
from gongzhi.kernel.cases.bycode import case_by_code
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import deadlines_of, procedure_of, shown_deadline

LONGEST_ANSWER: Final = 300


def progress_by_code(code: str, tail: str, *, phone: str, people: Collection[int]) -> str:
    """Tell how far the matter with this code has come.

    The phone that asked is told everything; another one what code and last four digits open, and no words of anybody.
    Whether a code exists is told to nobody else.
    """
    try:
        case = case_by_code(code, tail or phone[-4:]).case
    except NotPossible:
        return answers.ANOTHER_PHONE
    if case.opened_by_id in people:
        own = next((one for one in matters_of(people) if one.case_id == case.pk), None)
        return told(own) if own else stands(case)
    return stands(case) if tail else answers.ANOTHER_PHONE


def own_progress(people: Collection[int]) -> str:
    """Tell how far the latest matter of this phone has come."""
    latest = max(matters_of(people), key=lambda one: one.opened_at, default=None)
    return told(latest) if latest else answers.NO_MATTER


def told(matter: Matter) -> str:
    """Tell a person how far their own matter has come, with the answer."""
    if not matter.reply:
        return f"「{matter.title}」{matter.stage}{_promise(matter.answer_by)}。"
    reply = matter.reply if len(matter.reply) <= LONGEST_ANSWER else f"{matter.reply[:LONGEST_ANSWER]}……"
    return f"「{matter.title}」{matter.stage}：{reply}{asks_of(matter)}"


def stands(case: Case) -> str:
    """Tell where a matter stands, and nothing of what it is about."""
    due = shown_deadline(deadlines_of(case))
    return f"您查的事项：{procedure_of(case).label_of(case.stage)}{_promise(due.due_at if due else None)}。"


def _promise(answer_by: object) -> str:
    return f"，承诺{localtime(answer_by):%-m月%-d日}前答复" if answer_by else ""  # type: ignore[arg-type]
