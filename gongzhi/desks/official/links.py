"""Where a case, and what may be done with it, is found: by the URL names its domain declares."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from gongzhi.kernel.access.decide import may
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.cases.reading import moves_offered
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, domain


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    url: str
    label: Words


def case_url(case: Case) -> str:
    """Return the staff page of a case; empty when its domain has none."""
    name = domain(case.procedure).case_page
    return _address(name, case.pk) if name else ""


def move_links(actor: Actor, case: Case, now: datetime) -> list[Link]:
    """Return what the actor may do now that fits the case, each with the page on which it is done (``<domain>:move``)."""
    name = f"{domain(case.procedure).key}:move"
    links = [Link(_address(name, case.pk, move.key), move.label) for move in moves_offered(actor, case, now)]
    return [link for link in links if link.url]


def bulk_dispatch_url(actor: Actor) -> str:
    """Return where several cases are dispatched at once (``<domain>:dispatch-many``), for those who dispatch."""
    for key in DOMAINS:
        if may(actor, f"{key}.dispatch") and (url := _address(f"{key}:dispatch-many")):
            return url
    return ""


def scorecards(actor: Actor) -> list[Link]:
    """Return the scorecards of the domains that the actor may see."""
    links = [
        Link(_address(f"{key}:scorecard"), one.label)
        for key, one in DOMAINS.items()
        if may(actor, f"{key}.see_scorecard")
    ]
    return [link for link in links if link.url]


def _address(name: str, *parts: object) -> str:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
