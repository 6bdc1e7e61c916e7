"""What the model suggests for a request before it is dispatched: a category, its words, and the unit the list names for it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from gongzhi.domains.hotline.models import Request
from gongzhi.insight.triage.answers import model_in_use, suggestion_for, version_of
from gongzhi.insight.triage.model import Model
from gongzhi.insight.triage.routing import Routed, unit_for
from gongzhi.kernel.access.decide import units_kept_out
from gongzhi.kernel.cases.classifying import is_of_same_periods
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.opening import NAMES_SOMEBODY
from gongzhi.kernel.organisations.categories import catalogue, categories, narrowest
from gongzhi.kernel.organisations.models import MatterCategory, Unit

log = logging.getLogger(__name__)
WORDS = 6  # so many words are shown as the reason


@dataclass(frozen=True)
class Suggested:
    """A category with how sure (0 to 1), the next best, the band, the words that speak for it, the model, and the unit."""

    category: MatterCategory
    second: MatterCategory | None
    confidence: float
    decision: str
    words: tuple[str, ...]
    model: str
    routed: Routed

    @property
    def percent(self) -> int:
        """How sure, in per cent."""
        return round(self.confidence * 100)

    @property
    def is_sure(self) -> bool:
        """Whether it is worth putting first; otherwise an official chooses without being led."""
        return self.decision != "human"


def suggestion_of(case: Case, on: date) -> Suggested | None:
    """Return what is suggested for a request; None where nothing is: no model, switched off, or it complains of somebody.

    A complaint about a unit or an official is read by people only.
    """
    model = model_in_use()
    if model is None or case.against_unit_id or case.against_account_id or NAMES_SOMEBODY in case.flags:
        return None
    text = Request.objects.values_list("text", flat=True).filter(pk=case.pk).first()
    where = _Place(case.region_code, on, units_kept_out(case))
    return _suggested(model, text or "", case.title, where)


def suggestion_for_words(text: str, region_code: str, on: date, *, complains: bool) -> Suggested | None:
    """Return what is suggested for what somebody is just saying; None where nothing is, as `suggestion_of`."""
    model = model_in_use()
    if model is None or complains or settings.TRIAGE_SHADOW:
        return None
    return _suggested(model, text, "", _Place(region_code, on, frozenset()))


@dataclass(frozen=True)
class _Place:
    """Where and on which day the list is asked, and which units it must not name."""

    region_code: str
    on: date
    not_to: frozenset[int]


def _suggested(model: Model, text: str, title: str, where: _Place) -> Suggested | None:
    said = suggestion_for(text, title, model=model)
    known = catalogue().by_key
    if said is None or said.category not in known:
        return None
    region = where.region_code
    routed = unit_for(said.category, region, area=region, on=where.on, not_to=where.not_to)
    return Suggested(
        category=known[said.category],
        second=known.get(said.second),
        confidence=said.confidence,
        decision=said.decision,
        words=tuple(word for word, weight in said.words if weight > 0)[:WORDS],
        model=version_of(model),
        routed=routed,
    )


def unit_named(found: Suggested) -> Unit | None:
    """Return the unit that the responsibility list names for the suggested category."""
    return Unit.objects.filter(pk=found.routed.unit_id).first() if found.routed.unit_id else None


def categories_to_choose(case: Case) -> Sequence[tuple[Any, Any]]:
    """Return what a request may be reclassified as, in groups: the narrowest categories with the same periods."""
    kept = case.category.shown if case.category else "—"
    groups: list[tuple[Any, Any]] = [("", kept)]
    for broad in categories(1):
        below = [
            (one.key, one.shown) for one in narrowest(broad.key) if is_of_same_periods(one, case.category)
        ]
        if below:
            groups.append((broad.shown, below))
    return groups
