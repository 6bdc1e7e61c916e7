"""Plays the fictional petitions of the demonstration through the use cases, each as far as its story goes."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from gongzhi.domains.petitions import services
from gongzhi.domains.petitions.services import Submission
from gongzhi.kernel.cases.keys import is_used
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.people.actor import Actor, Role
from gongzhi.project.demo.stories import County, Story

#: What says of a step when, by whom and by which use case; all else are its answers.
ABOUT_STEP: Final = frozenset({"after", "by", "do"})


def tell_petition(county: County, story: Story, now: datetime) -> None:
    """Play one petition; played before, it changes nothing."""
    key = _key(story, 0)
    if is_used(key):
        return
    with transaction.atomic():
        begun = now - timedelta(days=story["days_ago"])
        case_id = _submit(county, story, begun, key).pk
        hand_on_due(begun)
        for number, step in enumerate(story.get("steps", ()), start=1):
            at = begun + timedelta(days=step["after"], hours=2)
            _play(county, Case.objects.get(pk=case_id), step, at, _key(story, number))
            hand_on_due(at)


def _submit(county: County, story: Story, at: datetime, key: str) -> Any:
    person = story["person"]
    by_office = story["channel"] in {"visit", "letter"}
    return services.submit_petition(
        actor=county.of("dispatcher") if by_office else Actor(role=Role.CITIZEN),
        submission=Submission(
            kind=story["kind"],
            category=story["category"],
            title=story["title"],
            demand=story["demand"],
            facts=story["facts"],
            region_code=story["region"],
            place=story["place"],
            name=person["name"],
            phone=person["phone"],
            channel=story["channel"],
        ),
        now=at,
        key=key,
    )


def _play(county: County, case: Case, step: Mapping[str, Any], at: datetime, key: str) -> None:
    answers = {name: said for name, said in step.items() if name not in ABOUT_STEP}
    if "unit_id" in answers:
        answers["unit_id"] = county.units[answers["unit_id"]]
    use_case = getattr(services, step["do"])
    use_case(actor=_who(county, case, step["by"]), case_id=case.pk, now=at, key=key, **answers)


def _who(county: County, case: Case, by: str) -> Actor:
    if by == "person":
        return Actor(role=Role.CITIZEN, person_id=case.opened_by_id)
    return county.at(case.unit_id, by) if by in {"handler", "head"} else county.of(by)


def _key(story: Story, step: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"gongzhi-demo:{story['id']}:{step}"))
