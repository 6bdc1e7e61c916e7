"""Protection against retaliation: a person says it silently, the unit above answers, and nobody else ever learns of it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongzhi.base.declined import Conflict, NotPossible
from gongzhi.domains.petitions.models import Protection
from gongzhi.domains.petitions.queries.matters import matter_for
from gongzhi.kernel.access.decide import authorise, units_kept_out
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.cases.keys import fingerprint, key_of, one_at_a_time
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import NOT_FOUND
from gongzhi.kernel.organisations.models import Unit
from gongzhi.kernel.people.actor import Actor

USED = "这个提交编号已经用于另一项内容，没有重复办理。请刷新页面后再试。"


@transaction.atomic
def ask_protection(
    *, actor: Actor, case_id: int, words: str, now: datetime, key: str, contact: str = ""
) -> Protection:
    """Say that one is retaliated against for a petition (信访工作条例 art. 18): the unit above reads it, nobody below.

    The record holds that it was said, at the protecting unit and without person and matter: whoever reads the history
    of either learns nothing.
    """
    authorise(actor, "petitions.ask_protection")
    case = matter_for(actor, case_id).case
    authorise(actor, "petitions.ask_protection", case)
    number = key_of(key)
    mark = fingerprint(actor, "ask_protection", {"case": case_id, "words": words, "contact": contact})
    one_at_a_time(number)
    before = Protection.objects.filter(key=number).first()
    if before is not None:
        if bytes(before.mark) != mark:
            raise Conflict(USED)
        return before
    if len(words.strip()) < 5 or case.opened_by_id is None:
        raise NotPossible("请写明谁对您做了什么、什么时候。")
    made = Protection.objects.create(
        case_id=case.pk,
        person_id=case.opened_by_id,
        unit=protector_of(case),
        words=words.strip(),
        contact=contact.strip()[:120],
        asked_at=now,
        key=number,
        mark=mark,
    )
    somebody = replace(
        actor, person_id=None, region_code=made.unit.region_id
    )  # read where the protecting unit is
    record(actor=somebody, action="petitions.protection_asked", now=now, subject=f"protection:{made.pk}")
    return made


@transaction.atomic
def answer_protection(
    *, actor: Actor, protection_id: int, answer: str, now: datetime, key: str
) -> Protection:
    """Write down what the protecting unit has done; the person reads it, nobody else. It is answered once."""
    authorise(actor, "petitions.protect")
    key_of(key)
    mine = Protection.objects.select_for_update(of=("self",)).filter(unit_id=actor.unit_id or 0)
    made = mine.filter(pk=protection_id).first()
    if made is None:
        raise NotPossible(NOT_FOUND)
    if made.answered_at is not None:
        if made.answer == answer.strip():
            return made
        raise Conflict("这件保护请求已经有人处理过了。请刷新页面查看。")
    if not answer.strip():
        raise NotPossible("请写明采取了什么保护措施。")
    made.answer, made.answered_at = answer.strip(), now
    made.save(update_fields=["answer", "answered_at"])
    record(actor=actor, action="petitions.protection_answered", now=now, subject=f"protection:{made.pk}")
    return made


def protector_of(case: Case) -> Unit:
    """Return the unit above whoever may be feared: above the one complained of, else above the one that handles it.

    Where neither is known it is the government of the county, or of the city where that one is complained of.
    """
    out = units_kept_out(case) | {case.unit_id or 0}
    feared = case.against_unit_id or case.unit_id
    above = Unit.objects.select_related("parent").get(pk=feared).parent if feared else None
    while above is not None and above.pk in out:
        above = above.parent
    if above is not None:
        return above
    codes = (case.region_code[:6], case.region_code[:4], case.region_code[:2])
    found = Unit.objects.filter(region_id__in=codes, kind=Unit.Kind.GOVERNMENT).exclude(pk__in=out)
    nearest = max(found, key=lambda unit: len(unit.region_id), default=None)
    if nearest is None:
        raise NotPossible("系统里没有登记可以保护您的上级机关。请打 12345 或到上一级信访接待场所当面反映。")
    return nearest
