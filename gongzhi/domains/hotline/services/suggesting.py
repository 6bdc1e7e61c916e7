"""Keeps account of suggestions: what was suggested for a request beside what the official chose."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from gongzhi.domains.hotline.queries.suggested import suggestion_of
from gongzhi.insight.triage.models import Kind
from gongzhi.insight.triage.noting import Note, noted
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.prepared import Part


def notes_of_dispatch(case: Case, now: datetime) -> Iterator[Part]:
    """Yield what to write with a dispatch: suggested and chosen category, suggested and chosen unit.

    The model reads the same words as when the page was shown, and says the same; where it is switched off nothing is
    written. A unit counts only where the list named one.
    """
    found = suggestion_of(case, localdate(now))
    if found is None:
        return
    how = {"decision": found.decision, "model": found.model}
    category = Note(
        kind=Kind.CATEGORY,
        suggested=found.category.key,
        second=found.second.key if found.second else "",
        chosen=case.category.key if case.category else "",
        confidence=found.confidence,
        shadow=settings.TRIAGE_SHADOW,
        **how,
    )
    yield noted(category, region_code=case.region_code, now=now)
    if found.routed.unit_id is not None:
        unit = Note(
            kind=Kind.UNIT,
            suggested=str(found.routed.unit_id),
            chosen=str(case.unit_id),
            confidence=found.confidence,
            shadow=settings.TRIAGE_SHADOW,
            **how,
        )
        yield noted(unit, region_code=case.region_code, now=now)
