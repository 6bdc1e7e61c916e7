"""Urgent matters are reported at once with a list of whom; an incident changes nothing for the matter; the split by level is off."""

import pytest

from gongzhi.base.declined import NotAllowed, NotPossible
from gongzhi.domains.petitions.procedures.conduct import PROHIBITED
from gongzhi.domains.petitions.procedures.law import NO_LONGER, NOT_ACCEPTED
from gongzhi.domains.petitions.services.intake import TIERED
from gongzhi.domains.petitions.tests.factories import County, at
from gongzhi.kernel.cases.models import Deadline
from gongzhi.kernel.cases.reading import open_moves, told_to_person
from gongzhi.kernel.delivery.hand_on import hand_on_due
from gongzhi.kernel.notices.models import Message
from gongzhi.kernel.organisations.models import LocalValue
from gongzhi.kernel.organisations.remembered import forget_everything

pytestmark = pytest.mark.django_db
NOW = at(3, 2)
URGENT = {"note": "桥面塌陷，还在通车", "told": "县委值班室 9:02 电话；市信访局 9:05 传真"}


def test_an_urgent_matter_is_reported_at_once_to_all_above_and_the_competent_unit():
    county = County()
    case = county.sent(NOW)
    county.do("report_urgent", case, NOW, county.dispatcher, **URGENT)
    step = case.steps.get(move="report_urgent")
    assert step.answers["units_told"] == [county.government.name, county.bureau.name]
    assert "市信访局" in step.answers["told"]
    hand_on_due(NOW)
    told = Message.objects.filter(text__contains="第二十五条")
    assert {one.unit_id for one in told} == {county.government.pk, county.bureau.pk}
    assert all(one.urgent and one.written_at == NOW for one in told)
    assert "report_urgent" not in {one.step.move for one in told_to_person(case)}


def test_a_unit_complained_of_is_never_told_that_it_is_urgent():
    county = County()
    case = county.submit(NOW, complained_of="县政府")
    county.do("name_complained_of", case, NOW, county.dispatcher, against_unit_id=county.township.pk)
    township_office = county.staff(county.township)[0]
    with pytest.raises((NotAllowed, NotPossible)):
        county.do("report_urgent", case, NOW, township_office, **URGENT)
    county.do("report_urgent", case, NOW, county.dispatcher, **URGENT)
    hand_on_due(NOW)
    told = {one.unit_id for one in Message.objects.filter(text__contains="第二十五条")}
    assert told == {county.government.pk}
    assert county.township.pk not in told


def test_nobody_reports_without_saying_to_whom():
    county = County()
    case = county.submit(NOW)
    with pytest.raises(NotPossible):
        county.do("report_urgent", case, NOW, county.dispatcher, note="急", told=" ")
    assert not case.steps.filter(move="report_urgent").exists()


def test_an_incident_changes_nothing_for_the_matter_and_the_person_is_told_so():
    county = County()
    case = county.handling(NOW)
    before = (case.stage, case.due_at, list(Deadline.objects.order_by("pk").values()))
    moves = [one.key for one in open_moves(county.handler, case)]
    case = county.do(
        "record_incident", case, at(3, 3), county.handler, reason="staying", note="下班后不愿离开"
    )
    assert (case.stage, case.due_at, list(Deadline.objects.order_by("pk").values())) == before
    assert [one.key for one in open_moves(county.handler, case)] == moves
    assert any("照常办理" in str(one.words) for one in told_to_person(case))
    county.draft(case, at(3, 4), county.handler, "solved")  # it is decided as any other


def test_an_incident_is_no_reason_to_drop_a_matter():
    dropping = {one.key for one in (*NOT_ACCEPTED, *NO_LONGER)}
    assert not dropping & {one.key for one in PROHIBITED}
    county = County()
    case = county.submit(NOW)
    county.do("record_incident", case, NOW, county.dispatcher, reason="blocking", note="堵了大门")
    for reason in PROHIBITED:
        with pytest.raises(NotPossible):
            county.do("refuse_acceptance", case, NOW, county.dispatcher, reason=reason.key, note="堵门")
    case.refresh_from_db()
    assert case.stage == "registered"


def test_the_split_by_level_runs_only_where_a_region_has_turned_it_on():
    county = County()
    assert not county.submit(NOW).deadlines.filter(rule="XF-06").exists()
    LocalValue.objects.create(
        region_id=county.region.code, key=TIERED, value=True, since=at(1, 1).date(), basis="演示"
    )
    forget_everything()
    case = county.submit(at(3, 3))
    tier, whole = (case.deadlines.get(clock=clock) for clock in ("tier_county", "forward"))
    assert (f"{tier.due_at:%m-%d}", f"{whole.due_at:%m-%d}") == ("03-09", "03-18")  # 7 March is a Saturday
    assert "未经核实" in tier.basis
