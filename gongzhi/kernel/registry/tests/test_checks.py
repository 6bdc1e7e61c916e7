"""Start-up refuses every declaration that contradicts itself, its neighbours or its code."""

from dataclasses import replace

import pytest

from gongzhi.kernel.cases.tests.permits import DECISION, OPINION, PERMIT, PERMITS
from gongzhi.kernel.declare.procedure import End, move
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.registry import api as registry
from gongzhi.kernel.registry.checks import declarations_hold


def faults_with(procedure):
    registry.register(replace(PERMITS, procedures=(procedure, OPINION)))
    try:
        return [error.msg for error in declarations_hold(None)]
    finally:
        del registry.DOMAINS["permits"]
        registry.forget_answers()


def with_move(extra, stage=0):
    stages = list(PERMIT.stages)
    stages[stage] = replace(stages[stage], moves=(*stages[stage].moves, extra))
    return replace(PERMIT, stages=tuple(stages))


def without_moves(stage=1):
    stages = list(PERMIT.stages)
    stages[stage] = replace(stages[stage], moves=())
    return replace(PERMIT, stages=tuple(stages))


def with_clock(**changes):
    return replace(PERMIT, clocks=(replace(DECISION, **changes),))


def test_what_is_shipped_holds():
    assert declarations_hold(None) == []
    assert faults_with(PERMIT) == []


@pytest.mark.parametrize(
    ("procedure", "words"),
    [
        (without_moves(), "no way out"),
        (replace(PERMIT, ends=(*PERMIT.ends, End(key="never", label="x"))), "never be reached"),
        (with_move(move("jump", "x", Role.HANDLER, to="nowhere")), "not declared"),
        (with_move(move("accept", "x", Role.HANDLER, to="accepted")), "twice"),
        (with_move(move("hide", "x", to="accepted")), "open to nobody"),
        (with_move(move("call", "x", Role.HANDLER, to="accepted", service="absent")), "does not exist"),
        (
            with_move(move("hand", "x", Role.HANDLER, to="accepted", hands_to="permits.absent")),
            "hands over to",
        ),
        (with_move(move("ask", "x", Role.HANDLER, opens="absent.case")), "opens cases of"),
        (with_move(move("stretch", "x", Role.HEAD, extends=("receipt",))), "allows no extension"),
        (with_move(move("stretch", "x", Role.HANDLER, extends=("decision",))), "not open to"),
        (with_move(move("halt", "x", Role.HANDLER, pauses="receipt")), "allows no pause"),
        (with_clock(stages=("nowhere",)), "not declared"),
        (with_clock(rule=""), "no rule or no article"),
        (with_clock(starts=("absent",)), "not declared"),
        (replace(PERMIT, key="other.permit"), "does not begin with"),
    ],
)
def test_a_contradiction_is_named(procedure, words):
    assert any(words in fault for fault in faults_with(procedure)), faults_with(procedure)


def test_a_clock_that_nothing_stops_is_refused():
    stages = tuple(stage for stage in PERMIT.stages if stage.key != "referred")
    endless = replace(
        PERMIT,
        stages=(
            stages[0],
            replace(stages[1], moves=(move("turn", "x", Role.HANDLER, to="received"),)),
        ),
        ends=(PERMIT.ends[1],),
        clocks=(replace(DECISION, stages=("received", "accepted"), stops=()),),
    )
    drop_less = replace(endless.stages[0], moves=endless.stages[0].moves[:2])
    endless = replace(endless, stages=(drop_less, endless.stages[1]))
    assert any("nothing stops" in fault for fault in faults_with(endless))


def test_a_removed_version_is_a_fault_of_the_installation():
    with pytest.raises(LookupError):
        registry.procedure("hotline.request", "1999-01")


def test_a_regional_variant_is_found_by_the_nearest_region():
    variant = replace(PERMIT, version="2", region="4105")
    registry.register(replace(PERMITS, procedures=(PERMIT, variant, OPINION)))
    try:
        assert registry.procedure("permits.permit", region_code="410523").version == "2"
        assert registry.procedure("permits.permit", region_code="410601").version == "1"
        assert registry.procedure("permits.permit", "1").version == "1"
    finally:
        del registry.DOMAINS["permits"]
        registry.forget_answers()
