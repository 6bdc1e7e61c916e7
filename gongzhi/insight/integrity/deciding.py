"""What the unit says to a finding, and what a human decides: each once, with a reason, and written into the audit log.

Whether the actor may answer or decide is asked before, by the use cases of the domain.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongzhi.base.declined import Conflict, NotAllowed, NotPossible
from gongzhi.base.regioncodes import prefix_range
from gongzhi.insight.integrity.models import Finding, State
from gongzhi.kernel.access.decide import authorise
from gongzhi.kernel.audit.record import record
from gongzhi.kernel.declare.rule import Within
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import rules_for

NOT_FOUND = _("没有找到这条线索。请从核查列表打开。")
TAKEN = _("这条线索已经有人处理过。请刷新页面查看。")


def findings_for(actor: Actor, domain: str) -> QuerySet[Finding]:
    """Return the findings of the actor's area, or about the actor's own unit; the latest first."""
    authorise(actor, f"{domain}.see_findings")
    areas = [_area(rule.within, actor) for rule in rules_for(f"{domain}.see_findings", actor.role)]
    found = Finding.objects.filter(reduce(or_, areas), domain=domain)
    return found.select_related("unit").order_by("-last", "-id")


def _area(within: Within, actor: Actor) -> Q:
    if within is Within.UNIT:
        return Q(unit_id=actor.unit_id)
    low, high = prefix_range(actor.region_code) if within is Within.REGION and actor.region_code else ("", "")
    return Q(region_code__gte=low, region_code__lt=high)


@transaction.atomic
def decide(*, actor: Actor, domain: str, finding_id: int, state: str, reason: str, now: datetime) -> Finding:
    """Say whether a finding is true, with the reason. Nobody decides about their own unit; nothing else follows."""
    finding = _held(actor, domain, finding_id)
    if finding.unit_id == actor.unit_id:
        raise NotAllowed(_("本单位的线索要由其他单位的人员核实。请转给上级督办。"))
    if state not in {State.CONFIRMED, State.DISMISSED} or not reason.strip():
        raise NotPossible(_("请选择是否属实，并写明理由。"))
    if finding.state != State.OPEN:
        same = (finding.state, finding.reason, finding.decided_by_account) == (
            state,
            reason,
            actor.account_id,
        )
        return _unchanged(finding, same)
    finding.state, finding.reason = state, reason
    finding.decided_at, finding.decided_by_account = now, actor.account_id
    finding.save(update_fields=["state", "reason", "decided_at", "decided_by_account"])
    record(actor=actor, action=f"{domain}.finding.{state}", now=now, subject=f"finding:{finding.pk}")
    return finding


@transaction.atomic
def answer(*, actor: Actor, domain: str, finding_id: int, note: str, now: datetime) -> Finding:
    """Let the unit concerned say how it was, before or after somebody decides."""
    finding = _held(actor, domain, finding_id)
    if finding.unit_id != actor.unit_id:
        raise NotAllowed(_("只有线索涉及的单位可以说明情况。"))
    if not note.strip():
        raise NotPossible(_("请写明情况。"))
    if finding.answered_at is not None:
        return _unchanged(finding, (finding.answer, finding.answered_by_account) == (note, actor.account_id))
    finding.answer, finding.answered_at, finding.answered_by_account = note, now, actor.account_id
    finding.save(update_fields=["answer", "answered_at", "answered_by_account"])
    record(actor=actor, action=f"{domain}.finding.answered", now=now, subject=f"finding:{finding.pk}")
    return finding


def open_cases(domain: str, unit_ids: Sequence[int]) -> dict[int, set[int]]:
    """Return for each unit the matters on which undecided findings rest."""
    found: dict[int, set[int]] = {}
    rows = Finding.objects.filter(domain=domain, unit__in=unit_ids, state=State.OPEN)
    for unit_id, cases in rows.values_list("unit_id", "cases"):
        found.setdefault(unit_id, set()).update(cases)
    return found


def _held(actor: Actor, domain: str, finding_id: int) -> Finding:
    """Return a finding in the actor's reach, held until the transaction ends."""
    found = findings_for(actor, domain).select_for_update(of=("self",)).filter(pk=finding_id).first()
    if found is None:
        raise NotPossible(NOT_FOUND)
    return found


def _unchanged(finding: Finding, same: bool) -> Finding:
    if not same:
        raise Conflict(TAKEN)
    return finding
