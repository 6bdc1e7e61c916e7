"""Where a case, and what may be done with it, is found: by the URL names its domain declares."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, resolve, reverse

from gongzhi.kernel.access.decide import may
from gongzhi.kernel.cases.models import Case
from gongzhi.kernel.declare.procedure import OPEN
from gongzhi.kernel.declare.words import Words
from gongzhi.kernel.people.actor import Actor
from gongzhi.kernel.registry.api import DOMAINS, domain
from gongzhi.web.accounts.moving import MovePage


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
    """Return what the actor may do now, each with the page on which it is done (``<domain>:move``).

    That page says itself which steps it offers in this case: of two ways to answer only the right one.
    """
    name = f"{domain(case.procedure).key}:move"
    address = _address(name, case.pk, OPEN)
    page = getattr(resolve(address).func, "view_class", None) if address else None
    if page is None or not issubclass(page, MovePage):
        return []
    return [Link(_address(name, case.pk, move.key), move.label) for move in page.offered(actor, case, now)]


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
