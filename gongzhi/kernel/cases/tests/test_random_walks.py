"""Random walks over every declared procedure: no case is stuck, no clock is lost, a replayed key changes nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongzhi.base.calendar import Counting
from gongzhi.base.declined import Declined
from gongzhi.kernel.cases import clocks, watch
from gongzhi.kernel.cases.calendars import calendar_in_force
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.cases.moves import Wanted, advance
from gongzhi.kernel.cases.opening import Opening, open_case
from gongzhi.kernel.cases.reading import open_moves, procedure_of
from gongzhi.kernel.cases.tests.factories import a_key, at
from gongzhi.kernel.cases.tests.permits import PERMITS
from gongzhi.kernel.organisations.tests.factories import a_region, a_unit
from gongzhi.kernel.people.actor import SYSTEM, Role
from gongzhi.kernel.people.tests.factories import a_citizen, an_official
from gongzhi.kernel.registry.api import DOMAINS

PROCEDURES = sorted({p.key for domain in [*DOMAINS.values(), PERMITS] for p in domain.procedures})
WALK = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Walk:
    """One case and everyone who could move it, so that only the declaration stops a move."""

    def __init__(self, procedure):
        self.now = at(3, 2)
        self.region, self.unit = a_region(), a_unit()
        self.citizen = a_citizen()
        self.actors = [self.citizen, SYSTEM]
        for role in set(Role) - {Role.CITIZEN, Role.SYSTEM}:
            self.actors += [an_official(role, self.unit) for _ in range(2)]
        opening = Opening(
            procedure=procedure,
            title="随机行走",
            region_code=self.region.code,
            channel="web",
            opened_by_id=self.citizen.person_id,
            unit_id=self.unit.pk,
            arbiter_unit_id=self.unit.pk,
            flags=("instant",),
        )
        self.case = open_case(actor=self.citizen, opening=opening, body={}, now=self.now, key=a_key()).case

    def choices(self):
        self.case.refresh_from_db()
        return [(actor, move) for actor in self.actors for move in open_moves(actor, self.case)]

    def answers(self, move, chance):
        given = dict.fromkeys(move.asks, "已核实")
        if move.reasons:
            given["reason"] = move.reasons[0].key
        if move.pauses:
            given["reason"] = procedure_of(self.case).clock_by_key[move.pauses].pauses[0].key
        if move.outcomes:
            given["outcome"] = move.outcomes[chance % len(move.outcomes)].value
        if move.assigns:
            given["unit_id"] = self.unit.pk
        if move.opens:
            given["units"] = [self.unit.pk]
        return given

    def step(self, actor, move, chance, key):
        with transaction.atomic():
            wanted = Wanted(case_id=self.case.pk, move=move.key, answers=self.answers(move, chance))
            return advance(actor=actor, wanted=wanted, service=move.service, now=self.now, key=key)


def check_clocks(case):
    """A clock runs exactly where its declaration says; nothing runs in a closed case; the row knows the next one."""
    case.refresh_from_db()
    procedure = procedure_of(case)
    running = list(Deadline.objects.filter(case=case, stopped_at=None))
    assert len({d.clock for d in running}) == len(running)
    for deadline in running:
        assert case.stage in procedure.clock_by_key[deadline.clock].stages
        if deadline.counting != Counting.UNTIL:
            steps = case.steps.filter(at__gte=deadline.started_at).order_by("number")
            moved = clocks.recounted(procedure, deadline, steps, calendar_in_force())
            assert not moved, f"{deadline.clock} has another end when it is counted again"
    for clock in procedure.clocks:
        plain = not clock.starts and not clock.stops
        if plain and case.stage in clock.stages and (not clock.only_for or clock.only_for in case.flags):
            assert clock.key in {d.clock for d in running}, f"{clock.key} was lost in {case.stage}"
    assert case.is_closed == (case.stage in procedure.end_by_key), (
        "tabs count by stage: what is in one is open"
    )
    if case.is_closed:
        assert not running
    binding = [d.due_at for d in running if d.binds_office and d.paused_at is None]
    assert case.due_at == min(binding, default=None)


def state(case):
    kept = Case.objects.values().get(pk=case.pk)
    clocks = list(Deadline.objects.filter(case=case).order_by("pk").values())
    return kept, clocks, Step.objects.filter(case=case).count(), Case.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize("procedure", PROCEDURES)
@WALK
@given(chances=st.lists(st.integers(0, 10_000), min_size=1, max_size=25))
def test_no_walk_gets_stuck_and_no_clock_is_lost(procedure, chances):
    walk = Walk(procedure)
    for number, chance in enumerate(chances):
        choices = walk.choices()
        if walk.case.is_closed:
            assert not choices
            break
        assert choices, f"stuck in {walk.case.stage}"
        actor, move = choices[chance % len(choices)]
        before, key = state(walk.case), a_key()
        try:
            walk.step(actor, move, chance, key)
        except Declined:
            assert state(walk.case) == before, f"{move.key} was refused but changed something"
        else:
            after = state(walk.case)
            assert walk.step(actor, move, chance, key).replayed
            assert state(walk.case) == after, f"{move.key} changed something when it was replayed"
            check_clocks(walk.case)
        walk.now += timedelta(hours=1 + chance % (48 if number % 3 else 5))
    numbers = list(walk.case.steps.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, walk.case.steps_taken + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_from_every_stage_an_end_can_be_reached(procedure):
    walk = Walk(procedure)
    declared = procedure_of(walk.case)
    reaches_end = set(declared.end_by_key)
    for _ in declared.stages:
        for stage in declared.stages:
            if any(move.to in reaches_end for move in stage.moves):
                reaches_end.add(stage.key)
    assert reaches_end >= set(declared.stage_by_key)


@pytest.mark.django_db
@WALK
@given(hours=st.integers(0, 24 * 120))
def test_the_clock_may_run_at_any_hour_and_leaves_the_case_in_order(hours):
    walk = Walk("hotline.request")
    later = walk.now + timedelta(hours=hours)
    watch.warn_due(later)
    watch.lapse_due(later)
    check_clocks(walk.case)
    assert watch.lapse_due(later) == 0
