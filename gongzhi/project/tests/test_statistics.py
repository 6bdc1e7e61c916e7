"""Counts of days are those of the facts, counted again in another way; they come by themselves and hide complaints."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.models import Request
from gongzhi.domains.hotline.tests.factories import County, a_key, at
from gongzhi.insight.statistics.counting import LATE, count_day, count_due, count_from, days_waiting
from gongzhi.insight.statistics.figures import (
    Area,
    Period,
    by_category,
    by_class,
    by_day,
    by_place,
    together,
    total,
)
from gongzhi.insight.statistics.models import COUNTS, DailyCount
from gongzhi.kernel.cases.models import Case, Step
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.project.simulate.loading import simulate

DAY = at(3, 3, 9)
ALL = Area("41", ("hotline", "personal_information"))


def silent(*_):
    pass


def on(day):
    return Period(localdate(day), localdate(day))


@pytest.mark.django_db
def test_a_request_is_counted_on_the_days_on_which_things_happened_to_it():
    county = County()
    request = county.handling(DAY)
    answered = DAY + timedelta(days=1, hours=2)
    services.reply_to_request(
        actor=county.handler,
        case_id=request.pk,
        reply="三盏灯已经修好。",
        outcome="solved",
        now=answered,
        key=a_key(),
    )
    rated = DAY + timedelta(days=2)
    services.rate_request(
        actor=county.asker(request), case_id=request.pk, grade=4, words="", now=rated, key=a_key()
    )
    for moment in (DAY, answered, rated):
        count_day(localdate(moment), moment)
        count_day(localdate(moment), moment)  # again gives the same

    first, second, third = (total(ALL, on(moment)) for moment in (DAY, answered, rated))
    assert (first["opened"], first["answered"], first["closed"]) == (1, 0, 0)
    assert (second["opened"], second["answered"], second["on_time"], second["hours"]) == (0, 1, 1, 26)
    assert (third["grade_4"], third["answered"]) == (1, 0)
    assert total(Area("41", ("personal_information",)), on(DAY))["opened"] == 0
    assert list(by_category(ALL, on(DAY))) == [Case.objects.get(pk=request.pk).category.parent.parent_id]


@pytest.mark.django_db
def test_an_answer_too_late_is_not_on_time_and_a_withdrawal_is_no_answer():
    county = County()
    late, withdrawn = county.handling(DAY), county.submit(DAY, phone="13800002222")
    far = DAY + timedelta(days=30)
    services.reply_to_request(
        actor=county.handler, case_id=late.pk, reply="迟了，已修好。", outcome="solved", now=far, key=a_key()
    )
    services.withdraw_request(actor=county.asker(withdrawn), case_id=withdrawn.pk, now=far, key=a_key())
    count_day(localdate(far), far)
    counts = total(ALL, on(far))
    assert (counts["answered"], counts["on_time"], counts["closed"], counts["solved"]) == (1, 0, 1, 0)


@pytest.mark.django_db
def test_complaints_about_somebody_are_in_no_count():
    county = County()
    county.submit(DAY)
    complaint = county.submit(DAY, phone="13800002222")
    Case.objects.filter(pk=complaint.pk).update(against_unit=county.bureau)
    count_day(localdate(DAY), DAY)
    assert total(ALL, on(DAY))["opened"] == 1


@pytest.mark.django_db
def test_what_names_somebody_is_counted_once_it_is_known_to_be_nobody_of_ours():
    county = County()
    one, other = (
        county.submit(DAY, phone=f"1380000222{number}", kind="report", complained_of="某局 王某")
        for number in (1, 2)
    )
    count_day(localdate(DAY), DAY)
    assert total(ALL, on(DAY))["opened"] == 0
    later = DAY + timedelta(days=9)
    services.name_complained_of(actor=county.dispatcher, case_id=one.pk, nobody=True, now=later, key=a_key())
    services.name_complained_of(
        actor=county.dispatcher, case_id=other.pk, against_unit_id=county.other.pk, now=later, key=a_key()
    )
    assert localdate(DAY) in set(days_waiting(later + timedelta(minutes=1)))
    count_due(later + timedelta(minutes=1))
    assert total(ALL, on(DAY))["opened"] == 1


@pytest.mark.django_db
def test_a_matter_answered_again_is_answered_once_and_its_last_grade_of_the_day_counts():
    county = County()
    request = county.replied(DAY)
    services.rate_request(
        actor=county.asker(request), case_id=request.pk, grade=1, words="", now=DAY, key=a_key()
    )
    services.rework_request(
        actor=county.dispatcher,
        case_id=request.pk,
        unit_id=county.bureau.pk,
        note="重办",
        now=DAY,
        key=a_key(),
    )
    services.move_request(actor=county.handler, case_id=request.pk, move="accept", now=DAY, key=a_key())
    services.reply_to_request(
        actor=county.handler, case_id=request.pk, reply="这回修好了。", outcome="solved", now=DAY, key=a_key()
    )
    services.rate_request(
        actor=county.asker(request), case_id=request.pk, grade=5, words="", now=DAY, key=a_key()
    )
    count_day(localdate(DAY), DAY)
    counts = total(ALL, on(DAY))
    assert (counts["answered"], counts["grade_5"], counts["grade_1"]) == (1, 1, 0)


@pytest.mark.django_db
def test_yesterday_is_counted_to_its_end_as_soon_as_it_is_over():
    county = County()
    county.submit(DAY)
    evening = DAY.replace(hour=17)
    count_due(evening)
    county.submit(DAY.replace(hour=21), phone="13800002222")
    count_due(DAY.replace(hour=8) + timedelta(days=1))
    assert total(ALL, on(DAY))["opened"] == 2


@pytest.mark.django_db
def test_town_and_country_are_told_apart_by_the_place():
    county = County()
    Region.objects.filter(pk=county.place.pk).update(urban="rural")
    county.submit(DAY)
    county.submit(DAY, phone="13800002222", region_code=county.region.code)
    count_day(localdate(DAY), DAY)
    assert {name: counts["opened"] for name, counts in by_class(ALL, on(DAY)).items()} == {
        "rural": 1,
        county.region.urban or "unknown": 1,
    }


@pytest.mark.django_db
def test_days_are_counted_by_themselves_the_newest_first_until_they_change_no_more():
    county = County()
    county.submit(DAY)
    now = DAY + timedelta(days=2)
    assert list(days_waiting(now)) == [localdate(DAY) + timedelta(days=number) for number in (2, 1, 0)]
    assert count_due(now) == 3
    assert list(days_waiting(now + timedelta(minutes=1))) == []
    assert list(days_waiting(now + timedelta(minutes=6))) == [localdate(now)]
    later = now + timedelta(days=LATE + 3)
    count_due(later)
    assert list(days_waiting(later + timedelta(days=2)))[-1] > localdate(DAY), (
        "what is settled is not counted again"
    )


@pytest.mark.django_db(transaction=True)
def test_a_year_of_figures_is_that_of_the_facts_counted_one_by_one():
    today = localdate()
    start = today.replace(year=today.year - 1)
    for number in range(201, 206):
        a_region(f"410523100{number}")
    simulate("410523", 1_500, 0, start, silent)
    count_from(start, at(1, 1, year=today.year + 1), silent)

    year, facts = Period(start, today + timedelta(days=40)), Counter()
    answers = {
        step.case_id: step for step in Step.objects.filter(move__in=("reply", "answer")).order_by("at")
    }
    for request in Request.objects.select_related("case"):
        case = request.case
        facts["opened"] += 1
        facts["closed"] += case.closed_at is not None
        if case.closed_at is not None and case.outcome in COUNTS:
            facts[case.outcome] += 1
        if request.grade:
            facts[f"grade_{request.grade}"] += 1
        if case.pk in answers:
            facts["answered"] += 1
    counts = total(ALL, year)
    assert {name: counts[name] for name in facts} == dict(facts)
    assert 0 < counts["on_time"] <= counts["answered"]
    for area in (ALL, Area("4105", ALL.domains), Area("410523", ALL.domains)):  # all of it lies in one county
        assert total(area, year) == counts
        for parts in (by_day(area, year), by_class(area, year), by_category(area, year)):
            assert together(list(parts.values())) == counts
        assert by_place(area, year, 6) == {"410523": counts}
    assert together(list(by_place(area, year, 9).values())) == counts
    assert DailyCount.objects.count() > 300
