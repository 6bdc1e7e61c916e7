"""Every step that an official may be offered has a page, and the preview offers what the page of the case does."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone

from gongzhi.desks.official.links import move_links
from gongzhi.domains.petitions.tests.factories import County
from gongzhi.kernel.cases.reading import moves_offered
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry.api import DOMAINS
from gongzhi.web.tests.browsers import signed_in


def ways_of(key):
    """The steps of which a domain shows a page; None where it has no such pages."""
    try:
        return resolve(reverse(f"{key}:move", args=[1, "open"])).func.view_class.ways
    except NoReverseMatch:
        return None


def test_each_step_of_an_official_has_a_page():
    lacking, looked = set(), 0
    for key, one in DOMAINS.items():
        if (ways := ways_of(key)) is None:
            continue
        moves = [move for procedure in one.procedures for move in procedure.moves]
        ours = {move.key for move in moves if move.rule.roles - {Role.CITIZEN, Role.SYSTEM}}
        lacking |= {(key, move) for move in ours - set(ways)}
        looked += len(ours)
    assert looked > 50
    assert lacking == {("hotline", "call_back_badly")}, (
        "the page of the call records it, and it is never offered"
    )


@pytest.mark.django_db
def test_the_preview_offers_what_the_page_offers():
    county, now = County(), timezone.now()
    case = county.submit(now, kind="accusation")
    offered = [move.key for move in moves_offered(county.dispatcher, case, now)]
    page = signed_in(county.dispatcher).get(f"/petitions/cases/{case.pk}/")
    linked = [link.url.split("/")[-2] for link in move_links(county.dispatcher, case, now)]
    assert [move.key for move in page.context["moves"]] == linked == offered
    assert "pass_accusation" in offered
    assert "forward" not in offered
