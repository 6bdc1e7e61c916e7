"""The declarations hold together, cite their articles, and keep apart what is confirmed from what is not."""

import pytest
from django.template.loader import get_template

from gongzhi.domains.petitions.domain import DOMAIN
from gongzhi.domains.petitions.procedures.law import ACT
from gongzhi.domains.petitions.procedures.petition import PETITION
from gongzhi.domains.petitions.procedures.review import REREVIEW, REVIEW
from gongzhi.kernel.declare.clock import Kind
from gongzhi.kernel.registry.api import procedure

PROCEDURES = DOMAIN.procedures


@pytest.mark.parametrize("declared", PROCEDURES, ids=lambda each: each.key)
def test_the_procedures_contradict_themselves_nowhere(declared):
    assert list(declared.faults()) == []
    assert procedure(declared.key) is declared


def test_every_notice_has_its_template():
    assert len(DOMAIN.notices) > 20
    for notice in DOMAIN.notices:
        get_template(notice.template)


def test_what_is_not_confirmed_is_a_local_promise_and_statute_is_never_local():
    clocks = [clock for declared in PROCEDURES for clock in declared.clocks]
    assert clocks
    for clock in clocks:
        sure = {since.source for since in clock.amount.history} == {"F"}
        assert sure == (clock.kind is Kind.STATUTE) == (not clock.local), clock.key
        assert all(not sure or since.basis.startswith(ACT) for since in clock.amount.history)


def test_the_sixty_days_run_on_the_sixth_path_alone():
    handle = PETITION.clock_by_key["handle"]
    assert handle.stages == ("handling", "approving")
    entering = {move.key for move in PETITION.moves if move.to == "handling"}
    assert entering == {"accept", "send_back"}


def test_a_hearing_stops_the_clock_of_a_re_review_and_of_nothing_else():
    pausing = {(p.key, move.pauses) for p in PROCEDURES for move in p.moves if move.pauses}
    assert pausing == {("petitions.rereview", "answer")}
    assert not any(clock.pauses for p in (PETITION, REVIEW) for clock in p.clocks)
    assert [reason.key for reason in REREVIEW.clock_by_key["answer"].pauses] == ["hearing"]


def test_after_the_re_review_the_law_gives_no_further_step():
    assert not any(move.hands_to for move in REREVIEW.moves)
    assert "final" in REREVIEW.end_by_key
