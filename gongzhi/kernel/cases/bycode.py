"""The way back to a matter without an account: its query code and the last digits of the phone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.kernel.access.decide import is_kept, may
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.cases.numbers import ALPHABET, CODE_LENGTH, new_query_code
from gongzhi.kernel.cases.reading import BESIDE, action_of
from gongzhi.kernel.lock.scope import also
from gongzhi.kernel.people.actor import Actor, Role

NOT_FOUND = "没有找到这件事。请核对查询码和手机号后四位；也可以拨打 12345，请工作人员帮您查。"
SHOWN_FOR: Final = timedelta(days=1)
NOT_THEIRS = "查询码只对登记这件事的工作人员显示。本人可凭短信、来电或到窗口核实身份后查询。"


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case found by its code, and the person acting for themselves in it."""

    case: Case
    actor: Actor


def case_by_code(query_code: str, phone_tail: str) -> Tracked:
    """Find a case by query code and the last four digits of the phone; the door limits how often one may try."""
    code = "".join(sign for sign in query_code.upper() if sign in ALPHABET or sign.isdigit())
    with also(code=code):
        found = Case.objects.select_related(*BESIDE).filter(query_code=code)
        case = found.first() if len(code) == CODE_LENGTH else None
    person = case.opened_by if case else None
    if case is None or person is None or person.phone_tail != phone_tail:
        raise NotPossible(NOT_FOUND)
    return Tracked(case, Actor(role=Role.CITIZEN, person_id=person.pk, name=person.masked_name))


def written_down_by(*, actor: Actor, reads: str, case_id: int, now: datetime) -> Tracked:
    """Return a case to whoever wrote it down for somebody, to tell them its code; to nobody else.

    A clerk who typed in a sheet of paper need not see what becomes of it: to who may not read it by *reads* it is shown for a
    day, while the person stands there. It is written down: with code and phone one acts as the person.
    """
    with also(acts="system"):
        case = Case.objects.select_related(*BESIDE).filter(pk=case_id).first()
        first = Step.objects.filter(case_id=case_id, number=1).first()
    if case is None or first is None or is_kept(actor, case) or action_of(case, "read") != reads:
        raise NotPossible(NOT_FOUND)
    read, theirs = may(actor, reads, case), first.account_id == actor.account_id is not None
    if not read and (not theirs or now - first.at > SHOWN_FOR):
        raise NotPossible(NOT_FOUND)
    if not theirs:
        raise NotAllowed(NOT_THEIRS)
    record(
        actor=actor, action=action_of(case, "code_shown"), now=now, case_id=case.pk, purpose="告知本人查询码"
    )
    return Tracked(case, Actor(role=Role.CITIZEN, person_id=case.opened_by_id))


def code_mark(query_code: str) -> str:
    """Return what a browser keeps of a code that it has shown: a keyed hash, which tells whether it is still the same."""
    return salted_hmac("gongzhi.cases.query_code", query_code, algorithm="sha256").hexdigest()[:32]


def is_code_of(mark: str, *, case_id: int, person_id: int) -> bool:
    """Say whether a case of this person still has the code of which *mark* was made: not once another was drawn."""
    with also(person=str(person_id)):
        found = (
            Case.objects.filter(pk=case_id, opened_by_id=person_id)
            .values_list("query_code", flat=True)
            .first()
        )
    return found is not None and constant_time_compare(code_mark(found), mark)


def draw_code_anew(case: Case) -> None:
    """Give a case another query code, so that whoever holds the first is out, in browsers that have shown it too.

    It is told by short message; to whoever cannot be sent one, by the official before whom they stand. The case is in
    the hand of the running move.
    """
    case.query_code = new_query_code(case.region_code)
    case.save(update_fields=["query_code"])
