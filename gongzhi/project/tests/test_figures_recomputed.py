"""Every figure that the cockpit publishes is recomputed from the log of steps and deadlines, in plain Python, one by one.

Nothing here uses the counting statement, the summary rows or their sums: a matter is replayed step by step.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from gongzhi.domains.hotline import services
from gongzhi.domains.hotline.tests.factories import County, a_key
from gongzhi.insight.statistics.behind import FIGURES, Asked, behind
from gongzhi.insight.statistics.counting import count_day, count_from
from gongzhi.insight.statistics.figures import Area, Period
from gongzhi.kernel.cases.finding import readable
from gongzhi.kernel.cases.models import Case, Deadline, Step
from gongzhi.kernel.organisations.models import Region
from gongzhi.kernel.organisations.tests.factories import a_region
from gongzhi.kernel.people.actor import Role
from gongzhi.kernel.people.tests.factories import an_official
from gongzhi.kernel.registry.api import procedure
from gongzhi.project.simulate.loading import simulate
from gongzhi.project.tests.asking import browser_of

CASES = 3_000
DAYS = 90
BANDS = ((0, 3), (4, 7), (8, 15), (16, 30), (31, 60), (61, 10_000))
FEW = 5


def silent(*_):
    pass


@dataclass
class Matter:
    """What the steps of one case say of it."""

    number: int
    place: str
    urban: str
    unit: str
    category: str
    opened: datetime
    closed: datetime | None = None
    outcome: str = ""
    answered: datetime | None = None
    in_time: bool = False
    is_late: bool = False
    is_supervised: bool = False
    grades: dict[date, int] = field(default_factory=dict)


def replayed(now):
    """Every matter of the log that counts speak of, replayed."""
    urban = dict(Region.objects.values_list("code", "urban"))
    deadlines, steps = {}, {}
    for one in Deadline.objects.order_by("pk"):
        deadlines.setdefault(one.case_id, []).append(one)
    for one in Step.objects.order_by("case_id", "number"):
        steps.setdefault(one.case_id, []).append(one)
    found = []
    for case in Case.objects.select_related("category__parent__parent", "unit"):
        if case.parent_id or case.against_unit_id or case.against_account_id:
            continue
        category = case.category
        while category is not None and category.parent is not None:
            category = category.parent
        found.append(
            follow(
                Matter(
                    number=case.pk,
                    place=case.region_code,
                    urban=urban[case.region_code],
                    unit=case.unit.name if case.unit else "",
                    category=str(category.label) if category else "未分类",
                    opened=steps[case.pk][0].at,
                ),
                steps[case.pk],
                deadlines[case.pk],
                procedure(case.procedure, case.version),
                now,
            )
        )
    return found


def follow(matter, steps, deadlines, declared, now):
    """Walk through the steps of a matter."""
    ends = {end.key for end in declared.ends}
    for step in steps:
        if step.to_stage not in ends:
            matter.closed = None
        elif matter.closed is None:
            matter.closed = step.at
        if step.move == "reopen":
            matter.outcome = ""
        matter.outcome = step.answers.get("outcome", matter.outcome)
        if "grade" in step.answers:
            matter.grades[localdate(step.at)] = step.answers["grade"]
        matter.is_supervised |= step.move == "supervise"
        if matter.answered is None and step.to_stage == "replied":
            matter.answered = step.at
            (promised,) = (one for one in deadlines if one.clock == "promise" and one.stopped_at == step.at)
            matter.in_time = step.at <= promised.due_at
    running = [
        one.due_at
        for one in deadlines
        if one.stopped_at is None and one.paused_at is None and one.binds_office
    ]
    matter.is_late = bool(running) and min(running) < now
    return matter


def figures_of(matters, first, last):
    """The figures of days, each from the matters themselves."""

    def within(moment):
        return moment is not None and first <= localdate(moment) <= last

    opened = [one for one in matters if within(one.opened)]
    closed = [one for one in matters if within(one.closed)]
    answered = [one for one in matters if within(one.answered)]
    outcomes = Counter(one.outcome for one in closed)
    grades = [grade for one in matters for day, grade in one.grades.items() if first <= day <= last]
    judged = outcomes["solved"] + outcomes["explained"] + outcomes["rejected"]
    hours = sum(int((one.answered - one.opened).total_seconds() / 3600 + 0.5) for one in answered)
    return {
        "received": (len(opened), len(opened)),
        "closed": (len(closed), len(closed)),
        "days": (len(answered), hours / 24 / len(answered) if answered else None),
        "on_time": (
            len(answered),
            100 * sum(one.in_time for one in answered) / len(answered) if answered else None,
        ),
        "solved": (judged, 100 * outcomes["solved"] / judged if judged else None),
        "satisfied": (
            len(grades),
            100 * sum(grade >= 3 for grade in grades) / len(grades) if grades else None,
        ),
        "ended_solved": (outcomes["solved"], outcomes["solved"]),
        "ended_explained": (outcomes["explained"], outcomes["explained"]),
        "ended_rejected": (outcomes["rejected"], outcomes["rejected"]),
        "ended_otherwise": (len(closed) - judged, len(closed) - judged),
    }


def figures_of_now(matters, today):
    """The figures of what is open."""
    waiting = [one for one in matters if one.closed is None]
    ages = [(today - localdate(one.opened)).days for one in waiting]
    bands = {
        name: sum(first <= age <= last for age in ages)
        for name, (first, last) in zip(
            ("days_3", "days_7", "days_15", "days_30", "days_60", "days_more"), BANDS, strict=True
        )
    }
    found = bands | {
        "open": len(waiting),
        "late": sum(one.is_late for one in waiting),
        "supervised": sum(one.is_supervised for one in waiting),
    }
    return {name: (number, number) for name, number in found.items()}


class Checked:
    """Compares what a page shows with what was recomputed, and counts how much was compared."""

    def __init__(self):
        self.shown = self.hidden = 0

    def same(self, what, cell, told):
        """A cell shows what was recomputed, or nothing, and never what tells of few."""
        number, value = told
        if cell.is_hidden:
            self.hidden += 1
            assert cell.value is None, what
            return
        self.shown += 1
        assert not 0 < number < FEW, f"{what} tells of {number}"
        expected = None if value is None else pytest.approx(value)
        assert cell.value == expected, what


def compare_days(found, matters, today):
    """What is drawn over time is what was opened and closed on these days."""
    opened = Counter(localdate(one.opened) for one in matters)
    closed = Counter(localdate(one.closed) for one in matters if one.closed)
    ends = [*found.starts[1:], today] if found.starts else []
    for start, end, part in zip(found.starts, ends, found.parts, strict=True):
        days = [start + timedelta(days=number) for number in range((end - start).days)]
        assert part["opened"] == sum(opened[day] for day in days)
        assert part["closed"] == sum(closed[day] for day in days)


@pytest.fixture
def county(transactional_db):
    today = localdate()
    for number in range(201, 211):
        a_region(f"410523{number - 100}201", urban="urban" if number % 2 else "rural")
    county = County()
    simulate("410523", CASES, 0, today.replace(year=today.year - 1), silent)
    now = timezone.now()
    for number in range(15):  # what the simulated year lacks: late, supervised, withdrawn, a complaint
        asked = county.handling(now - timedelta(days=25, hours=number), phone=f"1380000{number:04d}")
        services.supervise_request(
            actor=county.supervisor, case_id=asked.pk, note="请尽快", now=now, key=a_key()
        )
        if number % 5 < 2:
            Case.objects.filter(pk=asked.pk).update(unit=county.other)
    withdrawn = county.submit(now - timedelta(days=2), phone="13900000001")
    services.withdraw_request(
        actor=county.asker(withdrawn), case_id=withdrawn.pk, now=now - timedelta(days=1), key=a_key()
    )
    complaint = county.submit(now - timedelta(days=3), phone="13900000002")
    Case.objects.filter(pk=complaint.pk).update(against_unit=county.other)
    count_from(today - timedelta(days=2 * DAYS + 1), now, silent)
    return county


def test_every_published_figure_is_that_of_the_log(county):
    now, today, checked = timezone.now(), localdate(), Checked()
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    browser, matters = browser_of(supervisor), replayed(now)
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    areas = ["410523", *sorted({one.place[:9] for one in matters if len(one.place) >= 9})]
    for area in areas:
        found = browser.get(f"/cockpit/?period={DAYS}&area={area}").context["found"]
        here = [one for one in matters if one.place.startswith(area)]
        told = figures_of(here, first, last) | figures_of_now(here, today)
        classes = {
            kind: figures_of(part, first, last) | figures_of_now(part, today)
            for kind in ("urban", "rural")
            for part in [[one for one in here if one.urban == kind]]
        }
        for one in (*found.figures, *found.standing):
            key = one.measure.key
            checked.same((area, key), one.value, told[key])
            checked.same((area, key, "urban"), one.town, classes["urban"][key])
            checked.same((area, key, "rural"), one.country, classes["rural"][key])
        for row in (*found.results, *found.waited):
            checked.same((area, row.key), row.value, told[row.key])
            checked.same((area, row.key, "urban"), row.town, classes["urban"][row.key])
            checked.same((area, row.key, "rural"), row.country, classes["rural"][row.key])
        kinds = Counter(one.category for one in here if first <= localdate(one.opened) <= last)
        for row in found.kinds:
            checked.same((area, row.name), row.value, (kinds[row.name],) * 2)
        units = Counter(one.unit for one in here if one.closed is None and one.is_late)
        for row in found.units:
            checked.same((area, row.name), row.value, (units[row.name],) * 2)
        compare_days(found, here, today)
    assert checked.shown > 150 and checked.hidden > 20, (checked.shown, checked.hidden)
    whole = browser.get(f"/cockpit/?period={DAYS}").context["found"]
    assert {one.measure.key: one.value.is_hidden for one in whole.standing} == dict.fromkeys(
        ("open", "late", "supervised"), False
    )
    assert whole.kinds and whole.units and whole.parts and len(whole.results) == 4


def test_the_list_behind_a_figure_holds_what_the_figure_counts(county):
    now, today = timezone.now(), localdate()
    period = Period(today - timedelta(days=DAYS), today - timedelta(days=1))
    matters = replayed(now)
    supervisor = an_official(Role.SUPERVISOR, county.centre, region_code="410523")
    area = Area("410523", ("hotline", "personal_information"))
    told = figures_of(matters, period.first, period.last) | figures_of_now(matters, today)
    for key in FIGURES:
        found = behind(key, Asked(area, period, now))
        if key != "satisfied":  # who gave two grades on two days is listed once
            assert found.count() == told[key][0], key
        assert not found.exclude(pk__in=readable(supervisor)).exists()
    late = behind("late", Asked(area, period, now, unit=county.bureau.pk))
    assert late.count() == sum(
        one.is_late and one.closed is None and one.unit == county.bureau.name for one in matters
    )
    with pytest.raises(ValueError, match="one county"):
        behind("open", Asked(Area("41", area.domains), period, now))


def test_a_page_asks_a_bounded_number_of_questions_at_every_level(county):
    count_day(localdate(), timezone.now())
    a_region("41"), a_region("4105")
    province = an_official(Role.SUPERVISOR, county.centre, region_code="41")
    browser = browser_of(province)
    for area in ("41", "4105", "410523", "410523101"):
        browser.get(f"/cockpit/?area={area}")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/cockpit/?area={area}").status_code == 200
        tables = [one["sql"] for one in asked if '"cases_' in one["sql"]]
        assert tables == [], "figures come from summary rows alone"
        assert len(asked) <= 32, (area, len(asked))
