"""A writer who does not agree with an answer takes the matter further: as a petition, or as a request to the hotline."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.timezone import localtime

from gongzhi.base.declined import NotPossible
from gongzhi.domains.hotline import api as hotline
from gongzhi.domains.mailbox.models import Letter
from gongzhi.domains.mailbox.services.held import letter_held
from gongzhi.domains.petitions import api as petitions
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import case_for
from gongzhi.kernel.documents.handed import hand_on_papers
from gongzhi.kernel.people.actor import Actor

NOT_WRITTEN: Final = "来信时没有写明；收信单位已登记"


@transaction.atomic
def petition_from_letter(*, actor: Actor, case_id: int, demand: str, now: datetime, key: str) -> Case:
    """Register a petition of the writer from their letter and its answer (信访工作条例 art. 17): only *demand* is new.

    No rule gives a way to contest the answer of a mailbox; the letter stays as it ended, with its rating.
    """
    authorise(actor, "mailbox.take_further")
    letter = _answered(actor, case_id)
    case = letter.case
    submission = petitions.Submission(
        kind="appeal",
        title=case.title,
        demand=demand,
        facts=_told(letter),
        region_code=case.region_code,
        place=letter.place,
        complained_of=_named(letter),
        against_unit_id=case.against_unit_id,
        against_account_id=case.against_account_id,
        confidential=case.sealed,
    )
    new = petitions.register_petition(
        submission=submission, asked_by_id=actor.person_id, received_at=now, now=now, key=key
    )
    return _with_papers(actor, case, new, "petitions.read", now)


@transaction.atomic
def request_from_letter(*, actor: Actor, case_id: int, demand: str, now: datetime, key: str) -> Case:
    """Register a request to the hotline of the writer from their letter and its answer: only *demand* is new."""
    authorise(actor, "mailbox.take_further")
    letter = _answered(actor, case_id)
    case = letter.case
    submission = hotline.Submission(
        kind="help",
        category="",
        title=case.title,
        text=f"{demand}\n\n{_told(letter)}",
        region_code=case.region_code,
        place=letter.place,
        complained_of=_named(letter),
        against_unit_id=case.against_unit_id,
        against_account_id=case.against_account_id,
        confidential=case.sealed,
    )
    new = hotline.register_request(actor=actor, submission=submission, received_at=now, now=now, key=key)
    return _with_papers(actor, case, new, "hotline.read", now)


def _answered(actor: Actor, case_id: int) -> Letter:
    letter = letter_held(actor, "mailbox.take_further", case_id)
    if letter.replied_at is None:
        raise NotPossible("这封信还没有答复。有新的情况，请在进度页面补充。")
    return letter


def _told(letter: Letter) -> str:
    """Return the letter and its answer as the new matter tells them."""
    day = f"{localtime(letter.replied_at):%Y年%-m月%-d日}"
    return f"来信（{letter.office.title}，编号 {letter.case.number}）：{letter.text}\n\n{day}的答复：{letter.reply}"


def _named(letter: Letter) -> str:
    """Return whom it complains of: what the office has registered and the writer did not write is to be looked into again."""
    case = letter.case
    registered = case.against_unit_id is not None or case.against_account_id is not None
    return letter.complained_of or (NOT_WRITTEN if registered else "")


def _with_papers(actor: Actor, letter: Case, new: int, reads: str, now: datetime) -> Case:
    """Return the new matter of the writer, with the papers that they have sent."""
    hand_on_papers(actor=actor, from_case=letter.pk, to_case=new, now=now, of_offices=False)
    return case_for(actor, reads, new)
