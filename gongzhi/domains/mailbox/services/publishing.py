"""Showing a letter and its answer to everybody: with the writer's leave, an official's decision, and a check of the words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from gongzhi.base.declined import NotPossible
from gongzhi.domains.mailbox.models import Letter, Publication
from gongzhi.domains.mailbox.services.held import letter_held
from gongzhi.insight.triage.leaks import passages
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.people.actor import Actor


def publishable(letter: Letter, *words: str) -> list[str]:
    """Return why these words may not be shown of a letter; nothing when they may, once a person has checked them too."""
    case, faults = letter.case, []
    if letter.replied_at is None:
        faults.append(gettext("还没有答复"))
    if not letter.may_publish:
        faults.append(gettext("来信人没有同意公开"))
    if may_never_be_shown(case):
        faults.append(gettext("保密的来信和反映单位、个人的来信不公开（信访工作条例第三十条）"))
    found = dict.fromkeys(one for text in words for one in passages(text))
    return [*faults, *(gettext("里面有%(particular)s") % {"particular": one} for one in found)]


def may_never_be_shown(case: Case) -> bool:
    """Say whether a letter is confidential or names somebody: then it is shown to nobody, whoever agrees."""
    named = case.against_unit_id is not None or case.against_account_id is not None
    return case.sealed or named or NAMES_SOMEBODY in case.flags


@transaction.atomic
def publish_letter(
    *, actor: Actor, case_id: int, title: str, text: str, reply: str, checked: bool, now: datetime
) -> Publication:
    """Show these words of a letter and its answer; the same again is the same. What was shown earlier stays on record.

    *checked* is the official's own word that nothing in them tells who wrote; their name and the moment are kept.
    """
    authorise(actor, "mailbox.publish")
    letter = letter_held(actor, "mailbox.publish", case_id)
    shown = {"title": title.strip(), "text": text.strip(), "reply": reply.strip()}
    before = Publication.objects.filter(case_id=case_id, taken_down_at=None).first()
    if before is not None:
        if {name: getattr(before, name) for name in shown} == shown:
            return before
        raise NotPossible("这封信已经公开。要改内容，请先撤下再公开。")
    if faults := publishable(letter, *shown.values()):
        raise NotPossible("现在不能公开：%(faults)s。", faults="；".join(faults))
    if not checked or not all(shown.values()):
        raise NotPossible("请核对内容里没有个人信息，并勾选「已核对」。")
    made = Publication.objects.create(case_id=case_id, **shown, checked_by=actor.name, checked_at=now)
    record(actor=actor, action="mailbox.published", now=now, case_id=case_id, purpose="公开来信和答复")
    return made


@transaction.atomic
def take_down_letter(*, actor: Actor, case_id: int, reason: str, now: datetime) -> None:
    """Show it no longer; what is not shown stays as it is."""
    authorise(actor, "mailbox.take_down")
    letter_held(actor, "mailbox.take_down", case_id)
    if _take_down(case_id, reason, now):
        record(actor=actor, action="mailbox.taken_down", now=now, case_id=case_id, purpose=reason[:100])


@transaction.atomic
def decide_leave(*, actor: Actor, case_id: int, agrees: bool, now: datetime) -> Letter:
    """Let the writer give leave to show letter and answer, or take it back: then it is taken down at once."""
    authorise(actor, "mailbox.consent")
    letter = letter_held(actor, "mailbox.consent", case_id)
    if agrees and may_never_be_shown(letter.case):
        raise NotPossible("保密的来信和反映单位、个人的来信不公开，您不用担心。")
    if letter.may_publish == agrees:
        return letter
    letter.may_publish, letter.leave_changed_at = agrees, now
    letter.save(update_fields=["may_publish", "leave_changed_at"])
    if not agrees:
        _take_down(case_id, "来信人收回同意", now)
    record(actor=actor, action="mailbox.leave", now=now, case_id=case_id, details={"agrees": agrees})
    return letter


def _take_down(case_id: int, why: str, now: datetime) -> bool:
    live = Publication.objects.filter(case_id=case_id, taken_down_at=None)
    return bool(live.update(taken_down_at=now, taken_down_why=why[:200]))
